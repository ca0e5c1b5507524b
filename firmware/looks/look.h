// A look: how pictures shall feel, whatever camera they come from. It speaks of the look stages alone, so that a
// module's own tuning (levels, noise, colours) stays the module's.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "firmware/looks/look_record.h"
#include "firmware/looks/stage_overlay.h"
#include "isp/core/colour_cube.h"

namespace sunny16::firmware {

using LookOverlay = StageOverlay<isp::LookStages>;

/// How a look is applied, beside what it says.
struct LookUse {
  double strength = 1;         ///< 0..1: from none of it to all
  double skin_protection = 0;  ///< 0..1: how far hue and chroma of skin stay those without it
};

struct Look {
  LookRecord record;
  std::string title, summary;  ///< for people
  LookOverlay stages;
  std::shared_ptr<const isp::ColourCube> cube;  ///< of the stage lut_3d; null: none
  isp::SharedTable<isp::CubeTable> table;       ///< the same, as kernels read it
  double sharpness = 1;                         ///< factor on the strength of the tuning's sharpening
  bool toned = false;                           ///< see is_toned: what it does to skin is its purpose

  /// Overlays resolved tunings, and says what was done.
  LookRecord apply(isp::Tunings& tunings, isp::Conditions& conditions, LookUse use = {}) const;
};

/// For the look's record.
std::string content_hash(const Look& look);

using LookList = std::vector<std::shared_ptr<const Look>>;

/// By its full name, or by its name alone where that is unique. Throws TuningError that lists those that there are.
std::shared_ptr<const Look> find_look(const LookList& looks, std::string_view name);

/// "signature/authentic signature/vibrant", or "none at all".
std::string names_of(const LookList& looks);

}  // namespace sunny16::firmware
