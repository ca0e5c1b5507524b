#include "firmware/output/exif.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

namespace sunny16::firmware {
namespace {

enum class Type : std::uint16_t { ascii = 2, u16 = 3, u32 = 4, rational = 5, undefined = 7 };

template <class T>
void put(std::vector<std::byte>& out, T value) {
  const auto bytes = std::as_bytes(std::span(&value, 1));
  out.insert(out.end(), bytes.begin(), bytes.end());
}

/// The simplest fraction within 1e-9 of a number, by its continued fraction: exposure times stay 1/60.
std::pair<std::uint32_t, std::uint32_t> fraction(double value) {
  constexpr double kMost = std::numeric_limits<std::uint32_t>::max();
  value = std::clamp(value, 0.0, kMost);
  double n0 = 0, d0 = 1, n1 = 1, d1 = 0, rest = value;
  for (;;) {
    const double whole = std::floor(rest), n2 = whole * n1 + n0, d2 = whole * d1 + d0;
    if (n2 > kMost || d2 > kMost) break;
    n0 = std::exchange(n1, n2), d0 = std::exchange(d1, d2);
    if (std::fabs(value - n1 / d1) <= 1e-9 * value || rest == whole) break;
    rest = 1 / (rest - whole);
  }
  return {static_cast<std::uint32_t>(n1), static_cast<std::uint32_t>(d1)};
}

/// An image file directory. Entries are added in the order of their tags, as TIFF demands.
class Ifd {
 public:
  void ascii(std::uint16_t tag, std::string_view text) {
    constexpr std::size_t kMostText = 1023;  // APP1 has 64 KiB for everything
    if (text.empty()) return;
    text = text.substr(0, kMostText);
    auto& data = add(tag, Type::ascii, text.size() + 1);
    for (const char c : text) put(data, c);
    put(data, '\0');
  }
  void undefined(std::uint16_t tag, std::string_view bytes) {
    auto& data = add(tag, Type::undefined, bytes.size());
    for (const char c : bytes) put(data, c);
  }
  void u16(std::uint16_t tag, int value) { put(add(tag, Type::u16, 1), static_cast<std::uint16_t>(value)); }
  void u32(std::uint16_t tag, std::size_t value) { put(add(tag, Type::u32, 1), static_cast<std::uint32_t>(value)); }
  void rational(std::uint16_t tag, std::optional<double> value) {
    if (!value) return;
    const auto [numerator, denominator] = fraction(*value);
    auto& data = add(tag, Type::rational, 1);
    put(data, numerator);
    put(data, denominator);
  }

  /// Bytes of the directory and of the values that do not fit into it.
  std::size_t size() const {
    std::size_t bytes = 2 + 12 * entries_.size() + 4;
    for (const Entry& entry : entries_) bytes += outside(entry);
    return bytes;
  }

  /// Appends the directory to a TIFF structure.
  void append_to(std::vector<std::byte>& out) const {
    std::size_t values_at = out.size() + 2 + 12 * entries_.size() + 4;
    put(out, static_cast<std::uint16_t>(entries_.size()));
    for (const Entry& entry : entries_) {
      put(out, entry.tag);
      put(out, entry.type);
      put(out, entry.count);
      if (const std::size_t bytes = outside(entry)) {
        put(out, static_cast<std::uint32_t>(values_at));
        values_at += bytes;
      } else {
        out.insert(out.end(), entry.data.begin(), entry.data.end());
        out.resize(out.size() + 4 - entry.data.size());
      }
    }
    put(out, std::uint32_t{0});  // no next directory
    for (const Entry& entry : entries_)
      if (const std::size_t bytes = outside(entry)) {
        out.insert(out.end(), entry.data.begin(), entry.data.end());
        out.resize(out.size() + bytes - entry.data.size());
      }
  }

 private:
  struct Entry {
    std::uint16_t tag;
    Type type;
    std::uint32_t count;
    std::vector<std::byte> data;
  };

  std::vector<std::byte>& add(std::uint16_t tag, Type type, std::size_t count) {
    return entries_.emplace_back(Entry{tag, type, static_cast<std::uint32_t>(count), {}}).data;
  }
  /// Bytes of an entry's values after the directory, a whole number of words; 0: they fit into the entry.
  static std::size_t outside(const Entry& entry) {
    return entry.data.size() <= 4 ? 0 : (entry.data.size() + 1) / 2 * 2;
  }

  std::vector<Entry> entries_;
};

}  // namespace

std::string_view software() { return "Sunny16 " SUNNY16_VERSION; }

std::vector<std::byte> exif_block(const PictureInfo& info, int width, int height) {
  Ifd main;
  main.ascii(0x010E, description_of(info));
  main.ascii(0x010F, info.make);
  main.ascii(0x0110, info.model);
  main.u16(0x0112, info.orientation);
  main.rational(0x011A, 72);  // resolution: EXIF demands one, 72 dpi says nothing
  main.rational(0x011B, 72);
  main.u16(0x0128, 2);
  main.ascii(0x0131, software());
  main.ascii(0x0132, info.date_time);
  main.u16(0x0213, 1);  // chroma samples centred, as libjpeg has them

  Ifd exif;
  exif.rational(0x829A, info.exposure_s);
  exif.rational(0x829D, info.aperture);
  if (info.iso) exif.u16(0x8827, static_cast<int>(std::clamp(*info.iso + 0.5, 1.0, 65535.0)));
  exif.undefined(0x9000, "0232");
  exif.ascii(0x9003, info.date_time);
  exif.ascii(0x9004, info.date_time);
  exif.undefined(0x9101, {"\1\2\3\0", 4});  // components Y Cb Cr
  exif.rational(0x920A, info.focal_length_mm);
  exif.undefined(0xA000, "0100");
  exif.u16(0xA001, 1);  // sRGB
  exif.u32(0xA002, static_cast<std::size_t>(width));
  exif.u32(0xA003, static_cast<std::size_t>(height));

  constexpr std::size_t kHeader = 8, kEntry = 12;
  main.u32(0x8769, kHeader + main.size() + kEntry);  // where the EXIF IFD will be, after this very entry
  std::vector<std::byte> block;
  put(block, std::uint16_t{0x4949});
  put(block, std::uint16_t{42});
  put(block, static_cast<std::uint32_t>(kHeader));
  main.append_to(block);
  exif.append_to(block);
  return block;
}

}  // namespace sunny16::firmware
