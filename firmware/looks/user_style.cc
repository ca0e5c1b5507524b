#include "firmware/looks/user_style.h"

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// What a slider does at its end.
constexpr double kContrastStops = 0.4;  // 1.32 times the slope at mid-grey, or 0.76 times
constexpr double kShadows = -0.15, kHighlights = 0.1;
constexpr double kVibrance = 0.5, kSaturation = 0.15;
constexpr double kSharpnessStops = 1;  // twice the strength, or half of it
constexpr double kDetailStops = 0.35;  // of contrast within regions
constexpr double kGlow = 0.15;         // of lights, where texture is taken away

/// The look's own tuning of a stage, or the stage's usual one, on.
template <class Tuning>
Adaptive<Tuning>& stage_of(Look& look) {
  auto& tuning = std::get<std::optional<Adaptive<Tuning>>>(look.stages);
  if (!tuning) tuning = named_stage<Tuning>();
  return *tuning;
}

/// Changes a number of a stage, at each of its nodes where it is a curve, within what its table allows.
template <auto Member, class Tuning, class Change>
void change(Adaptive<Tuning>& tuning, Change&& changed) {
  std::apply(
      [&](const auto&... row) {
        const auto one = [&](const auto& field) {
          if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, isp::Field<Member>>) {
            const auto within = [&](double v) { return exact::clamp(changed(v), field.minimum, field.maximum); };
            tuning.base.*Member = within(tuning.base.*Member);
            for (Curve& curve : tuning.curves)
              if (curve.field == field.name)
                for (auto& node : curve.value) node[0] = within(node[0]);
          }
        };
        (one(row), ...);
      },
      isp::Describe<Tuning>::fields);
}

auto plus(double amount) {
  return [amount](double v) { return v + amount; };
}
auto times(double factor) {
  return [factor](double v) { return v * factor; };
}

}  // namespace

Look styled(const Look* base, const UserStyle& style) {
  using isp::BloomTuning, isp::HueSectorsTuning, isp::LocalToneTuning, isp::LookCurvesTuning;
  Look look = base ? *base : Look{};
  if (style.tone != 0) {
    auto& curves = stage_of<LookCurvesTuning>(look);
    change<&LookCurvesTuning::contrast>(curves, times(exact::exp2(kContrastStops * style.tone)));
    change<&LookCurvesTuning::shadows>(curves, plus(kShadows * style.tone));
    change<&LookCurvesTuning::highlights>(curves, plus(kHighlights * style.tone));
  }
  if (style.vitality != 0) {
    auto& colours = stage_of<HueSectorsTuning>(look);
    change<&HueSectorsTuning::vibrance>(colours, plus(kVibrance * style.vitality));
    change<&HueSectorsTuning::saturation>(colours, plus(kSaturation * style.vitality));
  }
  if (style.texture != 0) {
    look.sharpness = exact::clamp(look.sharpness * exact::exp2(kSharpnessStops * style.texture), 0, 4);
    change<&LocalToneTuning::detail>(stage_of<LocalToneTuning>(look), times(exact::exp2(kDetailStops * style.texture)));
  }
  if (style.texture < 0) change<&BloomTuning::strength>(stage_of<BloomTuning>(look), plus(-kGlow * style.texture));
  return look;
}

}  // namespace sunny16::firmware
