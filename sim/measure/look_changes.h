// What a look does to colours: a simulated ColorChecker, developed by the line's usual tuning with the look and
// without. Vignette and grain are left out, which depend on the place and not on the colour.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "firmware/looks/look.h"
#include "hal/api/raw_frame.h"
#include "sim/camera/shot.h"
#include "sim/light/lab.h"

namespace sunny16::sim {

/// Of a patch, in CIELAB under D50.
struct PatchChange {
  Lab before, after;

  double lightness() const { return after.l - before.l; }
  double chroma() const;
  /// Degrees, -180..180; of little meaning where one of the colours is nearly grey.
  double hue_deg() const;
};

struct LookChanges {
  std::array<PatchChange, 24> patches;  ///< in the chart's order

  /// The slope that the look gives to the grey scale between neutral 6.5 and neutral 3.5.
  double contrast() const;
  /// The largest change of a grey patch in a* and b*.
  double neutral_shift() const;
};

/// A shot of the chart, taken once for many looks.
class ChartShot {
 public:
  ChartShot();
  LookChanges changes(const firmware::Look& look, firmware::LookUse use = {}) const;

 private:
  std::array<Lab, 24> patches(std::shared_ptr<const firmware::Look> look, firmware::LookUse use) const;

  hal::RawFrame frame_;
  ShotTruth truth_;
};

/// The changes of some looks as a document: all in a table, those named `detailed` patch by patch.
std::string look_changes_markdown(const firmware::LookList& looks, std::span<const std::string_view> detailed);

}  // namespace sunny16::sim
