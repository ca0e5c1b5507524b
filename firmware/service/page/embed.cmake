# Writes the page's files as constants: cmake -DOUT=page_files.cc -DFILES="a.html;b.js" -P embed.cmake
set(table "")
foreach(file IN LISTS FILES)
  file(READ ${file} bytes HEX)
  string(LENGTH "${bytes}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
  get_filename_component(name ${file} NAME)
  string(APPEND table "    {\"${name}\", {\"${bytes}\", ${size}}},\n")
endforeach()
file(WRITE ${OUT} "#include \"firmware/service/page/page.h\"

namespace sunny16::firmware {
namespace {

constexpr PageFile kFiles[] = {
${table}};

}  // namespace

std::span<const PageFile> page_files() { return kFiles; }

}  // namespace sunny16::firmware
")
