// The Kodak pictures as raw frames with known truth: mosaicked, with noise, developed by the whole line, compared.
#pragma once

#include <string>
#include <vector>

#include "isp/pipeline/phone_pipeline.h"

namespace sunny16::isp::test {

/// 8-bit sRGB, interleaved.
struct Picture {
  std::string name;
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgb;
};

/// The twelve odd-numbered Kodak pictures; none, and a message, where the data is not.
std::vector<Picture> kodak_pictures();

/// How a picture was taken. The sensor's response to a neutral is the inverse of the white-balance gains.
struct Exposure {
  double full_scale = 0;  ///< electrons at white; 0 is a sensor without noise
  double read_noise = 0;  ///< electrons
  std::array<double, 3> wb_gains{1, 1, 1};
  double black = 4096, white = 61440;  ///< DN
};

struct Shot {
  std::vector<std::uint16_t> samples;
  RawView raw;
  Conditions conditions;
};

/// The picture in linear light through an RGGB mosaic; the same noise for a picture on every machine.
Shot take(const Picture& picture, const Exposure& exposure);

/// Tunings of a profile that leave linear light as it is: no tone but the sRGB curve, no dither.
Tunings colorimetric_tunings(Profile profile, Conditions& conditions);

/// The shot through the line, in strips, as it would be on a camera.
Picture develop(const Shot& shot, const Tunings& tunings);

/// Peak signal-to-noise ratio over the three channels, dB, without a border of 10 pixels.
double cpsnr(const Picture& a, const Picture& b);

}  // namespace sunny16::isp::test
