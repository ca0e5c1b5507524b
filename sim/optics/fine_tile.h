// The scene over a part of the sensor, finer than its sites: what point spreads are applied to.
#pragma once

#include <span>
#include <vector>

#include "sim/optics/image_formation.h"

namespace sunny16::sim {

/// What is drawn, on what, and when.
struct Exposed {
  const Scene& scene;
  std::span<const Lamp> lamps;
  const Palette& palette;
  const Lens& lens;
  const SampleGrid& grid;
  const RowTiming& timing;
};

/// How far beyond what it was asked for gather() (gather.h) may reach: two vectors of the longest kind.
inline constexpr int kGatherSlack = 64;

/// Cells are `per_site` x `per_site` to a site; each holds the mean signal over its area. A site over which the scene
/// changes evenly is drawn by interpolation between its corners, others by one or by many points to a cell.
class FineTile {
 public:
  /// The sites of `area`, which may lie outside the picture. Columns of cells are stored by their remainder modulo
  /// `phases`, so that those under samples of one colour are neighbours.
  FineTile(const Exposed& exposed, isp::Rect area, int per_site, int phases);

  /// Cell column `x` of the tile: the first of those that lie `phases` apart. kGatherSlack cells behind the last one
  /// may be read.
  const float* cells(int channel, int x, int y) const {
    return &values_[static_cast<std::size_t>(channel)][index(x, y)];
  }
  float cell(int channel, int x, int y) const { return *cells(channel, x, y); }

 private:
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>((y * phases_ + x % phases_) * length_ + x / phases_);
  }
  void draw(const Exposed& exposed, isp::Rect area);

  int per_site_, phases_, length_;
  std::array<std::vector<float>, 3> values_;
};

}  // namespace sunny16::sim
