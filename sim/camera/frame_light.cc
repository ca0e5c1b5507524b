#include "sim/camera/frame_light.h"

#include "sim/parallel.h"

namespace sunny16::sim {
namespace {

bool changes(const Lamp& lamp) { return (lamp.flicker != Flicker::none && lamp.modulation > 0) || lamp.on_from_s > 0; }

/// to = from + part * added, along a row.
void add(const float* from, const float* added, float part, float* to, int width) {
  for (int x = 0; x < width; ++x) to[x] = from[x] + part * added[x];
}

}  // namespace

FrameLight::Focused& FrameLight::focused(double lens_position) {
  for (auto at = focused_.begin(); at != focused_.end(); ++at)
    if (at->lens_position == lens_position) {
      focused_.splice(focused_.begin(), focused_, at);
      return focused_.front();
    }
  if (focused_.size() == kKeptPositions) focused_.pop_back();
  BenchSetup setup = setup_;
  setup.lens_position = lens_position;
  focused_.push_front({.lens_position = lens_position, .bench = Bench(std::move(setup))});
  return focused_.front();
}

void FrameLight::draw(Focused& at) const {
  const std::vector<Lamp>& lamps = at.bench.lamps();
  at.steady = isp::Image<float>(at.bench.grid().columns, at.bench.grid().rows);
  for (std::size_t lamp = 0; lamp < lamps.size(); ++lamp) {
    isp::Image<float> alone = at.bench.electrons_of_lamp(lamp, threads_);
    if (changes(lamps[lamp])) {
      at.changing.push_back({lamp, std::move(alone)});
      continue;
    }
    in_parallel(alone.height(), threads_,
                [&](int y) { add(at.steady.row(y), alone.row(y), 1, at.steady.row(y), alone.width()); });
  }
}

const isp::Image<float>& FrameLight::electrons(double lens_position, const RowTiming& timing) {
  Focused& at = focused(lens_position);
  if (setup_.scene->moves()) return sum_ = at.bench.electrons(timing, threads_);
  if (at.steady.height() == 0) draw(at);
  if (at.changing.empty()) return at.steady;

  const int width = at.steady.width(), height = at.steady.height();
  if (sum_.width() != width || sum_.height() != height) sum_ = isp::Image<float>(width, height);
  in_parallel(height, threads_, [&](int y) {
    const double start = timing.row_start(y), end = start + timing.exposure_s;
    const float* below = at.steady.row(y);
    for (const Drawn& drawn : at.changing) {
      const double level = at.bench.lamps()[drawn.lamp].level(start, end);
      add(below, drawn.electrons_s.row(y), static_cast<float>(level), sum_.row(y), width);
      below = sum_.row(y);
    }
  });
  return sum_;
}

}  // namespace sunny16::sim
