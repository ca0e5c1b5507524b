#include "sim/scene/skin.h"

#include <algorithm>
#include <cmath>

#include "isp/core/exact_math.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

/// Molar extinction of haemoglobin with and without oxygen, 1/(cm mol/l), every 10 nm from 380 nm (Prahl 1999).
struct Haemoglobin {
  double with_oxygen, without;
};
constexpr std::array<Haemoglobin, 41> kHaemoglobin{{
    {109564, 140156.8}, {167748, 167780},   {266232, 223296},   {466840, 303956},   {480360, 407560}, {246072, 528600},
    {102580, 413280},   {62816, 103292},    {44480, 23388.8},   {33209.2, 16156.4}, {26629.2, 14550}, {23684.4, 16684},
    {20932.8, 20862},   {20035.2, 25773.6}, {24202.4, 31589.6}, {39956.8, 39036.4}, {53236, 46592},   {43016, 53412},
    {32613.2, 53788},   {44496, 45072},     {50104, 37020},     {14400.8, 28324.4}, {3200, 14677.2},  {1506, 9443.6},
    {942, 6509.6},      {610, 5148.8},      {442, 4345.2},      {368, 3750.12},     {319.6, 3226.56}, {294, 2795.12},
    {277.6, 2407.92},   {276, 2051.96},     {290, 1794.28},     {314, 1540.48},     {348, 1325.88},   {390, 1102.2},
    {446, 1115.88},     {518, 1405.24},     {586, 1548.52},     {650, 1311.88},     {710, 1075.44},
}};

/// Absorption of whole blood, 1/cm: 150 g/l of haemoglobin of 64500 g/mol, 70 % of it with oxygen.
double of_blood(double wavelength_nm) {
  const double place = (wavelength_nm - Spectrum::kFrom) / 10;
  const auto i = std::min(static_cast<std::size_t>(place), kHaemoglobin.size() - 2);
  const double t = place - static_cast<double>(i);
  const auto extinction = [](const Haemoglobin& h) { return 0.7 * h.with_oxygen + 0.3 * h.without; };
  return 2.302585093 * 150 / 64500 * (extinction(kHaemoglobin[i]) * (1 - t) + extinction(kHaemoglobin[i + 1]) * t);
}

}  // namespace

Spectrum skin_reflectance(double melanin, double blood) {
  return Spectrum::of([=](double wavelength_nm) {
    const double bloodless = 0.244 + 85.3 * exact::exp(-(wavelength_nm - 154) / 66.2);  // 1/cm, as all below
    const double epidermis = melanin * 6.6e11 * exact::pow(wavelength_nm, -3.33) + (1 - melanin) * bloodless;
    const double dermis = blood * of_blood(wavelength_nm) + (1 - blood) * bloodless;
    const double scattering = 46 * exact::pow(wavelength_nm / 500, -1.421);
    constexpr double kWay = 2 * 2 * 0.006;  // cm: diffuse light goes twice as far as the epidermis is thick, and back
    const double ratio = 2 * dermis / (0.75 * scattering);  // Kubelka and Munk's K / S
    const double below = 1 + ratio - std::sqrt(ratio * ratio + 2 * ratio);
    constexpr double kSurface = 0.028;  // sent back by the surface itself, refractive index 1.4
    return kSurface + (1 - kSurface) * exact::exp(-epidermis * kWay) * below;
  });
}

}  // namespace sunny16::sim
