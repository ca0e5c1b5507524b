#include "firmware/http/file_range.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "tests/temp_dir.h"

namespace {

using namespace sunny16::firmware;

std::string answer(std::string_view header, std::uint64_t size = 100) {
  const RangeAnswer a = answer_range(header, size);
  return std::to_string(a.status) + ' ' + std::to_string(a.range.begin) + '+' + std::to_string(a.range.size);
}

TEST_CASE("a range is answered as RFC 9110 has it") {
  CHECK(answer("bytes=0-9") == "206 0+10");
  CHECK(answer("bytes=10-") == "206 10+90");
  CHECK(answer("bytes=-10") == "206 90+10");
  CHECK(answer("bytes=-1000") == "206 0+100");
  CHECK(answer("bytes=90-1000") == "206 90+10");
  CHECK(answer("bytes=90-18446744073709551615") == "206 90+10");
  CHECK(answer("bytes=100-") == "416 0+0");
  CHECK(answer("bytes=-0") == "416 0+0");
  CHECK(answer("bytes=0-", 0) == "416 0+0");
}

TEST_CASE("what is no single range is answered with everything") {
  for (const char* other : {"", "bytes=", "bytes=-", "bytes=9-1", "bytes=0-1,5-6", "lines=0-1", "bytes=a-b",
                            "bytes=1-b", "bytes 0-1", "bytes=99999999999999999999-", "-1"})
    CHECK_MESSAGE(answer(other) == "200 0+100", other);
}

TEST_CASE("only regular files are opened") {
  const sunny16::TempDir folder;
  const auto file = InputFile::open(folder.file("a", "0123456789"));
  REQUIRE(file);
  CHECK(file->size() == 10);
  std::array<char, 4> bytes{};
  CHECK(file->read(8, bytes) == 2);
  CHECK(bytes[1] == '9');
  CHECK(file->read(10, bytes) == 0);
  std::filesystem::create_symlink(folder / "a", folder / "link");
  CHECK_FALSE(InputFile::open(folder / "link"));
  CHECK_FALSE(InputFile::open(folder / "none"));
  CHECK_FALSE(InputFile::open(folder.path()));
}

}  // namespace
