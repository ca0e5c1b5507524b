#include "sim/light/colour_temperature.h"

#include "isp/core/exact_math.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

/// The daylight components S0, S1, S2 every 10 nm (CIE 15:2018); between them they are linear.
constexpr int kComponentStep = 10;  // nm
constexpr std::array<std::array<double, 3>, 41> kComponents{{
    {63.4, 38.5, 3.0},   {65.8, 35.0, 1.2},   {94.8, 43.4, -1.1},  {104.8, 46.3, -0.5}, {105.9, 43.9, -0.7},
    {96.8, 37.1, -1.2},  {113.9, 36.7, -2.6}, {125.6, 35.9, -2.9}, {125.5, 32.6, -2.8}, {121.3, 27.9, -2.6},
    {121.3, 24.3, -2.6}, {113.5, 20.1, -1.8}, {113.1, 16.2, -1.5}, {110.8, 13.2, -1.3}, {106.5, 8.6, -1.2},
    {108.8, 6.1, -1.0},  {105.3, 4.2, -0.5},  {104.4, 1.9, -0.3},  {100.0, 0.0, 0.0},   {96.0, -1.6, 0.2},
    {95.1, -3.5, 0.5},   {89.1, -3.5, 2.1},   {90.5, -5.8, 3.2},   {90.3, -7.2, 4.1},   {88.4, -8.6, 4.7},
    {84.0, -9.5, 5.1},   {85.1, -10.9, 6.7},  {81.9, -10.7, 7.3},  {82.6, -12.0, 8.6},  {84.9, -14.0, 9.8},
    {81.3, -13.6, 10.2}, {71.9, -12.0, 8.3},  {74.3, -13.3, 9.6},  {76.4, -12.9, 8.5},  {63.3, -10.6, 7.0},
    {71.7, -11.6, 7.6},  {77.0, -12.2, 8.0},  {65.2, -10.2, 6.7},  {47.7, -7.8, 5.2},   {68.6, -11.2, 7.4},
    {65.0, -10.4, 6.8},
}};

/// CIE 1960 u, v.
struct Ucs {
  double u, v;
};

Ucs ucs(const Tristimulus& c) {
  const double sum = c.X + 15 * c.Y + 3 * c.Z;
  return {4 * c.X / sum, 6 * c.Y / sum};
}

double squared_distance(const Ucs& a, const Ucs& b) { return (a.u - b.u) * (a.u - b.u) + (a.v - b.v) * (a.v - b.v); }

double rounded(double v) { return exact::floor(v * 1000 + 0.5) / 1000; }

}  // namespace

Spectrum black_body(double kelvin, double second_radiation_constant_m_k) {
  const double constant = second_radiation_constant_m_k * 1e9 / kelvin;  // nm
  return scaled_to_lux(Spectrum::of([constant](double nm) {
                         const double ratio = 560 / nm;
                         return ratio * ratio * ratio * ratio * ratio / (exact::exp(constant / nm) - 1);
                       }),
                       1);
}

Spectrum daylight(double kelvin) {
  const double t = 1000 / kelvin;
  const double x = kelvin <= 7000 ? ((-4.6070 * t + 2.9678) * t + 0.09911) * t + 0.244063
                                  : ((-2.0064 * t + 1.9018) * t + 0.24748) * t + 0.237040;
  const double y = (-3 * x + 2.870) * x - 0.275;
  const double scale = 0.0241 + 0.2562 * x - 0.7341 * y;
  // CIE 15 rounds both weights to three decimals, without which its tables are not met.
  const double m1 = rounded((-1.3515 - 1.7703 * x + 5.9114 * y) / scale);
  const double m2 = rounded((0.0300 - 31.4424 * x + 30.0717 * y) / scale);
  return scaled_to_lux(Spectrum::of([&](double nm) {
                         const double place = (nm - Spectrum::kFrom) / kComponentStep;
                         const double part = place - exact::floor(place);
                         const auto i = static_cast<std::size_t>(place);
                         const auto power = [&](std::size_t row) {
                           const auto& s = kComponents[row];
                           return s[0] + m1 * s[1] + m2 * s[2];
                         };
                         return part > 0 ? power(i) * (1 - part) + power(i + 1) * part : power(i);
                       }),
                       1);
}

CorrelatedTemperature correlated_temperature(const Tristimulus& light) {
  // Golden-section search along the reciprocal temperature, in which the locus is almost evenly spaced.
  const Ucs seen = ucs(light);
  const auto locus = [](double reciprocal) { return ucs(xyz(black_body(1 / reciprocal))); };
  const auto distance = [&](double reciprocal) { return squared_distance(seen, locus(reciprocal)); };
  constexpr double kGolden = 0.6180339887498949;
  double from = 1e-5, to = 1e-3;  // 1/K
  double low = to - kGolden * (to - from), high = from + kGolden * (to - from);
  double at_low = distance(low), at_high = distance(high);
  for (int i = 0; i < 50; ++i)
    if (at_low < at_high) {
      to = high, high = low, at_high = at_low;
      low = to - kGolden * (to - from), at_low = distance(low);
    } else {
      from = low, low = high, at_low = at_high;
      high = from + kGolden * (to - from), at_high = distance(high);
    }
  const double nearest = 0.5 * (from + to);
  const double duv = exact::sqrt(distance(nearest));
  return {1 / nearest, seen.v < locus(nearest).v ? -duv : duv};
}

}  // namespace sunny16::sim
