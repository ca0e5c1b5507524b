#include "sim/scene/skin.h"

#include <doctest/doctest.h>

#include "sim/light/illuminant.h"
#include "sim/light/lab.h"

namespace sunny16::sim {
namespace {

double at(const Spectrum& s, int wavelength_nm) {
  return s[static_cast<std::size_t>((wavelength_nm - Spectrum::kFrom) / Spectrum::kStep)];
}

TEST_CASE("Fair skin shows the two bands of oxygenated haemoglobin; dark skin hides them and is darker everywhere") {
  const Spectrum fair = skin_reflectance(0.028, 0.035), dark = skin_reflectance(0.25, 0.035);
  CHECK(at(fair, 545) < at(fair, 560));
  CHECK(at(fair, 575) < at(fair, 560));
  CHECK(at(fair, 650) > 1.5 * at(fair, 575));
  for (std::size_t i = 0; i < Spectrum::kCount; ++i) {
    CHECK(dark[i] < fair[i]);
    CHECK(dark[i] > 0.028);
    CHECK(fair[i] < 1);
  }
  CHECK(at(dark, 560) - at(dark, 575) < at(fair, 560) - at(fair, 575));
}

TEST_CASE("Colours lie where skin's do: dermatologists find L* 25 .. 75, a* 5 .. 20, b* 8 .. 26") {
  const Spectrum light = parse_illuminant("D65").spectrum;
  double lighter = 100;
  for (const double melanin : {0.02, 0.05, 0.1, 0.2, 0.3}) {
    const Lab lab = lab_of_xyz(xyz(light * skin_reflectance(melanin, 0.035)), xyz(light));
    CAPTURE(melanin);
    CHECK(lab.l > 25);
    CHECK(lab.l < 75);
    CHECK(lab.a > 5);
    CHECK(lab.a < 20);
    CHECK(lab.b > 8);
    CHECK(lab.b < 26);
    CHECK(lab.l < lighter);
    lighter = lab.l;
  }
}

}  // namespace
}  // namespace sunny16::sim
