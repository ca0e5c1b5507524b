// For each stage in the line's list: the reference row and the fast row of every SIMD target compiled here give the same samples, for
// inputs chosen to break kernels, in odd shapes, down to a single quad.
#include <doctest/doctest.h>
#include <hwy/targets.h>

#include "isp/pipeline/phone_pipeline.h"
#include "sim/reference/arbitrary.h"
#include "tests/isp/stage_harness.h"
#include "tests/isp/thumbnails.h"

namespace sunny16::isp::test {
namespace {

/// Conditions in which every stage has something to do.
Conditions busy_conditions(RawCode code) {
  auto mesh = std::make_shared<GainMesh>();
  mesh->columns = 5, mesh->rows = 4;
  for (std::size_t plane = 0; plane < 4; ++plane)
    for (int node = 0; node < 20; ++node) mesh->gains[plane].push_back(1 + 0.1 * (node % 7) + 0.05 * static_cast<double>(plane));
  Conditions conditions;
  conditions.frame = FrameGeometry::canonical(130, 34, CfaPhase::rggb);
  conditions.black = {64, 65, 63.5, 64};
  conditions.white = 1023;
  conditions.noise = {.shot = 2e-3, .read = 4e-6};
  conditions.code = code;
  conditions.analogue_gain = 4;
  conditions.wb_gains = {2.1, 1, 1.7};
  conditions.digital_gain = 1.3;
  conditions.camera_to_srgb = {1.8, -0.6, -0.2, -0.3, 1.6, -0.3, 0, -0.7, 1.7};
  conditions.shading = mesh;
  conditions.cube = quantised(sim::Draw(8, 0).cube(9));
  conditions.skin_protection = 0.8;
  conditions.thumbnail = painted([](double x, double y) { return (x > 0.4 ? 0.7 : 0.004) * (0.5 + 0.5 * y); });
  return conditions;
}

template <class Domain>
constexpr std::pair<int, int> range_of() {
  using Sample = typename Domain::Sample;
  if constexpr (std::is_same_v<Domain, domain::CodeRaw> || std::is_same_v<Domain, domain::CodeRgb> || std::is_same_v<Domain, domain::DisplayRgb>)
    return {0, Domain::max};
  else
    return {std::numeric_limits<Sample>::min(), std::numeric_limits<Sample>::max()};
}

template <class S>
void check_registers(typename S::Registers registers) {
  // What shares a table has none while it is off.
  if constexpr (!PlainRegisters<typename S::Registers>)
    if (!registers.enabled) return;
  registers.enabled = 1;
  CAPTURE(S::name);
  const auto [minimum, maximum] = range_of<typename S::In>();
  for (const auto& [width, height] : {std::pair{2, 2}, {4, 2}, {2, 8}, {62, 6}, {130, 34}})
    for (const auto& [pattern, in] : trying_inputs<typename S::In>(width, height, minimum, maximum)) {
      CAPTURE(pattern);
      CAPTURE(width);
      const auto expected = run_stage<S>(registers, in, Kernels::reference);
      for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
        CAPTURE(hwy::TargetName(target));
        hwy::SetSupportedTargetsForTest(target);
        const bool same = run_stage<S>(registers, in, Kernels::fast) == expected;
        hwy::SetSupportedTargetsForTest(0);
        CHECK(same);
      }
    }
}

/// With its default tuning, and with others that are drawn by lot.
template <class S>
void check_stage(const Conditions& conditions) {
  check_registers<S>(S::derive({}, conditions));
  for (int index = 0; index < 2; ++index) {
    typename S::Tuning tuning;
    sim::Draw(7, index).vary(tuning);
    CAPTURE(index);
    check_registers<S>(S::derive(tuning, conditions));
  }
}

TEST_CASE("every stage's fast rows equal its reference rows on every SIMD target") {
  std::string targets;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) targets += std::string(" ") + hwy::TargetName(target);
  MESSAGE("targets:" << targets);
  for (const RawCode code : {RawCode::root, RawCode::linear})
    [&]<class Root, class... S>(std::type_identity<std::tuple<Root, S...>>) {
      (check_stage<S>(busy_conditions(code)), ...);
      check_stage<Ycbcr>(busy_conditions(code));
    }(std::type_identity<PhoneStages>{});
}

}  // namespace
}  // namespace sunny16::isp::test
