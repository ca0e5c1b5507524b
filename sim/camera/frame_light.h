// The light on the sensor in frame after frame, drawn as seldom as can be.
#pragma once

#include <list>

#include "sim/camera/bench.h"

namespace sunny16::sim {

/// A scene that stands still is drawn once for each place of the lens and each of its lamps; in a frame, every row adds
/// the lamps up at the levels that they have while it is exposed. The veil of stray light then follows the row's own
/// levels, not those of the whole frame: it arrives while the row is exposed. Scenes that move are drawn for each
/// frame.
class FrameLight {
 public:
  /// Focus positions whose drawings are kept: a contrast scan goes back and forth between few.
  static constexpr std::size_t kKeptPositions = 8;

  FrameLight(BenchSetup setup, int threads) : setup_(std::move(setup)), threads_(threads) {}

  /// The bench with its lens at a position; stays until the next call of electrons().
  const Bench& bench(double lens_position) { return focused(lens_position).bench; }
  /// Electrons a second at each sample, over a frame's exposure; until the next call.
  const isp::Image<float>& electrons(double lens_position, const RowTiming& timing);

 private:
  struct Drawn {
    std::size_t lamp;
    isp::Image<float> electrons_s;
  };
  struct Focused {
    double lens_position;
    Bench bench;
    isp::Image<float> steady{};  ///< lamps that never change
    std::vector<Drawn> changing{};
  };
  Focused& focused(double lens_position);
  void draw(Focused& at) const;

  BenchSetup setup_;
  int threads_;
  std::list<Focused> focused_;  ///< the last used first
  isp::Image<float> sum_;
};

}  // namespace sunny16::sim
