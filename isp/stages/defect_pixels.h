// Defect pixels: replaces stuck, hot and dead samples, those on the module's list and those that stand out.
//
// Domain: linear raw -> linear raw, before any gain; one quad around.
//
// A sample is a candidate when it lies outside the second lowest .. second highest of its eight neighbours of the same
// colour (ranks, so that a pair of defects is found, too: Garnett et al., IEEE TIP 2005) by more than
//   t = sigmas * sigma(level) + texture * (second highest - second lowest)
// with the noise profile's sigma, and the neighbours' spread as the measure of detail (the level and range coefficients
// of the Raspberry Pi ISP's DPC). A candidate is kept if it is light: a lens spreads light over adjacent pixels,
// whatever their colour, so a star or the end of a line raises the four adjacent samples above the eight next ones of
// the same colours as they, and a defect does not. What is left becomes the mean of the two opposite neighbours of its
// colour that differ least; so do the samples on the list, always. See also El-Yamany, "Robust defect pixel detection
// and correction for Bayer imaging systems", Electronic Imaging 2017.
//
// Beyond the dynamic test, and what the list is for: three defects of one colour in a 3x3 block of it, and adjacent
// defects of different colours, which look like light. A listed sample needs one sound pair of opposite neighbours.
//
// Candidates are few: the fast row only finds them in vectors; what follows is plain code that both rows share.
#pragma once

#include "isp/stage/stage.h"
#include "isp/stages/noise_line.h"

namespace sunny16::isp {

struct DefectPixelsTuning {
  bool enabled = true;
  double sigmas = 5;
  double texture = 0.5;
  double light = 0.15;
  std::vector<int> list;
};
template <>
struct Describe<DefectPixelsTuning> {
  static constexpr auto fields = std::tuple{
      field<&DefectPixelsTuning::enabled>("enabled", 0, 1, "", "Replace defect pixels."),
      field<&DefectPixelsTuning::sigmas>("sigmas", 1, 100, "ratio",
                                         "Deviations of the noise by which a sample must stand out; fewer find more."),
      field<&DefectPixelsTuning::texture>("texture", 0, 1, "ratio",
                                          "Share of the neighbours' spread by which it must stand out besides."),
      field<&DefectPixelsTuning::light>(
          "light", 0, 1, "ratio",
          "A sample whose neighbours of other colours rise by this share of its excess is light; "
          "1 keeps next to nothing, 0 nearly everything."),
      field<&DefectPixelsTuning::list>(
          "list", 0, kMaxSide - 1, "px",
          "Columns and rows of known defects, x, y, x, y, ... on the sensor; at most 1024.")};
};

struct DefectPixels {
  static constexpr std::string_view name = "defect_pixels";
  using In = domain::LinearRaw;
  using Out = domain::LinearRaw;
  using Tuning = DefectPixelsTuning;
  struct Registers {
    std::uint16_t enabled = 0;
    std::uint16_t listed = 0;        ///< entries of `list` in use
    std::array<NoiseLine, 2> noise;  ///< the lower of the two counts
    UQ<0, 16> texture;
    UQ<0, 16> light;
    std::array<std::uint32_t, 1024> list{};  ///< canonical row << 16 | column, rising
  };

  static constexpr PassShape shape = neighbourhood(Out::layout, 1, 1);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<DefectPixels>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
