// What the stages' derive() functions need to know of a frame besides their tuning: the frame's geometry, the sensor's levels
// and noise at this gain, and what control decided. Physical units, floating point; never seen by a kernel.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "isp/core/cfa.h"
#include "isp/core/colour_cube.h"
#include "isp/core/raw_view.h"

namespace sunny16::isp {

/// Variance of a raw sample as a function of its mean, both as fractions of the range black..white:
/// variance = shot * mean + read (the DNG NoiseProfile model). One channel; white-balance gains not yet applied.
struct NoiseProfile {
  double shot = 0, read = 0;
};

/// Relative gains over the frame, `columns` x `rows` nodes a channel in R, Gr, Gb, B order; the first and last nodes lie on the
/// active picture's outer pixel centres, nodes between are evenly spaced. Values >= 0, typically 1..4.
struct GainMesh {
  int columns = 0, rows = 0;
  std::array<std::vector<double>, 4> gains;
  bool empty() const { return columns == 0 || rows == 0; }
};

/// The picture as a few thousand cells (see thumbnail.h).
struct Thumbnail;

/// How the code domains hold linear raw: a noise-stabilising root (see root_code.h), or a quarter of it, for profiles that save
/// the root's time.
enum class RawCode : std::uint8_t { root, linear };

using Matrix3 = std::array<double, 9>;  ///< row by row

struct Conditions {
  FrameGeometry frame;               ///< canonical frame of the sensor's picture, before binning
  Packing packing = Packing::u16;
  CfaPhase phase = CfaPhase::rggb;
  int binning = 1;                   ///< 2: unpacking averages 2x2 quads, and `noise` is that of the averages

  std::array<double, 4> black{};     ///< sensor DN, R Gr Gb B
  double white = 65535;              ///< sensor DN at saturation
  NoiseProfile noise{1e-4, 1e-7};
  RawCode code = RawCode::root;
  double analogue_gain = 1;
  double colour_temperature = 5500;  ///< kelvin
  double lux = 400;

  std::array<double, 3> wb_gains{1, 1, 1};  ///< R, G, B; the smallest is 1
  double digital_gain = 1;                  ///< exposure correction in the line, applied with the white balance
  Matrix3 camera_to_srgb{1, 0, 0, 0, 1, 0, 0, 0, 1};  ///< white-balanced camera RGB to linear sRGB; rows sum to 1
  std::shared_ptr<const GainMesh> shading;  ///< lens shading at this colour temperature; null is none
  SharedTable<CubeTable> cube{};            ///< the look's colour table, rounded once for all its frames; empty is none
  double skin_protection = 0;               ///< 0..1: how far a look spares hue and chroma of skin
  std::shared_ptr<const Thumbnail> thumbnail{};  ///< of this frame, or of those before; null is none
};

}  // namespace sunny16::isp
