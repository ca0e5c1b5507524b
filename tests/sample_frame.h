// A small raw frame that has everything a frame can have, each value its own.
#pragma once

#include <cstring>
#include <memory>
#include <vector>

#include "hal/api/raw_frame.h"

namespace sunny16 {

/// `width` x `height` samples in 16 bits between 200 and 4000; one sample in 13 is at white.
inline hal::RawFrame sample_frame(int width = 38, int height = 26, isp::CfaPhase phase = isp::CfaPhase::grbg) {
  std::vector<std::uint16_t> samples(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = static_cast<std::uint16_t>(i % 13 == 0 ? 4095 : 200 + i * 2654435761u % 3800);
  auto storage = std::make_shared<std::vector<std::byte>>(2 * samples.size());
  std::memcpy(storage->data(), samples.data(), storage->size());

  hal::RawFrame frame;
  frame.raw = {
      .bytes = *storage, .width = width, .height = height, .stride = 2u * static_cast<unsigned>(width), .phase = phase};
  frame.storage = storage;
  frame.bits = 12;
  frame.black = {256.25, 255.5, 256.75, 257};
  frame.white = 4095;
  frame.applied.exposure_us = 1e6 / 60;
  frame.applied.analogue_gain = 2.5;
  frame.make = "Sunny";
  frame.model = "Camera 16";
  frame.unique_model = "Sunny Camera 16 mk I";
  frame.date_time = "2024:05:01 12:34:56";
  frame.aperture = 1.8;
  frame.focal_length_mm = 4.74;
  frame.orientation = 6;
  frame.calibrations = {{.illuminant_temperature = 2856,
                         .xyz_to_camera = {0.8, -0.2, -0.1, -0.4, 1.2, 0.2, -0.1, 0.25, 0.6},
                         .camera_to_xyz_d50 = isp::Matrix3{0.7, 0.15, 0.1142, 0.25, 0.7, 0.05, 0.02, 0.05, 0.7549}},
                        {.illuminant_temperature = 6504,
                         .xyz_to_camera = {0.7, -0.2, -0.05, -0.45, 1.25, 0.22, -0.08, 0.2, 0.55},
                         .camera_to_xyz_d50 = isp::Matrix3{0.6, 0.25, 0.1142, 0.2, 0.75, 0.05, 0.01, 0.06, 0.7549}}};
  frame.as_shot_neutral = {0.5, 1, 0.625};
  frame.noise = isp::NoiseProfile{.shot = 1.5e-4, .read = 2.5e-7};
  auto shading = std::make_shared<isp::GainMesh>();
  shading->columns = 5;
  shading->rows = 4;
  for (std::size_t channel = 0; channel < 4; ++channel)
    for (int i = 0; i < 20; ++i)
      shading->gains[channel].push_back(1 + 0.1 * static_cast<double>(channel) + i * i * 0.005);
  frame.shading = shading;
  return frame;
}

}  // namespace sunny16
