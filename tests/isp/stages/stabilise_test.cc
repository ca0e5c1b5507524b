#include "isp/stages/stabilise.h"

#include <doctest/doctest.h>

#include <cmath>

#include "isp/stages/destabilise.h"
#include "isp/stages/root_code.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp::test {
namespace {

constexpr int kSide = 256;  // a frame of 2^16 samples

/// `electrons` at white, `read` electrons of read noise.
Conditions conditions_of(double electrons, double read, RawCode code = RawCode::root) {
  Conditions conditions;
  conditions.noise = {.shot = 1 / electrons, .read = read * read / (electrons * electrons)};
  conditions.wb_gains = {2, 1, 1.6};
  conditions.code = code;
  return conditions;
}

Samples<domain::CodeRaw> stabilised(const Samples<domain::LinearRaw>& in, const Conditions& conditions) {
  return run_stage<Stabilise>(Stabilise::derive({}, conditions), in);
}

Samples<domain::LinearRaw> all_samples() {
  Samples<domain::LinearRaw> in(kSide, kSide);
  for (std::size_t v = 0; v < in.values.size(); ++v) in.values[v] = static_cast<std::uint16_t>(v);
  return in;
}

/// The codes' linear values, in DN above black.
std::vector<double> inverse(const Samples<domain::CodeRaw>& codes, const Conditions& conditions, double unbias) {
  Samples<domain::CodeRgb> rgb(kSide, kSide);
  std::copy(codes.values.begin(), codes.values.end(), rgb.values.begin() + kSide * kSide);  // the green plane
  const auto linear = run_stage<Destabilise>(Destabilise::derive({.unbias = unbias}, conditions), rgb);
  std::vector<double> result;
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) result.push_back(linear.at(1, x, y) * (15360.0 / 8192));
  return result;
}

/// Samples around `mean` DN above black with the noise of `conditions`, in every plane that of green.
Samples<domain::LinearRaw> noisy(double mean, const Conditions& conditions) {
  const double deviation = 15360 * std::sqrt(conditions.noise.shot * mean / 15360 + conditions.noise.read);
  return Samples<domain::LinearRaw>(kSide, kSide).fill([&](int plane, int x, int y) {
    double sum = -6;
    for (std::uint32_t i = 0; i < 12; ++i)
      sum += scramble(i + 1, static_cast<std::uint32_t>((plane * kSide + y) * kSide + x)) / 4294967296.0;
    return std::lround(4096 + mean + deviation * sum);
  });
}

double mean_of(const auto& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

double deviation_of(const auto& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double v : values) sum += (v - mean) * (v - mean);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

TEST_CASE("the root code is monotone, ends at 16383 and follows its formula") {
  for (const auto& [electrons, read] : {std::pair{500.0, 1.5}, {8000.0, 3.0}, {1e9, 0.0}, {20.0, 10.0}}) {
    CAPTURE(electrons);
    const Conditions conditions = conditions_of(electrons, read);
    const RootCode code = RootCode::of(conditions);
    const auto codes = stabilised(all_samples(), conditions).values;
    CHECK(std::is_sorted(codes.begin(), codes.end()));
    CHECK(codes.back() == domain::CodeRaw::max);
    double worst = 0;
    for (int v = 0; v < 65536; ++v)
      worst = std::max(worst, std::abs(codes[static_cast<std::size_t>(v)] -
                                       code.scale * std::sqrt(std::max(0, v - 4096 + code.offset))));
    CHECK(worst < 1.5);
  }
}

TEST_CASE("destabilise undoes both codes") {
  const auto in = all_samples();
  for (const RawCode code : {RawCode::root, RawCode::linear}) {
    const Conditions conditions = conditions_of(8000, 3, code);
    const int first = code == RawCode::root ? 4096 - RootCode::of(conditions).offset : 0;
    const auto linear = inverse(stabilised(in, conditions), conditions, 0);
    double worst = 0;  // in steps of the coarser code: 4 DN, and rising with the root
    for (int v = first; v < 65536; ++v) {
      const double step = 4 + std::abs(v - 4096) / 4096.0;
      worst = std::max(worst, std::abs(linear[static_cast<std::size_t>(v)] - (v - 4096)) / step);
    }
    CHECK(worst < 1.25);
    CHECK(linear.front() < 0);
  }
}

TEST_CASE("noise has the same deviation at every level, as code_deviation predicts") {
  for (const auto& [electrons, read] : {std::pair{2000.0, 2.0}, {8000.0, 3.0}}) {
    const Conditions conditions = conditions_of(electrons, read);
    for (const double mean : {600.0, 3000.0, 15000.0}) {
      CAPTURE(mean);
      const double deviation = deviation_of(stabilised(noisy(mean, conditions), conditions).values);
      CHECK(deviation == doctest::Approx(code_deviation(conditions)).epsilon(0.05));
    }
  }
}

TEST_CASE("noise around black keeps its mean") {
  const Conditions conditions = conditions_of(500, 1.5);
  const auto linear = inverse(stabilised(noisy(0, conditions), conditions), conditions, 0);
  CHECK(std::abs(mean_of(linear)) < 1);  // DN; the noise has a deviation of 46
  CHECK(deviation_of(linear) == doctest::Approx(15360 * 1.5 / 500).epsilon(0.05));
}

TEST_CASE("the mean of codes, destabilised, is the mean of samples") {
  const Conditions conditions = conditions_of(500, 1.5);
  auto codes = stabilised(noisy(3000, conditions), conditions);
  codes.fill([average = std::lround(mean_of(codes.values))](int, int, int) { return average; });
  CHECK(mean_of(inverse(codes, conditions, 0)) < 2996);  // an electron is 31 DN
  CHECK(mean_of(inverse(codes, conditions, 0.25)) == doctest::Approx(3000).epsilon(0.001));
}

TEST_CASE("destabilised values beyond four times white saturate") {
  Samples<domain::CodeRgb> in(2, 2);
  in.fill([](int, int, int) { return domain::CodeRgb::max; });
  for (const RawCode code : {RawCode::root, RawCode::linear})
    for (const std::int16_t v :
         run_stage<Destabilise>(Destabilise::derive({}, conditions_of(500, 1.5, code)), in).values)
      CHECK(v >= 32760);
}

}  // namespace
}  // namespace sunny16::isp::test
