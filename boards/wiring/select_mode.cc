#include "boards/wiring/select_mode.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "boards/wiring/open_camera.h"

namespace sunny16::boards {
namespace {

bool is_packed(isp::Packing packing) { return packing != isp::Packing::u8 && packing != isp::Packing::u16; }

/// Width, height and bits, 0 where the text leaves them out, and its letter or a blank.
struct Wish {
  std::array<int, 3> numbers{};
  char packing = ' ';

  bool allows(const hal::SensorMode& mode) const {
    const auto [width, height, bits] = numbers;
    return width == mode.width && height == mode.height && (bits == 0 || bits == mode.bits) &&
           (packing == ' ' || (packing == 'P') == is_packed(mode.packing));
  }
};

std::optional<Wish> parse(std::string_view text) {
  Wish wish;
  const char *at = text.data(), *const end = at + text.size();
  for (std::size_t i = 0; i < wish.numbers.size() && at < end; ++i) {
    const auto [next, error] = std::from_chars(at, end, wish.numbers[i]);
    if (error != std::errc() || wish.numbers[i] <= 0 || (next < end && (*next != ':' || next + 1 == end)))
      return std::nullopt;
    at = next < end ? next + 1 : next;
  }
  if (at == end) return wish;
  wish.packing = *at;
  return end - at == 1 && (*at == 'P' || *at == 'U') ? std::optional(wish) : std::nullopt;
}

}  // namespace

isp::Packing packed_samples(int bits) {
  switch (bits) {
    case 8:
      return isp::Packing::u8;
    case 10:
      return isp::Packing::csi2_10;
    case 12:
      return isp::Packing::csi2_12;
    case 14:
      return isp::Packing::csi2_14;
    default:
      return isp::Packing::u16;
  }
}

std::string mode_text(const hal::SensorMode& mode) {
  return std::to_string(mode.width) + ":" + std::to_string(mode.height) + ":" + std::to_string(mode.bits) +
         (is_packed(mode.packing) ? ":P" : ":U");
}

void select_mode(hal::Camera& camera, const std::string& text) {
  const auto wish = parse(text);
  std::string allowed;
  for (const hal::SensorMode& mode : camera.modes()) {
    if (wish && wish->allows(mode)) {
      if (!camera.select(mode)) throw CameraError("mode " + mode_text(mode) + ": the camera refuses it now");
      return;
    }
    allowed += " " + mode_text(mode);
  }
  throw CameraError("mode: found \"" + text + "\", allowed" + allowed);
}

}  // namespace sunny16::boards
