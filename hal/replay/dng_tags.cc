#include "hal/replay/dng_tags.h"

#include <tiffio.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <memory>

namespace sunny16::hal {
namespace {

constexpr std::uint32_t kOpcodeList2 = 51009, kNoiseProfile = 51041;  // not named by libtiff before 4.6
constexpr std::uint16_t kPhotometricCfa = 32803, kPhotometricLinearRaw = 34892;
constexpr std::uint32_t kMostSide = 65535;

/// libtiff's view of a file in memory.
struct Source {
  std::span<const std::byte> bytes;
  std::uint64_t position = 0;

  static tmsize_t read(thandle_t handle, void* out, tmsize_t count) {
    auto& source = *static_cast<Source*>(handle);
    if (source.position >= source.bytes.size() || count <= 0) return 0;
    const std::size_t got = std::min(static_cast<std::size_t>(count), source.bytes.size() - source.position);
    std::memcpy(out, source.bytes.data() + source.position, got);
    source.position += got;
    return static_cast<tmsize_t>(got);
  }
  static tmsize_t write(thandle_t, void*, tmsize_t) { return -1; }
  static toff_t seek(thandle_t handle, toff_t offset, int whence) {
    auto& source = *static_cast<Source*>(handle);
    const std::uint64_t base = whence == SEEK_CUR ? source.position : whence == SEEK_END ? source.bytes.size() : 0;
    return source.position = base + offset;
  }
  static int close(thandle_t) { return 0; }
  static toff_t size(thandle_t handle) { return static_cast<Source*>(handle)->bytes.size(); }
};

using Tiff = std::unique_ptr<TIFF, decltype(&TIFFClose)>;

Tiff open(Source& source) {
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                 &TIFFOpenOptionsFree);
  const auto silent = [](TIFF*, void*, const char*, const char*, va_list) { return 1; };
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), silent, nullptr);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), silent, nullptr);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), 64 << 20);
  // "m": read, do not map; "h": read the header only, so that a first directory without pixels is no error.
  return {TIFFClientOpenExt("raw", "rmh", &source, &Source::read, &Source::write, &Source::seek, &Source::close,
                            &Source::size, nullptr, nullptr, options.get()),
          &TIFFClose};
}

/// The values of a tag that this version of libtiff may or may not know: if not, it takes the type in the file.
template <class T>
std::span<const T> values(TIFF* tiff, std::uint32_t tag, TIFFDataType type) {
  const TIFFField* field = TIFFFindField(tiff, tag, TIFF_ANY);
  if (!field || !TIFFFieldPassCount(field) || TIFFFieldDataType(field) != type) return {};
  const T* data = nullptr;
  std::uint32_t count = 0;
  std::uint16_t short_count = 0;
  const bool wide = TIFFFieldReadCount(field) == TIFF_VARIABLE2;
  if (!(wide ? TIFFGetField(tiff, tag, &count, &data) : TIFFGetField(tiff, tag, &short_count, &data)) || !data)
    return {};
  return {data, wide ? count : short_count};
}

/// Pixels a side under one filter: more than 1 where the pattern is Bayer's with each place repeated.
int cell_size(TIFF* tiff) {
  const std::uint16_t* period = nullptr;
  if (!TIFFGetField(tiff, TIFFTAG_CFAREPEATPATTERNDIM, &period) || !period) return 1;
  const std::size_t side = period[0], cell = side / 2;
  const auto colours = values<std::uint8_t>(tiff, TIFFTAG_CFAPATTERN, TIFF_BYTE);
  if (side < 4 || side % 2 || side > 16 || period[1] != side || colours.size() != side * side) return 1;
  for (std::size_t i = 0; i < colours.size(); ++i)
    if (colours[i] != colours[i / side / cell * cell * side + i % side / cell * cell]) return 1;
  return static_cast<int>(cell);
}

void read_directory(TIFF* tiff, DngTags& tags) {
  if (!tags.noise) {
    // Pairs of shot and read noise, one for all planes or one for each.
    const auto profile = values<double>(tiff, kNoiseProfile, TIFF_DOUBLE);
    const std::size_t green = profile.size() >= 6 ? 2 : 0;
    if (profile.size() >= 2) {
      const double shot = profile[green], read = profile[green + 1];
      if (shot >= 0 && shot <= 1 && std::fabs(read) <= 1) tags.noise = {.shot = shot, .read = std::max(read, 0.0)};
    }
  }
  std::uint16_t photometric = 0;
  if (!TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric)) return;
  if (photometric == kPhotometricCfa) tags.cell = std::max(tags.cell, cell_size(tiff));
  if (photometric != kPhotometricCfa && photometric != kPhotometricLinearRaw) return;
  if (tags.opcode_list2.empty()) {
    const auto list = values<std::byte>(tiff, kOpcodeList2, TIFF_UNDEFINED);
    tags.opcode_list2.assign(list.begin(), list.end());
  }
  const std::uint32_t* area = nullptr;  // top, left, bottom, right
  if (!tags.active_area && TIFFGetField(tiff, TIFFTAG_ACTIVEAREA, &area) && area) {
    const bool sane = area[0] < area[2] && area[1] < area[3] && area[2] <= kMostSide && area[3] <= kMostSide;
    const auto side = [&](int i) { return static_cast<int>(area[i]); };
    if (sane) tags.active_area = isp::Rect{side(1), side(0), side(3) - side(1), side(2) - side(0)};
  }
}

}  // namespace

DngTags read_dng_tags(std::span<const std::byte> file) {
  DngTags tags;
  Source source{file};
  const Tiff tiff = open(source);
  if (!tiff || !TIFFReadDirectory(tiff.get())) return tags;
  read_directory(tiff.get(), tags);

  // The raw picture is in the first directory, or in one of its children.
  constexpr int kMaxChildren = 16;
  std::vector<toff_t> children;
  std::uint16_t count = 0;
  toff_t* offsets = nullptr;
  if (TIFFGetField(tiff.get(), TIFFTAG_SUBIFD, &count, &offsets) && offsets)
    children.assign(offsets, offsets + std::min<int>(count, kMaxChildren));
  for (const toff_t child : children)
    if (TIFFSetSubDirectory(tiff.get(), child)) read_directory(tiff.get(), tags);
  return tags;
}

}  // namespace sunny16::hal
