// A user's own style: three sliders on top of a look, saved as a look like any other.
#pragma once

#include "firmware/looks/look.h"
#include "isp/core/describe.h"

namespace sunny16::firmware {

struct UserStyle {
  double tone = 0, vitality = 0, texture = 0;
};

/// The look with the sliders' changes added to its own; the record is left to its pack. `base` null: none.
Look styled(const Look* base, const UserStyle& style);

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::UserStyle> {
  using U = firmware::UserStyle;
  static constexpr auto fields = std::tuple{
      field<&U::tone>("tone", -1, 1, "ratio", "Contrast: above 0 deeper shadows and clearer lights, below 0 softer."),
      field<&U::vitality>("vitality", -1, 1, "ratio", "Liveliness of colours, of dull ones most; skin is spared."),
      field<&U::texture>("texture", -1, 1, "ratio",
                         "Sharpness of fine detail and contrast of broad: above 0 crisper, below 0 gentler, and "
                         "lights glow.")};
};
