#include "sim/cli/text_file.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <span>

#include "firmware/output/atomic_file.h"
#include "sim/cli/commands.h"

namespace sunny16::cli {

std::string read_text(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw UsageError(file + ": cannot be opened");
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) throw UsageError(file + ": cannot be read");
  return text;
}

void write_text(const std::string& file, const std::string& text) {
  if (file == "-") {
    std::fputs(text.c_str(), stdout);
    return;
  }
  firmware::AtomicFile target(file);
  target.write(std::as_bytes(std::span(text)));
  target.commit();
}

}  // namespace sunny16::cli
