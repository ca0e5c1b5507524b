// Text for people.
#pragma once

#include <cstdio>
#include <string>

#include "sim/report/table.h"

namespace sunny16::cli {

using sim::Table;

/// printf into a string.
template <class... Args>
std::string format(const char* pattern, Args... args) {
  std::string text(static_cast<std::size_t>(std::snprintf(nullptr, 0, pattern, args...)), '\0');
  std::snprintf(text.data(), text.size() + 1, pattern, args...);
  return text;
}

}  // namespace sunny16::cli
