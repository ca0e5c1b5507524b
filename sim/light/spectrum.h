// Functions of wavelength: the power of a light, the reflectance of a surface, the sensitivity of an eye or a sensor.
#pragma once

#include <array>
#include <cstddef>

namespace sunny16::sim {

/// Values from 380 to 780 nm every 5 nm, the grid on which CIE 15 tabulates illuminants and observers.
struct Spectrum {
  static constexpr int kFrom = 380, kStep = 5, kCount = 81;  ///< nm, nm

  std::array<double, kCount> values{};

  static constexpr double wavelength(std::size_t i) { return kFrom + kStep * static_cast<double>(i); }
  /// The spectrum whose value at a wavelength (nm) is f(wavelength).
  template <class F>
  static constexpr Spectrum of(F&& f) {
    Spectrum s;
    for (std::size_t i = 0; i < kCount; ++i) s.values[i] = f(wavelength(i));
    return s;
  }
  static constexpr Spectrum constant(double v) {
    return of([v](double) { return v; });
  }

  constexpr double& operator[](std::size_t i) { return values[i]; }
  constexpr double operator[](std::size_t i) const { return values[i]; }

  friend constexpr Spectrum operator*(Spectrum a, const Spectrum& b) {
    for (std::size_t i = 0; i < kCount; ++i) a[i] *= b[i];
    return a;
  }
  friend constexpr Spectrum operator+(Spectrum a, const Spectrum& b) {
    for (std::size_t i = 0; i < kCount; ++i) a[i] += b[i];
    return a;
  }
  friend constexpr Spectrum operator*(Spectrum a, double s) {
    for (double& v : a.values) v *= s;
    return a;
  }
  friend constexpr bool operator==(const Spectrum&, const Spectrum&) = default;
};

/// The integral over wavelength, in units of the values times nm, as CIE 15 sums it.
constexpr double integral(const Spectrum& s) {
  double sum = 0;
  for (const double v : s.values) sum += v;
  return sum * Spectrum::kStep;
}

}  // namespace sunny16::sim
