#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sim/optics/gather.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "sim/optics/gather.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::sim::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void gather(const FineTile& tile, int channel, std::span<const float> kernel, int side, int cell_x, int cell_y,
            std::size_t count, float* sums) {
  const hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto start = [&](int x, int y) { return tile.cells(channel, cell_x + x, cell_y + y); };
  for (std::size_t i = 0; i < count; i += 2 * lanes) {
    auto a = hn::Zero(d), b = hn::Zero(d);
    const float* weight = kernel.data();
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x) {
        const float* cells = start(x, y) + i;
        const auto w = hn::Set(d, *weight++);
        a = hn::Add(a, hn::Mul(w, hn::LoadU(d, cells)));
        b = hn::Add(b, hn::Mul(w, hn::LoadU(d, cells + lanes)));
      }
    hn::StoreU(a, d, sums + i);
    hn::StoreU(b, d, sums + i + lanes);
  }
}

}  // namespace sunny16::sim::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace sunny16::sim {

HWY_EXPORT(gather);

void gather(const FineTile& tile, int channel, std::span<const float> kernel, int side, int cell_x, int cell_y,
            std::size_t count, float* sums) {
  HWY_DYNAMIC_DISPATCH(gather)(tile, channel, kernel, side, cell_x, cell_y, count, sums);
}

}  // namespace sunny16::sim
#endif
