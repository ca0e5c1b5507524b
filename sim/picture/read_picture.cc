#include "sim/picture/read_picture.h"

#include <algorithm>
#include <string>
#include <vector>

#include "hal/replay/input_file.h"
#include "hal/replay/raw_file.h"
#include "hal/replay/tiff_check.h"
#include "isp/core/raw_view.h"
#include "sim/picture/decode.h"

namespace sunny16::sim {
namespace {

bool is_jpeg(std::span<const std::byte> bytes) {
  constexpr std::array kStart{std::byte{0xFF}, std::byte{0xD8}, std::byte{0xFF}};
  return bytes.size() >= kStart.size() && std::ranges::equal(bytes.first(kStart.size()), kStart);
}

}  // namespace

void check_picture_size(std::uint64_t width, std::uint64_t height) {
  const auto allowed = [](std::uint64_t side) { return side >= isp::kMinSide && side <= isp::kMaxSide; };
  if (!allowed(width) || !allowed(height) || width * height > std::uint64_t{kMaxPicturePixels})
    throw hal::InputError("found a picture of " + std::to_string(width) + " x " + std::to_string(height) +
                          ", allowed are sides from " + std::to_string(isp::kMinSide) + " to " +
                          std::to_string(isp::kMaxSide) + " and " + std::to_string(kMaxPicturePixels / 1'000'000) +
                          " megapixels");
}

void check_expansion(std::uint64_t decoded, std::uint64_t bytes, std::uint64_t most_per_byte) {
  if (decoded / most_per_byte > bytes)
    throw hal::InputError("damaged: the file ends early, it has " + std::to_string(bytes) + " bytes");
}

Picture decode_picture(std::span<const std::byte> bytes) {
  if (hal::is_png(bytes)) return decode_png(bytes);
  if (hal::is_tiff(bytes)) return decode_tiff(bytes);
  if (is_jpeg(bytes)) return decode_jpeg(bytes);
  throw hal::InputError("found no picture, allowed PNG, JPEG and TIFF");
}

Picture read_picture(const std::filesystem::path& path) {
  const std::vector<std::byte> bytes = hal::read_input_file(path, kMaxPictureBytes);
  return hal::with_path(path, [&] { return decode_picture(bytes); });
}

}  // namespace sunny16::sim
