#include "firmware/looks/look_strength.h"

#include <tuple>
#include <type_traits>

namespace sunny16::firmware {
namespace {

template <class Member>
struct MemberOf;
template <class Tuning, class Value>
struct MemberOf<Value Tuning::*> {
  using Owner = Tuning;
};
template <auto Member>
using OwnerOf = typename MemberOf<decltype(Member)>::Owner;

double mixed(double from, double to, double strength) { return from + strength * (to - from); }

template <std::size_t n>
std::array<double, n> mixed(const std::array<double, n>& from, const std::array<double, n>& to, double strength) {
  std::array<double, n> result;
  for (std::size_t i = 0; i < n; ++i) result[i] = mixed(from[i], to[i], strength);
  return result;
}

/// A number of a stage, and what it is where the stage does nothing.
template <auto Member>
struct Amount {
  std::remove_cvref_t<decltype(OwnerOf<Member>{}.*Member)> nothing = OwnerOf<Member>{}.*Member;

  void mix(isp::Tunings& look, const isp::Tunings& before, double strength) const {
    auto& to = std::get<OwnerOf<Member>>(look);
    const auto& from = std::get<OwnerOf<Member>>(before);
    to.*Member = mixed(from.enabled ? from.*Member : nothing, to.enabled ? to.*Member : nothing, strength);
  }
};

/// Points of a curve, mixed with the straight line.
template <auto X, auto Y>
struct Points {
  void mix(isp::Tunings& look, const isp::Tunings&, double strength) const {
    auto& curves = std::get<OwnerOf<Y>>(look);
    for (std::size_t i = 0; i < (curves.*Y).size() && i < (curves.*X).size(); ++i)
      (curves.*Y)[i] = mixed((curves.*X)[i], (curves.*Y)[i], strength);
  }
};

using isp::BloomTuning, isp::BwMixerTuning, isp::GrainTuning, isp::HueSectorsTuning, isp::LocalToneTuning,
    isp::LookCurvesTuning, isp::SharpenTuning, isp::SplitToningTuning, isp::VignetteTuning;

const std::tuple kMixed{Amount<&LocalToneTuning::strength>{},
                        Amount<&LocalToneTuning::detail>{},
                        Amount<&BloomTuning::strength>{},
                        Amount<&VignetteTuning::strength>{},
                        Amount<&LookCurvesTuning::midtones>{},
                        Amount<&LookCurvesTuning::shadows>{},
                        Amount<&LookCurvesTuning::highlights>{},
                        Amount<&LookCurvesTuning::contrast>{},
                        Amount<&LookCurvesTuning::black>{},
                        Points<&LookCurvesTuning::x, &LookCurvesTuning::y>{},
                        Points<&LookCurvesTuning::red_x, &LookCurvesTuning::red_y>{},
                        Points<&LookCurvesTuning::green_x, &LookCurvesTuning::green_y>{},
                        Points<&LookCurvesTuning::blue_x, &LookCurvesTuning::blue_y>{},
                        Amount<&HueSectorsTuning::saturation>{},
                        Amount<&HueSectorsTuning::vibrance>{},
                        Amount<&HueSectorsTuning::sector_hue>{},
                        Amount<&HueSectorsTuning::sector_saturation>{},
                        Amount<&HueSectorsTuning::sector_lightness>{},
                        Amount<&BwMixerTuning::strength>{.nothing = 0},
                        Amount<&SplitToningTuning::shadow_saturation>{},
                        Amount<&SplitToningTuning::highlight_saturation>{},
                        Amount<&GrainTuning::strength>{},
                        Amount<&SharpenTuning::strength>{.nothing = 0}};

}  // namespace

void weaken_look(isp::Tunings& look, const isp::Tunings& before, double strength) {
  std::apply([&](const auto&... amount) { (amount.mix(look, before, strength), ...); }, kMixed);
  isp::tuning_of<isp::Lut3d>(look).strength *= strength;  // there was no table before
  [&]<class... Stage>(std::type_identity<std::tuple<Stage...>>) {
    ((isp::tuning_of<Stage>(look).enabled |= std::get<typename Stage::Tuning>(before).enabled), ...);
  }(std::type_identity<isp::LookStages>());
}

}  // namespace sunny16::firmware
