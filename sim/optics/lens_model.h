// What a lens does to a picture, apart from its place: figures of the kind that optical designs and calibrations give.
#pragma once

#include <string>

#include "isp/core/describe.h"

namespace sunny16::sim {

/// Radii are in units of the sensor's half diagonal; the corners of its array lie at 1.
struct LensModel {
  std::string name;
  double focal_length_mm = 4.74, f_number = 1.8, transmission = 0.9;
  double aberration_centre_um = 0.4, aberration_corner_um = 1;
  double distortion_k1 = 0, distortion_k2 = 0;
  double lateral_red_um = 0, lateral_blue_um = 0;
  double vignetting_percent = 10;
  double red_shading_percent = 0, blue_shading_percent = 0;
  double veiling_glare_percent = 1;
  double focus_near = 0, focus_far = 0;
  double focus = 0;

  /// What is contradictory, as the end of a message that starts with the lens's JSON path; else empty.
  std::string problem() const;
};

}  // namespace sunny16::sim

template <>
struct sunny16::isp::Describe<sunny16::sim::LensModel> {
  using L = sim::LensModel;
  static constexpr auto fields = std::tuple{
      field<&L::name>("name", 0, 0, "", "Maker and product."),
      field<&L::focal_length_mm>("focal_length_mm", 0.5, 1000, "mm", "Focal length."),
      field<&L::f_number>("f_number", 0.7, 64, "", "Focal length over the entrance pupil's diameter."),
      field<&L::transmission>("transmission", 0.05, 1, "",
                              "Part of the light that glass and infrared filter let pass."),
      field<&L::aberration_centre_um>("aberration_centre_um", 0, 50, "um",
                                      "Point spread in the picture's centre besides diffraction: a Gaussian's standard "
                                      "deviation."),
      field<&L::aberration_corner_um>("aberration_corner_um", 0, 50, "um",
                                      "The same in the corners; between, it grows with the radius squared."),
      field<&L::distortion_k1>("distortion_k1", -0.5, 0.5, "",
                               "A point at radius r is thrown to r (1 + k1 r^2 + k2 r^4): negative is a barrel."),
      field<&L::distortion_k2>("distortion_k2", -0.5, 0.5, "", "The next term."),
      field<&L::lateral_red_um>(
          "lateral_red_um", -50, 50, "um",
          "By how much further out than green red lies in the corners; proportional to the radius."),
      field<&L::lateral_blue_um>("lateral_blue_um", -50, 50, "um", "The same of blue."),
      field<&L::vignetting_percent>("vignetting_percent", -200, 90, "%",
                                    "Light lost in the corners besides the fourth power of the field angle's cosine; "
                                    "with the fourth power of the radius. Wide lenses lose less than the cosine says: "
                                    "negative."),
      field<&L::red_shading_percent>("red_shading_percent", -50, 50, "%",
                                     "By how much more of red than of green is lost in the corners; with the radius "
                                     "squared."),
      field<&L::blue_shading_percent>("blue_shading_percent", -50, 50, "%", "The same of blue."),
      field<&L::veiling_glare_percent>("veiling_glare_percent", 0, 50, "%",
                                       "Part of the picture's mean light that is spread evenly over it (ISO 9358)."),
      field<&L::focus_near>("focus_near", 0, 100, "dpt", "Nearest distance to focus at; 0 where the focus is fixed."),
      field<&L::focus_far>("focus_far", 0, 100, "dpt", "Farthest distance to focus at."),
      field<&L::focus>("focus", 0, 100, "dpt", "Where it is focused unless told otherwise; 0 is infinity.")};
};
