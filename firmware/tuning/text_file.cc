#include "firmware/tuning/text_file.h"

#include <algorithm>
#include <array>
#include <fstream>

namespace sunny16::firmware {

std::optional<std::string> read_text_file(const std::filesystem::path& file, std::size_t most) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string text;
  std::array<char, 65536> piece;
  while (text.size() <= most) {
    stream.read(piece.data(), static_cast<std::streamsize>(std::min(piece.size(), most + 1 - text.size())));
    text.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
    if (stream.eof()) return text;
    if (!stream) return std::nullopt;
  }
  return text;
}

}  // namespace sunny16::firmware
