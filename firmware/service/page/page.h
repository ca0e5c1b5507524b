// The built-in page's files; the build makes page_files.cc of them.
#pragma once

#include <span>
#include <string_view>

namespace sunny16::firmware {

struct PageFile {
  std::string_view name, content;
};

std::span<const PageFile> page_files();

}  // namespace sunny16::firmware
