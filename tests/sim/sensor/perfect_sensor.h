// A sensor without any flaw, to which tests add one at a time.
#pragma once

#include "isp/core/plane.h"
#include "sim/metrics/moments.h"
#include "sim/sensor/expose.h"

namespace sunny16::sim {

/// 12 bits, black 256, 8000 e-; its first mode has `side` x `side` samples, `binning` x `binning` pixels each.
inline SensorModel perfect_sensor(int side, int binning = 1) {
  SensorModel sensor;
  sensor.name = "perfect";
  sensor.width = sensor.height = side * binning;
  sensor.modes = {{.width = side, .height = side, .bits = 12, .binning = binning, .frame_lines = side}};
  sensor.bits = 12, sensor.black_dn = 256, sensor.full_well_e = 8000;
  sensor.pixel_noise_e = sensor.converter_noise_e = sensor.high_conversion_noise_e = 0;
  sensor.row_noise_e = sensor.column_noise_e = sensor.dsnu_e = sensor.prnu_percent = 0;
  sensor.dark_current_e_s = sensor.hot_ppm = sensor.dead_ppm = sensor.stuck_ppm = sensor.crosstalk_percent = 0;
  return sensor;
}

/// The same light everywhere on the sensor's first mode.
inline isp::Image<float> even_light(const SensorModel& sensor, double electrons_s) {
  isp::Image<float> light(sensor.modes[0].width, sensor.modes[0].height);
  for (int y = 0; y < light.height(); ++y)
    for (int x = 0; x < light.width(); ++x) light.row(y)[x] = static_cast<float>(electrons_s);
  return light;
}

inline isp::Image<std::uint16_t> expose_evenly(const SensorModel& sensor, double electrons_s,
                                               const Exposure& exposure) {
  return expose(sensor, sensor.modes[0], even_light(sensor, electrons_s), exposure, 2);
}

/// Of every sample.
inline Moments moments_of(const isp::Image<std::uint16_t>& frame) {
  RunningMoments running;
  for (int y = 0; y < frame.height(); ++y)
    for (int x = 0; x < frame.width(); ++x) running.add(frame.row(y)[x]);
  return running.moments();
}

/// What two frames have in common: where their noises are independent, the variance of their fixed pattern.
inline double covariance(const isp::Image<std::uint16_t>& a, const isp::Image<std::uint16_t>& b) {
  const double mean_a = moments_of(a).mean, mean_b = moments_of(b).mean;
  double sum = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) sum += (a.row(y)[x] - mean_a) * (b.row(y)[x] - mean_b);
  return sum / (static_cast<double>(a.width()) * a.height());
}

}  // namespace sunny16::sim
