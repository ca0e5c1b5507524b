#include "sim/optics/image_formation.h"

#include <algorithm>
#include <array>

#include "isp/core/exact_math.h"
#include "sim/optics/fine_tile.h"
#include "sim/optics/gather.h"
#include "sim/optics/halo.h"
#include "sim/parallel.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

/// Samples in a tile; sides are multiples of every pattern's period.
constexpr int kTileWidth = 120, kTileHeight = 72;
/// Samples that share a point spread.
constexpr int kPatchWidth = 120, kPatchHeight = 36;
/// Point spreads of the lens are known at so many squares of the radius, from 0 to kFarthest2.
constexpr int kZones = 24;
constexpr double kFarthest2 = 1.1;
constexpr double kProfileStep = 0.25;  ///< cells

/// The spreads of a lens on a grid, sampled on cells.
class Spreads {
 public:
  Spreads(const Lens& lens, const SampleGrid& grid) : lens_(lens), grid_(grid) {
    // Cells so fine that a spread's samples stand for it: its spectrum then ends well below their sampling rate.
    const double narrowest = std::min(lens.spread(1, 0).width_um(), lens.spread(1, 1).width_um());
    per_site_ = static_cast<int>(exact::clamp(exact::floor(0.65 * grid.site_um / narrowest + 1), 1, 4));
    cell_um_ = grid.site_um / per_site_;
    for (int channel = 0; channel < 3; ++channel)
      radius_um_ = std::max(radius_um_, lens.spread(channel, 1).radius_um());
    for (int channel = 0; channel < 3; ++channel)
      for (int zone = 0; zone < kZones; ++zone)
        profiles_[static_cast<std::size_t>(channel)].push_back(radial_profile(
            lens.spread(channel, kFarthest2 * zone / (kZones - 1)), kProfileStep * cell_um_, radius_um_));
    const double shift =
        std::max(exact::abs(lens.lateral(0)), exact::abs(lens.lateral(2))) * 0.5 * (grid.width_um() + grid.height_um());
    reach_ = 1 + static_cast<int>((radius_um_ + shift) / cell_um_);
  }

  int per_site() const { return per_site_; }
  int reach() const { return reach_; }  ///< cells
  double radius_um() const { return radius_um_; }
  /// Cells on the side of a kernel; it starts `reach` cells before its first site.
  int side() const { return 2 * reach_ + per_site_ + (grid_.combined - 1) * grid_.period * per_site_; }

  /// How much each cell gives to a sample of a channel at `at`: spread, aperture of a site and the sites that are
  /// combined, the sum being 1.
  std::vector<float> kernel(int channel, SensorPlace at) const {
    const auto c = static_cast<std::size_t>(channel);
    const double zone = exact::min(lens_.radius2(at) / kFarthest2, 1) * (kZones - 1);
    const auto lower = std::min(static_cast<std::size_t>(zone), static_cast<std::size_t>(kZones) - 2);
    const double part = zone - static_cast<double>(lower);
    const double dx = lens_.lateral(channel) * at.x / cell_um_, dy = lens_.lateral(channel) * at.y / cell_um_;
    const auto density = [&](const std::vector<double>& profile, double r) {
      const double step = r / kProfileStep;
      const auto i = static_cast<std::size_t>(step);
      if (i + 1 >= profile.size()) return 0.0;
      return exact::max(0, profile[i] + (profile[i + 1] - profile[i]) * (step - static_cast<double>(i)));
    };

    const int width = 2 * reach_ + 1;
    std::vector<double> spread(static_cast<std::size_t>(width * width));
    double sum = 0;
    for (int y = 0; y < width; ++y)
      for (int x = 0; x < width; ++x) {
        // Light that is thrown to a place further out comes from a cell further in.
        const double u = x - reach_ + dx, v = y - reach_ + dy, r = exact::sqrt(u * u + v * v);
        const double d = (1 - part) * density(profiles_[c][lower], r) + part * density(profiles_[c][lower + 1], r);
        spread[static_cast<std::size_t>(y * width + x)] = d;
        sum += d;
      }
    std::vector<double> gathered(static_cast<std::size_t>(side() * side()));
    const int cells = per_site_ * grid_.combined;
    const auto offset = [&](int i) { return i % per_site_ + i / per_site_ * grid_.period * per_site_; };
    for (int v = 0; v < cells; ++v)
      for (int u = 0; u < cells; ++u)
        for (int y = 0; y < width; ++y)
          for (int x = 0; x < width; ++x)
            gathered[static_cast<std::size_t>((y + offset(v)) * side() + x + offset(u))] +=
                spread[static_cast<std::size_t>(y * width + x)];
    std::vector<float> kernel;
    for (const double v : gathered) kernel.push_back(static_cast<float>(v / (sum * cells * cells)));
    return kernel;
  }

 private:
  const Lens& lens_;
  const SampleGrid& grid_;
  int per_site_ = 1, reach_ = 1;
  double cell_um_ = 1, radius_um_ = 0;
  std::array<std::vector<std::vector<double>>, 3> profiles_;
};

/// The place of a sample's centre.
SensorPlace centre(const SampleGrid& grid, double x, double y) {
  const double sample = grid.combined * grid.site_um;
  return {(x + 0.5 - 0.5 * grid.columns) * sample, (y + 0.5 - 0.5 * grid.rows) * sample};
}

class ImageFormation {
 public:
  ImageFormation(const Exposed& exposed, const Spreads& spreads)
      : exposed_(exposed), grid_(exposed.grid), spreads_(spreads), pattern_(grid_.period * grid_.combined) {
    margin_ = (spreads.reach() / spreads.per_site() + pattern_) / pattern_ * pattern_;
  }

  /// Draws the samples of a tile, which starts at a multiple of the period.
  void draw(isp::Rect tile, isp::Image<float>& image) const {
    const int s = spreads_.per_site(), n = grid_.combined, period = grid_.period;
    const isp::Rect sites{n * tile.x - margin_, n * tile.y - margin_, up(n * tile.width) + 2 * margin_,
                          up(n * tile.height) + 2 * margin_};
    const FineTile fine(exposed_, sites, s, pattern_ * s);
    for (int top = tile.y; top < tile.y + tile.height; top += kPatchHeight)
      for (int left = tile.x; left < tile.x + tile.width; left += kPatchWidth) {
        const int right = std::min(left + kPatchWidth, tile.x + tile.width);
        const int bottom = std::min(top + kPatchHeight, tile.y + tile.height);
        std::array<std::vector<float>, 3> kernels;
        for (int channel = 0; channel < 3; ++channel)
          if (channel == 1 || grid_.filter != ColourFilter::monochrome)
            kernels[static_cast<std::size_t>(channel)] =
                spreads_.kernel(channel, centre(grid_, 0.5 * (left + right - 1), 0.5 * (top + bottom - 1)));
        std::array<float, kPatchWidth + kGatherSlack> sums;
        for (int y = top; y < bottom; ++y)
          for (int x = left; x < std::min(left + period, right); ++x) {
            const int channel = grid_.channel(x, y);
            const auto count = static_cast<std::size_t>((right - x + period - 1) / period);
            const auto cell = [&](int sample, int first_site) {
              return (grid_.site(sample) - first_site) * s - spreads_.reach();
            };
            gather(fine, channel, kernels[static_cast<std::size_t>(channel)], spreads_.side(), cell(x, sites.x),
                   cell(y, sites.y), count, sums.data());
            float* row = image.row(y);
            for (std::size_t i = 0; i < count; ++i) row[x + static_cast<int>(i) * period] = sums[i];
          }
      }
  }

 private:
  /// To a whole number of patterns.
  int up(int sites) const { return (sites + pattern_ - 1) / pattern_ * pattern_; }

  const Exposed& exposed_;
  const SampleGrid& grid_;
  const Spreads& spreads_;
  int pattern_;  ///< sites after which colours and combinations repeat
  int margin_;   ///< sites around a tile whose light spreads into it
};

/// Calls draw(tile) for all tiles of the picture.
template <class F>
void for_each_tile(const SampleGrid& grid, int threads, F&& draw) {
  const int across = (grid.columns + kTileWidth - 1) / kTileWidth, down = (grid.rows + kTileHeight - 1) / kTileHeight;
  in_parallel(across * down, threads, [&](int i) {
    const int x = i % across * kTileWidth, y = i / across * kTileHeight;
    draw(isp::Rect{x, y, std::min(kTileWidth, grid.columns - x), std::min(kTileHeight, grid.rows - y)});
  });
}

void fall_off(const Lens& lens, const SampleGrid& grid, int threads, isp::Image<float>& image) {
  in_parallel(grid.rows, threads, [&](int y) {
    float* row = image.row(y);
    for (int x = 0; x < grid.columns; ++x)
      row[x] *= static_cast<float>(lens.fall_off(grid.channel(x, y), lens.radius2(centre(grid, x, y))));
  });
}

}  // namespace

isp::Image<float> form_image(const Scene& scene, std::span<const Lamp> lamps, const Palette& palette, const Lens& lens,
                             const SampleGrid& grid, const RowTiming& timing, int threads) {
  const Exposed exposed{scene, lamps, palette, lens, grid, timing};
  const Spreads spreads(lens, grid);
  const ImageFormation formation(exposed, spreads);
  isp::Image<float> image(grid.columns, grid.rows);
  for_each_tile(grid, threads, [&](isp::Rect tile) { formation.draw(tile, image); });
  fall_off(lens, grid, threads, image);
  add_halo(lens, grid, spreads.radius_um(), threads, image);
  return image;
}

isp::Image<float> true_image(const Scene& scene, std::span<const Lamp> lamps, const Palette& palette, const Lens& lens,
                             const SampleGrid& grid, const RowTiming& timing, int threads) {
  // Each sample sees all of its area: a site as large as the sample.
  SampleGrid areas = grid;
  areas.site_um *= grid.combined, areas.combined = 1;
  const Exposed exposed{scene, lamps, palette, lens, areas, timing};
  isp::Image<float> image(3 * grid.columns, grid.rows);
  for_each_tile(areas, threads, [&](isp::Rect tile) {
    const FineTile fine(exposed, tile, 1, 1);
    for (int y = 0; y < tile.height; ++y)
      for (int x = 0; x < tile.width; ++x)
        for (int c = 0; c < 3; ++c) image.row(tile.y + y)[3 * (tile.x + x) + c] = fine.cell(c, x, y);
  });
  return image;
}

}  // namespace sunny16::sim
