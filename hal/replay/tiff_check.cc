#include "hal/replay/tiff_check.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hal/replay/input_error.h"

namespace sunny16::hal {
namespace {

constexpr std::uint16_t kSubIfds = 330;
constexpr std::size_t kHeader = 8, kEntry = 12;

class Checker {
 public:
  explicit Checker(std::span<const std::byte> file) : file_(file), little_(file[0] == std::byte{'I'}) {}

  std::size_t u16(std::size_t at) const { return integer(at, 2); }
  std::size_t u32(std::size_t at) const { return integer(at, 4); }

  /// Checks a directory, and returns where its children are.
  std::vector<std::size_t> directory(std::size_t at) const {
    std::vector<std::size_t> children;
    require(at, 2, "directory");
    const std::size_t entries = u16(at);
    require(at + 2, entries * kEntry, "directory");
    for (std::size_t entry = at + 2; entry < at + 2 + entries * kEntry; entry += kEntry) {
      // Bytes of a value by TIFF type: byte, ASCII, short, long, rational; the same signed; float, double, IFD. 0:
      // unknown.
      constexpr std::array<std::size_t, 14> kTypeBytes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
      const std::size_t tag = u16(entry), type = u16(entry + 2), count = u32(entry + 4);
      const std::size_t bytes = type < kTypeBytes.size() ? count * kTypeBytes[type] : 0;
      const std::size_t values = bytes <= 4 ? entry + 8 : u32(entry + 8);
      require(values, bytes, "tag " + std::to_string(tag));
      if (tag == kSubIfds && bytes == 4 * count)
        for (std::size_t i = 0; i < std::min(count, kMostChildren); ++i) children.push_back(u32(values + 4 * i));
    }
    return children;
  }

 private:
  static constexpr std::size_t kMostChildren = 64;

  void require(std::size_t at, std::size_t count, const std::string& what) const {
    if (at > file_.size() || count > file_.size() - at)
      throw InputError("the file ends early: it has " + std::to_string(file_.size()) + " bytes, and " + what +
                       " is at byte " + std::to_string(at));
  }
  std::size_t integer(std::size_t at, std::size_t count) const {
    std::size_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
      value = value << 8 | std::to_integer<std::size_t>(file_[little_ ? at + count - 1 - i : at + i]);
    return value;
  }

  std::span<const std::byte> file_;
  bool little_;
};

}  // namespace

bool is_tiff(std::span<const std::byte> file) {
  constexpr std::string_view kLittle{"II\x2A\0", 4}, kBig{"MM\0\x2A", 4};
  if (file.size() < kHeader) return false;
  const std::string_view start(reinterpret_cast<const char*>(file.data()), 4);
  return start == kLittle || start == kBig;
}

void check_tiff_directories(std::span<const std::byte> file) {
  const Checker checker(file);
  for (const std::size_t child : checker.directory(checker.u32(4))) checker.directory(child);
}

}  // namespace sunny16::hal
