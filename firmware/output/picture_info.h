// What a picture file says of how the picture was taken.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "firmware/looks/look_record.h"
#include "hal/api/raw_frame.h"

namespace sunny16::firmware {

/// Where faces are in a picture.
struct FaceRegions {
  int width = 0, height = 0;                   ///< of the picture, px
  std::vector<std::array<double, 4>> boxes{};  ///< x, y, width and height as fractions of it
};

struct PictureInfo {
  std::string make, model;
  std::string date_time;    ///< "YYYY:MM:DD HH:MM:SS"; empty: unknown
  LookRecord look;
  FaceRegions faces{};
  std::optional<double> exposure_s, iso, aperture, focal_length_mm;
  int orientation = 1;  ///< EXIF orientation of the pixels as written, 1..8
};

/// EXIF's ImageDescription: the look in words; empty: there is none.
inline std::string description_of(const PictureInfo& info) {
  return info.look.empty() ? "" : "look " + info.look.full_name() + " " + info.look.version;
}

inline PictureInfo picture_info(const hal::RawFrame& frame) {
  PictureInfo info{.make = frame.make,
                   .model = frame.model,
                   .date_time = frame.date_time,
                   .look = {},
                   .faces = {},
                   .exposure_s = frame.applied.exposure_us,
                   .iso = frame.applied.analogue_gain,
                   .aperture = frame.aperture,
                   .focal_length_mm = frame.focal_length_mm,
                   .orientation = frame.orientation};
  if (info.exposure_s) *info.exposure_s *= 1e-6;
  if (info.iso) *info.iso *= 100 * frame.applied.digital_gain.value_or(1);
  return info;
}

}  // namespace sunny16::firmware
