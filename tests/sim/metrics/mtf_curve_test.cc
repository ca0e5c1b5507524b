#include "sim/metrics/mtf_curve.h"

#include <doctest/doctest.h>

namespace sunny16::sim {
namespace {

const std::vector<double> kFrequency{0, 0.1, 0.2, 0.4}, kResponse{1, 0.8, 0.4, 0.6};

TEST_CASE("The first crossing counts, on straight lines") {
  CHECK(frequency_at(0.5, kFrequency, kResponse) == doctest::Approx(0.175));
  CHECK(frequency_at(0.3, kFrequency, kResponse) == 0.4);
  CHECK(frequency_at(1, kFrequency, kResponse) == 0);
}

TEST_CASE("A response between and beyond its frequencies") {
  CHECK(response_at(0.05, kFrequency, kResponse) == doctest::Approx(0.9));
  CHECK(response_at(0.1, kFrequency, kResponse) == doctest::Approx(0.8));
  CHECK(response_at(0.3, kFrequency, kResponse) == doctest::Approx(0.5));
  CHECK(response_at(-1, kFrequency, kResponse) == 1);
  CHECK(response_at(1, kFrequency, kResponse) == 0.6);
}

TEST_CASE("Listed frequencies are hundredths up to one cycle per pixel") {
  CHECK(listed_frequencies_cy_px().size() == 101);
  CHECK(listed_frequencies_cy_px()[37] == 0.37);
  CHECK(listed_frequencies_cy_px().back() == 1);
}

}  // namespace
}  // namespace sunny16::sim
