#include "hal/replay/raw_description.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "hal/replay/input_error.h"

namespace sunny16::hal {
namespace {

constexpr double kMaxLevel = 65535;

/// Removes a leading number from `text`.
template <class T>
std::optional<T> take_number(std::string_view& text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::string number(double v) {
  std::array<char, 32> buffer;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), v).ptr};
}

double take_level(std::string_view& text, std::string_view what, std::string_view whole) {
  const auto level = take_number<double>(text);
  if (!level || !std::isfinite(*level) || *level < 0 || *level > kMaxLevel)
    throw InputError(std::string(what) + " \"" + std::string(whole) + "\": allowed are numbers from 0 to 65535");
  return *level;
}

std::optional<isp::Packing> packing_of(int bits, bool csi2) {
  switch (bits) {
    case 8:
      return csi2 ? std::nullopt : std::optional(isp::Packing::u8);
    case 10:
      return csi2 ? isp::Packing::csi2_10 : isp::Packing::u16;
    case 12:
      return csi2 ? isp::Packing::csi2_12 : isp::Packing::u16;
    case 14:
      return csi2 ? isp::Packing::csi2_14 : isp::Packing::u16;
    case 16:
      return csi2 ? std::nullopt : std::optional(isp::Packing::u16);
    default:
      return std::nullopt;
  }
}

}  // namespace

RawFormat RawFormat::parse(std::string_view whole) {
  const auto fail = [&](std::string_view problem) {
    return InputError("raw format \"" + std::string(whole.substr(0, 80)) + "\": " + std::string(problem));
  };
  RawFormat format;
  std::string_view text = whole;

  if (const auto width = take_number<int>(text)) {
    const auto height = take(text, "x") ? take_number<int>(text) : std::nullopt;
    if (!height || !text.starts_with(':')) throw fail("expected WxH:FORMAT[:STRIDE], as in 1920x1080:SRGGB10_CSI2P");
    if (*width < isp::kMinSide || *width > isp::kMaxSide || *height < isp::kMinSide || *height > isp::kMaxSide)
      throw fail("width and height must be " + std::to_string(isp::kMinSide) + " to " + std::to_string(isp::kMaxSide));
    format.width = *width;
    format.height = *height;
  }
  take(text, ":");

  constexpr std::string_view kNames =
      "allowed are SRGGB, SGRBG, SGBRG or SBGGR with 8, 10, 12, 14 or 16, and _CSI2P after 10, 12 or 14";
  const auto phase = take(text, "S") ? isp::cfa_from_string(text.substr(0, 4)) : std::nullopt;
  if (!phase) throw fail(kNames);
  text.remove_prefix(4);
  format.phase = *phase;
  format.bits = take_number<int>(text).value_or(0);
  const auto packing = packing_of(format.bits, take(text, "_CSI2P"));
  if (!packing) throw fail(kNames);
  format.packing = *packing;

  if (take(text, ":")) {
    const auto stride = take_number<std::size_t>(text);
    if (!stride) throw fail("the stride must be a number of bytes");
    if (format.width == 0) throw fail("a stride needs a width and height before it");
    const std::size_t least = isp::row_bytes(format.packing, format.width);
    constexpr std::size_t kMostPadding = 65536;
    if (*stride < least || *stride > least + kMostPadding)
      throw fail("a row of " + std::to_string(format.width) + " samples needs a stride of " + std::to_string(least) +
                 " to " + std::to_string(least + kMostPadding) + " bytes");
    format.stride = *stride;
  }
  if (!text.empty()) throw fail("nothing may follow; found \"" + std::string(text.substr(0, 40)) + "\"");
  return format;
}

std::array<double, 4> parse_black(std::string_view whole) {
  std::string_view text = whole;
  std::array<double, 4> black;
  black.fill(take_level(text, "black level", whole));
  if (!text.empty())
    for (std::size_t channel = 1; channel < 4; ++channel) {
      if (!take(text, ","))
        throw InputError("black level \"" + std::string(whole) +
                         "\": allowed is one number, or four separated by commas");
      black[channel] = take_level(text, "black level", whole);
    }
  if (!text.empty())
    throw InputError("black level \"" + std::string(whole) + "\": allowed is one number, or four separated by commas");
  return black;
}

double parse_white(std::string_view whole) {
  std::string_view text = whole;
  const double white = take_level(text, "white level", whole);
  if (!text.empty()) throw InputError("white level \"" + std::string(whole) + "\": allowed is one number");
  return white;
}

void apply_levels(RawFrame& frame, const RawDescription& description) {
  frame.black = description.black.value_or(frame.black);
  frame.white = description.white.value_or(frame.white);
  const double largest = std::exp2(frame.bits) - 1;
  if (!(frame.white > 0 && frame.white <= largest))
    throw InputError("white level " + number(frame.white) + ": allowed is at most " + number(largest) + " for " +
                     std::to_string(frame.bits) + "-bit samples");
  const auto [lowest, highest] = std::ranges::minmax(frame.black);
  if (!(lowest >= 0)) throw InputError("black level " + number(lowest) + ": allowed are numbers from 0 to 65535");
  if (!(frame.white > highest))
    throw InputError("white level " + number(frame.white) + " is not above black level " + number(highest));
}

}  // namespace sunny16::hal
