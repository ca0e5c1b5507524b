#include "sim/sensor/expose.h"

#include <cmath>
#include <vector>

#include "isp/core/cfa.h"
#include "sim/parallel.h"
#include "sim/sensor/random.h"
#include "sim/sensor/remosaic.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

/// What never changes in a sample: small deviations, and the few defects.
struct FixedPattern {
  double response = 1;  ///< to light
  double offset_e = 0;  ///< of a pixel, electrons
  double hot_e_s = 0;   ///< additional dark current
  bool stuck = false;
};

class FixedPatterns {
 public:
  /// Offsets are those of a sample of `pixels` pixels, which adds up the charge of some and averages the sums.
  FixedPatterns(const SensorModel& sensor, double pixels, double added, std::uint64_t serial, double warmth)
      : key_(serial),
        prnu_(0.01 * sensor.prnu_percent / std::sqrt(pixels)),
        dsnu_(sensor.dsnu_e * added / std::sqrt(pixels)),
        dead_(1 - 1 / pixels),
        hot_current_(sensor.hot_current_e_s * warmth),
        hot_below_(pixels * sensor.hot_ppm * 1e-6),
        dead_below_(hot_below_ + pixels * sensor.dead_ppm * 1e-6),
        stuck_below_(dead_below_ + pixels * sensor.stuck_ppm * 1e-6) {}

  FixedPattern at(int x, int y) const {
    const std::uint64_t bits = fixed_bits(key_, x, y);
    const auto small = [&](int shift) { return (static_cast<double>(bits >> shift & 0xFFFF) + 0.5) / 0x1p16; };
    FixedPattern pattern{.response = 1 + prnu_ * fast_normal_quantile(small(0)),
                         .offset_e = dsnu_ * fast_normal_quantile(small(16))};
    const double lot = uniform(static_cast<std::uint32_t>(bits >> 32));
    if (lot >= stuck_below_) return pattern;
    if (lot < hot_below_)
      pattern.hot_e_s = -hot_current_ * exact::log(lot / hot_below_);  // exponential: few are very hot
    else if (lot < dead_below_)
      pattern.response = dead_;
    else
      pattern.stuck = true;
    return pattern;
  }

 private:
  std::uint64_t key_;
  double prnu_, dsnu_, dead_, hot_current_, hot_below_, dead_below_, stuck_below_;
};

/// The standard normal deviate of a row of a frame, or of a column for good.
double line_noise(std::uint64_t seed, std::uint64_t frame, int line, int kind) {
  return fast_normal_quantile(pixel_uniforms(seed, frame, 2 * line, -1 - kind)[0]);
}

/// Charge that a site's four neighbours collect. Light that leaves a cell of several pixels leaves it at its rim.
isp::Image<float> with_crosstalk(const isp::Image<float>& image, double part, int threads) {
  const int width = image.width(), height = image.height();
  isp::Image<float> out(width, height);
  in_parallel(height, threads, [&](int y) {
    const float *above = image.row(isp::reflect(y - 1, height)), *row = image.row(y),
                *below = image.row(isp::reflect(y + 1, height));
    for (int x = 0; x < width; ++x) {
      const float around = row[isp::reflect(x - 1, width)] + row[isp::reflect(x + 1, width)] + above[x] + below[x];
      out.row(y)[x] = static_cast<float>(row[x] * (1 - part) + around * (part / 4));
    }
  });
  return out;
}

}  // namespace

double Conversion::read_noise_e() const { return std::sqrt(pixel_noise_e * pixel_noise_e + row_noise_e * row_noise_e); }

isp::NoiseProfile Conversion::noise() const {
  const double range = white - black, read = read_noise_e() / saturation_e;
  // A number's width has the variance 1/12: an average of several is rounded, too.
  return {.shot = 1 / (saturation_e * averaged), .read = read * read + 1 / (12 * range * range)};
}

Conversion conversion(const SensorModel& sensor, const SensorMode& mode, double analogue_gain) {
  const SampleGrid grid = sample_grid(sensor, mode);
  const bool sum = sensor.binning == Binning::sum;
  Conversion c{};
  c.black = sensor.black_dn * exact::exp2(mode.bits - sensor.bits);
  c.white = exact::exp2(mode.bits) - 1;
  c.combined_charge = sum ? grid.pixels() : 1;
  c.averaged = sum ? 1 : grid.pixels();
  c.saturation_e = sensor.full_well_e / analogue_gain;
  c.electrons_per_dn = c.saturation_e / (c.white - c.black);
  const bool high = sensor.high_conversion_ratio > 1 && analogue_gain >= sensor.high_conversion_from_gain;
  const double before = high ? sensor.high_conversion_noise_e : sensor.pixel_noise_e;
  const double after = sensor.converter_noise_e / analogue_gain;
  c.row_noise_e = sensor.row_noise_e;
  c.pixel_noise_e = std::sqrt((before * before + after * after) / c.averaged);
  return c;
}

double gain_of_code(const SensorModel& sensor, int code) {
  switch (sensor.gain_law) {
    case GainLaw::reciprocal:
      return sensor.gain_scale / (sensor.gain_scale - code);
    case GainLaw::linear:
      return code / sensor.gain_scale;
    case GainLaw::decibel:
      return exact::exp2(code * sensor.gain_scale / 20 * 3.3219280948873623);
  }
  return 1;
}

int code_of_gain(const SensorModel& sensor, double gain) {
  int best = sensor.gain_code_min;
  const auto distance = [&](int code) { return exact::abs(gain_of_code(sensor, code) / gain - 1); };
  for (int code = best; code <= sensor.gain_code_max; ++code)
    if (distance(code) < distance(best)) best = code;
  return best;
}

isp::Image<std::uint16_t> expose(const SensorModel& sensor, const SensorMode& mode,
                                 const isp::Image<float>& electrons_s, const Exposure& exposure, int threads) {
  const SampleGrid grid = sample_grid(sensor, mode);
  const Conversion c = conversion(sensor, mode, exposure.analogue_gain);
  const double warmth = exact::exp2((exposure.temperature_c - 25) / sensor.dark_doubling_c);
  const double dark = sensor.dark_current_e_s * warmth, pixels = grid.pixels();
  const FixedPatterns patterns(sensor, pixels, c.combined_charge, exposure.serial, warmth);
  const double to_dn = c.combined_charge / (pixels * c.electrons_per_dn);  // of a sample's charge
  const double to_dn_read = 1 / c.electrons_per_dn;

  const bool leaks = sensor.crosstalk_percent > 0;
  const isp::Image<float> leaked =
      leaks ? with_crosstalk(electrons_s, 0.01 * sensor.crosstalk_percent / grid.site_pixels, threads)
            : isp::Image<float>();
  const isp::Image<float>& rates = leaks ? leaked : electrons_s;

  std::vector<double> columns;
  for (int x = 0; x < grid.columns; ++x)
    columns.push_back(c.black + 0.5 + to_dn_read * sensor.column_noise_e * line_noise(exposure.serial, 0, x, 0));

  isp::Image<std::uint16_t> out(grid.columns, grid.rows);
  in_parallel(grid.rows, threads, [&](int y) {
    const float* rate = rates.row(y);
    std::uint16_t* row = out.row(y);
    const double row_dn = to_dn_read * c.row_noise_e * line_noise(exposure.seed, exposure.frame, y, 1);
    std::array<double, 4> u{};
    for (int x = 0; x < grid.columns; ++x) {
      if (x % 2 == 0) u = pixel_pair_uniforms(exposure.seed, exposure.frame, x >> 1, y);
      const FixedPattern pattern = patterns.at(x, y);
      const double mean = exposure.time_s * (pixels * (rate[x] * pattern.response + dark) + pattern.hot_e_s);
      const double charge = poisson_quantile(mean, x & 1 ? u[2] : u[0]);
      const double read = c.pixel_noise_e * fast_normal_quantile(x & 1 ? u[3] : u[1]) + pattern.offset_e;
      double dn = exact::floor(columns[static_cast<std::size_t>(x)] + row_dn + to_dn * charge + to_dn_read * read);
      if (pattern.stuck) dn += (c.white - dn) / c.averaged;
      row[x] = static_cast<std::uint16_t>(exact::clamp(dn, 0, c.white));
    }
  });
  return mode.readout == Readout::remosaic ? remosaic(out, sensor.filter, sensor.cell, threads) : std::move(out);
}

}  // namespace sunny16::sim
