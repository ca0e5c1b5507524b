#include "sim/sensor/sensor_model.h"

#include <algorithm>
#include <utility>

#include "firmware/tuning/described_json.h"
#include "isp/core/exact_math.h"

namespace sunny16::sim {
namespace {

using firmware::number_text;

/// Keeps the first problem that it is told.
struct Problem {
  std::string text;

  void unless(bool right, const std::string& where, const std::string& found, const std::string& allowed) {
    if (!right && text.empty()) text = "." + where + ": found " + found + ", allowed " + allowed;
  }
  void unless(bool right, const std::string& where, double found, const std::string& allowed) {
    unless(right, where, number_text(found), allowed);
  }
};

void check_levels(const SensorModel& s, Problem& problem) {
  const double most = s.full_well_e / 10;
  problem.unless(s.black_dn < s.white_dn(), "black_dn", s.black_dn, "less than white, " + number_text(s.white_dn()));
  problem.unless(s.read_noise_e(1) <= most, "pixel_noise_e", s.pixel_noise_e,
                 "a read noise within a tenth of the full well, " + number_text(most));
  problem.unless(s.high_conversion_noise_e <= most, "high_conversion_noise_e", s.high_conversion_noise_e,
                 "at most a tenth of the full well, " + number_text(most));
  problem.unless(
      s.high_conversion_from_gain >= s.high_conversion_ratio, "high_conversion_from_gain", s.high_conversion_from_gain,
      "high_conversion_ratio or more, " + number_text(s.high_conversion_ratio) + ": pixels would saturate below white");
}

void check_gain(const SensorModel& s, Problem& problem) {
  problem.unless(s.gain_code_min <= s.gain_code_max, "gain_code_min", s.gain_code_min,
                 "at most gain_code_max, " + number_text(s.gain_code_max));
  problem.unless(s.gain_law != GainLaw::reciprocal || s.gain_scale > s.gain_code_max, "gain_scale", s.gain_scale,
                 "more than gain_code_max, " + number_text(s.gain_code_max));
  problem.unless(s.gain_law != GainLaw::linear || s.gain_code_min > 0, "gain_code_min", s.gain_code_min,
                 "1 or more: code 0 is no gain at all");
}

/// Sides are whole periods of the colour filters, or a cut would begin with another colour.
void check_sides(int width, int height, int period, const std::string& where, Problem& problem) {
  const std::string allowed = "a multiple of the filter's period, " + number_text(period);
  problem.unless(width % period == 0, where + "width", width, allowed);
  problem.unless(height % period == 0, where + "height", height, allowed);
}

void check_mode(const SensorModel& s, const SensorMode& mode, const std::string& where, Problem& problem) {
  const bool bin = mode.readout == Readout::bin, colour = s.filter != ColourFilter::monochrome;
  const std::string readout(isp::EnumNames<Readout>::names[static_cast<std::size_t>(mode.readout)]);
  problem.unless(bin || s.cell > 1, where + "readout", readout, "bin where a cell is one pixel");
  problem.unless(bin || mode.binning == 1, where + "binning", mode.binning, "1 where the readout is " + readout);
  problem.unless(!bin || mode.binning % s.cell == 0, where + "binning", mode.binning,
                 "a multiple of the cell, " + number_text(s.cell));
  problem.unless(mode.width * mode.binning <= s.width, where + "width", mode.width,
                 "what binned pixels the array has, " + number_text(s.width / mode.binning));
  problem.unless(mode.height * mode.binning <= s.height, where + "height", mode.height,
                 "what binned pixels the array has, " + number_text(s.height / mode.binning));
  check_sides(mode.width, mode.height, !colour ? 1 : mode.readout == Readout::cells ? 2 * s.cell : 2, where, problem);
  problem.unless(mode.bits <= s.bits, where + "bits", mode.bits, "at most the converter's, " + number_text(s.bits));

  const std::string frame_lines = where + "frame_lines";
  const int least = s.exposure_min_lines + s.exposure_margin_lines;
  problem.unless(mode.frame_lines >= mode.height, frame_lines, mode.frame_lines,
                 "the picture's rows or more, " + number_text(mode.height));
  problem.unless(mode.frame_lines >= least, frame_lines, mode.frame_lines,
                 "room for the shortest exposure and its margin, " + number_text(least));
  problem.unless(mode.frame_lines <= s.frame_lines_max, frame_lines, mode.frame_lines,
                 "at most frame_lines_max, " + number_text(s.frame_lines_max));
}

void check_array(const SensorModel& s, Problem& problem) {
  const bool colour = s.filter != ColourFilter::monochrome;
  problem.unless(colour || s.cell == 1, "cell", s.cell, "1 where there are no colour filters");
  check_sides(s.width, s.height, colour ? 2 * s.cell : 1, "", problem);
  problem.unless(!s.modes.empty(), "modes", "none", "one or more");
  for (std::size_t i = 0; i < s.modes.size(); ++i)
    check_mode(s, s.modes[i], firmware::element_path("modes", i) + ".", problem);
}

void check_spectrum(const SensorModel& s, Problem& problem) {
  const auto& nm = s.wavelength_nm;
  const auto values = [](std::size_t count) { return std::to_string(count) + " values"; };
  problem.unless(nm.size() >= 2, "wavelength_nm", values(nm.size()), "2 or more");
  for (std::size_t i = 1; i < nm.size(); ++i)
    problem.unless(nm[i] > nm[i - 1], firmware::element_path("wavelength_nm", i), nm[i],
                   "more than the value before, " + number_text(nm[i - 1]));
  for (const auto& [name, qe] : {std::pair{"qe_red", &s.qe_red}, {"qe_green", &s.qe_green}, {"qe_blue", &s.qe_blue}}) {
    problem.unless(qe->size() == nm.size(), name, values(qe->size()), "one a wavelength, " + values(nm.size()));
    problem.unless(std::ranges::any_of(*qe, [](double v) { return v > 0; }), name, "zeros alone",
                   "a pixel that sees light");
    problem.unless(s.filter != ColourFilter::monochrome || *qe == s.qe_green, name, "a curve other than qe_green",
                   "the same in a monochrome sensor");
  }
}

}  // namespace

double SensorModel::read_noise_e(double gain) const {
  return isp::exact::sqrt(pixel_noise_e * pixel_noise_e + converter_noise_e * converter_noise_e / (gain * gain));
}

std::string SensorModel::problem() const {
  Problem problem;
  check_levels(*this, problem);
  check_gain(*this, problem);
  check_array(*this, problem);
  check_spectrum(*this, problem);
  return problem.text;
}

}  // namespace sunny16::sim
