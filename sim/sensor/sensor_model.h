// What a sensor's data sheet and its measurements say, in the terms of EMVA 1288: from photons to numbers.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "isp/core/describe.h"

namespace sunny16::sim {

/// Colours of the 2 x 2 cell at (0, 0), row by row; or no filter.
enum class ColourFilter : std::uint8_t { rggb, grbg, gbrg, bggr, monochrome };

/// How a gain code becomes an analogue gain: scale / (scale - code), code / scale, or 10^(code * scale / 20).
enum class GainLaw : std::uint8_t { reciprocal, linear, decibel };

/// What the sensor does to cells of one colour before it sends them. `bin` combines `binning` x `binning` pixels of one
/// colour into one; `remosaic` makes a Bayer pattern of full size out of larger cells; `cells` sends them as they are.
enum class Readout : std::uint8_t { bin, remosaic, cells };

/// Whether binned pixels are averaged, or their charge is added before the converter.
enum class Binning : std::uint8_t { average, sum };

struct SensorMode {
  int width = 0, height = 0;  ///< of the picture that it sends
  int bits = 10;
  Readout readout = Readout::bin;
  int binning = 1;
  double line_time_us = 20;
  int frame_lines = 2000;  ///< at the highest frame rate: rows and vertical blanking
};

struct SensorModel {
  std::string name, title;
  int width = 0, height = 0;
  double pixel_pitch_um = 1.4;
  ColourFilter filter = ColourFilter::rggb;
  int cell = 1;
  std::vector<SensorMode> modes;  ///< the first is the one that is used unless another is asked for

  int bits = 10;
  double black_dn = 64;
  double full_well_e = 4500;
  double pixel_noise_e = 1.5, converter_noise_e = 2;
  double row_noise_e = 0.1, column_noise_e = 0.1;
  double dsnu_e = 0.5, prnu_percent = 0.8;
  double dark_current_e_s = 2, dark_doubling_c = 6;
  double hot_ppm = 20, hot_current_e_s = 2000, dead_ppm = 5, stuck_ppm = 2;
  double crosstalk_percent = 2;
  double high_conversion_ratio = 1, high_conversion_from_gain = 1, high_conversion_noise_e = 1.5;
  Binning binning = Binning::average;

  GainLaw gain_law = GainLaw::reciprocal;
  double gain_scale = 1024;
  int gain_code_min = 0, gain_code_max = 960;
  int exposure_min_lines = 1, exposure_margin_lines = 8, frame_lines_max = 65535;
  int exposure_delay_frames = 2, gain_delay_frames = 2, frame_length_delay_frames = 2;
  bool global_shutter = false;

  std::vector<double> wavelength_nm;
  std::vector<double> qe_red, qe_green, qe_blue;  ///< of a monochrome sensor all the same

  /// The converter's greatest number.
  double white_dn() const { return (1 << bits) - 1; }
  /// Read noise rms at an analogue gain below `high_conversion_from_gain`, as electrons in the pixel.
  double read_noise_e(double gain) const;
  /// What is contradictory, as the end of a message that starts with the sensor's JSON path; else empty.
  std::string problem() const;
};

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct EnumNames<sim::ColourFilter> {
  static constexpr std::array<std::string_view, 5> names{"RGGB", "GRBG", "GBRG", "BGGR", "monochrome"};
};
template <>
struct EnumNames<sim::GainLaw> {
  static constexpr std::array<std::string_view, 3> names{"reciprocal", "linear", "decibel"};
};
template <>
struct EnumNames<sim::Readout> {
  static constexpr std::array<std::string_view, 3> names{"bin", "remosaic", "cells"};
};
template <>
struct EnumNames<sim::Binning> {
  static constexpr std::array<std::string_view, 2> names{"average", "sum"};
};

template <>
struct Describe<sim::SensorMode> {
  using M = sim::SensorMode;
  static constexpr auto fields = std::tuple{
      field<&M::width>("width", 2, 16384, "px", "Columns of the picture that the mode sends."),
      field<&M::height>("height", 2, 16384, "px", "Its rows."),
      field<&M::bits>("bits", 8, 16, "bit", "Of each number."),
      field<&M::readout>("readout", 0, 0, "",
                         "bin: pixels of one colour combined; remosaic: larger cells made into a Bayer pattern of full "
                         "size; cells: as they lie."),
      field<&M::binning>("binning", 1, 8, "", "Pixels a side that are combined into one."),
      field<&M::line_time_us>("line_time_us", 0.1, 10000, "us", "From the start of a row to that of the next."),
      field<&M::frame_lines>("frame_lines", 2, 1000000, "lines", "Rows and blanking at the highest frame rate.")};
};

template <>
struct Describe<sim::SensorModel> {
  using S = sim::SensorModel;
  static constexpr auto fields = std::tuple{
      field<&S::name>("name", 0, 0, "", "As libcamera calls the sensor: imx708."),
      field<&S::title>("title", 0, 0, "", "In words: maker, product, optical format."),
      field<&S::width>("width", 2, 16384, "px", "Columns of the array."),
      field<&S::height>("height", 2, 16384, "px", "Rows of the array."),
      field<&S::pixel_pitch_um>("pixel_pitch_um", 0.4, 20, "um", "From a pixel to the next."),
      field<&S::filter>("filter", 0, 0, "",
                        "Colour filter: the 2 x 2 cell at the first column and row, or monochrome."),
      field<&S::cell>("cell", 1, 4, "px", "Pixels a side under one filter: 1 is Bayer, 2 Quad-Bayer."),
      field<&S::modes>("modes", 0, 0, "", "What the sensor can send; the first is the usual one."),
      field<&S::bits>("bits", 8, 16, "bit", "Of the converter."),
      field<&S::black_dn>("black_dn", 0, 32768, "DN", "Number of no light, at `bits`."),
      field<&S::full_well_e>("full_well_e", 100, 1e6, "e-", "Electrons that reach white at unit gain."),
      field<&S::pixel_noise_e>("pixel_noise_e", 0, 1000, "e-", "Read noise rms before the amplifier."),
      field<&S::converter_noise_e>("converter_noise_e", 0, 1000, "e-",
                                   "Read noise rms after the amplifier, as electrons at unit gain."),
      field<&S::row_noise_e>("row_noise_e", 0, 1000, "e-", "Temporal noise rms that a row has in common."),
      field<&S::column_noise_e>("column_noise_e", 0, 1000, "e-", "Fixed offsets of the columns, rms."),
      field<&S::dsnu_e>("dsnu_e", 0, 1000, "e-", "Dark signal non-uniformity: fixed offsets of the pixels, rms."),
      field<&S::prnu_percent>("prnu_percent", 0, 50, "%", "Photo response non-uniformity, rms."),
      field<&S::dark_current_e_s>("dark_current_e_s", 0, 1e5, "e-/s", "Mean dark current of a pixel at 25 C."),
      field<&S::dark_doubling_c>("dark_doubling_c", 1, 100, "C", "Warming that doubles the dark current."),
      field<&S::hot_ppm>("hot_ppm", 0, 1e5, "ppm", "Pixels with a large dark current."),
      field<&S::hot_current_e_s>("hot_current_e_s", 0, 1e6, "e-/s", "Their mean dark current at 25 C."),
      field<&S::dead_ppm>("dead_ppm", 0, 1e5, "ppm", "Pixels that see no light."),
      field<&S::stuck_ppm>("stuck_ppm", 0, 1e5, "ppm", "Pixels that are always white."),
      field<&S::crosstalk_percent>("crosstalk_percent", 0, 30, "%",
                                   "Part of a pixel's charge that its four neighbours collect. The quantum "
                                   "efficiencies have its colour in them."),
      field<&S::high_conversion_ratio>("high_conversion_ratio", 1, 32, "ratio",
                                       "Dual conversion gain: the high one over the low one; 1 is a single gain."),
      field<&S::high_conversion_from_gain>("high_conversion_from_gain", 1, 1024, "ratio",
                                           "Analogue gain from which the high conversion gain is used."),
      field<&S::high_conversion_noise_e>("high_conversion_noise_e", 0, 1000, "e-",
                                         "Read noise rms before the amplifier at the high conversion gain."),
      field<&S::binning>("binning", 0, 0, "", "average: binned pixels are averaged; sum: their charge is added."),
      field<&S::gain_law>("gain_law", 0, 0, "",
                          "reciprocal: scale / (scale - code); linear: code / scale; decibel: 10^(code scale / 20)."),
      field<&S::gain_scale>("gain_scale", 1e-3, 1e6, "", "The law's scale."),
      field<&S::gain_code_min>("gain_code_min", 0, 65535, "", "Least gain code."),
      field<&S::gain_code_max>("gain_code_max", 0, 65535, "", "Greatest gain code."),
      field<&S::exposure_min_lines>("exposure_min_lines", 1, 1000, "lines", "Shortest exposure."),
      field<&S::exposure_margin_lines>("exposure_margin_lines", 0, 1000, "lines",
                                       "By how much the exposure is shorter than the frame."),
      field<&S::frame_lines_max>("frame_lines_max", 2, 1e8, "lines", "Longest frame."),
      field<&S::exposure_delay_frames>("exposure_delay_frames", 0, 8, "frames",
                                       "Frames from a command to the first frame with its exposure."),
      field<&S::gain_delay_frames>("gain_delay_frames", 0, 8, "frames", "The same of the gain."),
      field<&S::frame_length_delay_frames>("frame_length_delay_frames", 0, 8, "frames",
                                           "The same of the vertical blanking."),
      field<&S::global_shutter>("global_shutter", 0, 0, "", "All rows are exposed at the same time."),
      field<&S::wavelength_nm>("wavelength_nm", 300, 1200, "nm",
                               "Where the quantum efficiencies are given; ascending."),
      field<&S::qe_red>("qe_red", 0, 1, "",
                        "Quantum efficiency under the red filter: electrons per photon on a pixel."),
      field<&S::qe_green>("qe_green", 0, 1, "", "The same of green; of a monochrome sensor all three are alike."),
      field<&S::qe_blue>("qe_blue", 0, 1, "", "The same of blue.")};
};

}  // namespace sunny16::isp
