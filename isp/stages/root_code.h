// The noise-stabilising code of the raw and RGB code domains, and the noise in it.
//
//   code = scale * sqrt(L + offset),   L = linear raw - black, in the domain's DN
//
// the generalised Anscombe transform (Makitalo and Foi, IEEE TIP 2013) of the channel with the smallest gain. One code
// serves all channels, so that greys stay equal across them; a channel with a larger gain g has sqrt(g) times the base
// deviation. The offset also leaves room below black: clipping noise there would tint shadows.
#pragma once

#include "isp/core/conditions.h"
#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/core/layout.h"

namespace sunny16::isp {

struct RootCode {
  int offset = 0;       ///< DN below black where the code is 0
  double scale = 0;     ///< code at L + offset = 1
  double electron = 0;  ///< DN of one electron in the channel with the smallest gain

  int top() const { return 65535 - domain::LinearRaw::black + offset; }  ///< L + offset of the largest sample

  static RootCode of(const Conditions& conditions) {
    constexpr double kRange = domain::LinearRaw::range, kRoomBelowBlack = 2.5;  // deviations of the noisiest channel
    const auto& gains = conditions.wb_gains;
    const double gain = conditions.digital_gain, read = kRange * gain * exact::sqrt(conditions.noise.read);
    RootCode code;
    code.electron = kRange * gain * conditions.noise.shot;
    const double anscombe = (code.electron > 0 ? read * read / code.electron : 0) + 0.375 * code.electron;
    const double room = kRoomBelowBlack * read * exact::max(gains[0], exact::max(gains[1], gains[2]));
    code.offset =
        static_cast<int>(round_half_up(exact::clamp(exact::max(anscombe, room), 2, domain::LinearRaw::black)));
    code.scale = domain::CodeRaw::max / exact::sqrt(code.top());
    return code;
  }
};

/// Deviation of the noise in code units in the channel with the smallest gain. The linear code has no one figure: its
/// noise at 18 % grey stands for it.
inline double code_deviation(const Conditions& conditions) {
  if (conditions.code == RawCode::root) {
    const RootCode code = RootCode::of(conditions);
    return code.scale * exact::sqrt(code.electron) / 2;
  }
  constexpr double kGrey = 0.18, kCodePerRange = domain::LinearRaw::range / 4.0;
  const double gain = conditions.digital_gain;
  return kCodePerRange * gain * exact::sqrt(conditions.noise.shot * kGrey / gain + conditions.noise.read);
}

/// Code of black.
inline double black_code(const Conditions& conditions) {
  if (conditions.code != RawCode::root) return domain::LinearRaw::black / 4.0;
  const RootCode code = RootCode::of(conditions);
  return code.scale * exact::sqrt(code.offset);
}

}  // namespace sunny16::isp
