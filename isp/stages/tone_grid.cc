#include "isp/stages/tone_grid.h"

#include <optional>

#include "isp/core/exact_math.h"
#include "isp/core/node_field.h"

namespace sunny16::isp {
namespace {

constexpr int kLights = ToneGrid::kLights;
/// Light of node 1, EV above white: 16 of 8192. Node 0, no light at all, counts as one stop below.
constexpr double kFirstNode = -9;
/// Nearness: in place as a part of the frame's longer side, in light in EV.
constexpr double kPlace = 0.045, kLight = 1.1;
/// Weight of a pixel's own light beside that of a region which is all of that light.
constexpr double kOwn = 0.004;
/// Most that gains may fall (EV) from a node to the next, a stop brighter. Between nodes gains are straight lines over
/// light: two thirds from one to the next is where twice the light is still no less. Where nothing of the surroundings
/// has those lights they may fall a little steeper, and turn light around by 4 % within an edge.
constexpr double kFall = 0.585, kFallInGap = 0.8;
/// Share of the surroundings from which on a light is no gap.
constexpr double kPopulated = 0.02;

double ev_of_node(int light) { return kFirstNode - 1 + light; }

/// Light as the stage sees it, EV above white, within the nodes.
double ev_of(const Thumbnail::Cell& cell, const Conditions& conditions) {
  const auto rgb = linear_rgb(cell, conditions);
  const double light = ((exact::max(rgb[0], 0) + exact::max(rgb[2], 0)) / 2 + exact::max(rgb[1], 0)) / 2;
  return exact::clamp(exact::log2(exact::max(light, 1e-6)), ev_of_node(0), ev_of_node(kLights - 1));
}

/// Deviation of a grey's light, 1 at white, from the raw noise.
double noise_of(double light, const Conditions& conditions) {
  constexpr std::array<double, 3> kParts{0.25, 0.5, 0.25};
  double variance = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    const double gain = conditions.wb_gains[k] * conditions.digital_gain;
    double weight = 0;
    for (std::size_t c = 0; c < 3; ++c) weight += kParts[c] * conditions.camera_to_srgb[3 * c + k];
    variance += weight * weight * gain * (conditions.noise.shot * light + gain * conditions.noise.read);
  }
  return exact::sqrt(variance);
}

/// Where x exceeds 0, with a bend from -kBend to kBend.
double beyond(double x) {
  constexpr double kBend = 1;
  if (x <= -kBend) return 0;
  return x >= kBend ? x : (x + kBend) * (x + kBend) / (4 * kBend);
}

/// Limits how fast gains fall, so that no light is turned around. What changes is least where most of the surroundings'
/// light is, so that regions stay and what is between them gives way: isotonic regression of the gain and the falls
/// allowed so far, by pooling adjacent violators (Barlow et al. 1972).
void limit_fall(std::array<double, kLights>& gain, const std::array<double, kLights>& own) {
  struct Pool {
    double mean, weight;
    std::size_t end;  ///< one behind its last light
  };
  double all = 0;
  for (const double weight : own) all += weight;
  std::array<double, kLights> allowed{};
  for (std::size_t i = 1; i < kLights; ++i) {
    const double populated = exact::min(exact::min(own[i - 1], own[i]) / (kPopulated * all), 1);
    allowed[i] = allowed[i - 1] + kFallInGap + (kFall - kFallInGap) * populated;
  }
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < kLights; ++i) {
    Pool pool{gain[i] + allowed[i], own[i], i + 1};
    while (!pools.empty() && pools.back().mean > pool.mean) {
      const double sum = pools.back().weight + pool.weight;
      pool.mean = (pools.back().mean * pools.back().weight + pool.mean * pool.weight) / sum;
      pool.weight = sum;
      pools.pop_back();
    }
    pools.push_back(pool);
  }
  std::size_t i = 0;
  for (const Pool& pool : pools)
    for (; i < pool.end; ++i) gain[i] = pool.mean - allowed[i];
}

/// Of a place, for each node's light.
struct Region {
  std::array<double, kLights> ev;   ///< of the region that a pixel of this light belongs to
  std::array<double, kLights> own;  ///< how much of the surroundings is of this light, and more than 0
};

/// `counted` has, for each light, the weight of the surroundings and the sum of their lights.
Region region_of(std::span<const double> counted, const std::vector<double>& nearness) {
  Region result;
  const int reach = static_cast<int>(nearness.size()) - 1;
  double all = 0;
  for (std::size_t i = 0; i < kLights; ++i) all += counted[2 * i];
  for (int light = 0; light < kLights; ++light) {
    double weight = kOwn * exact::max(all, 1e-9), sum = weight * ev_of_node(light);
    for (int other = std::max(light - reach, 0); other <= std::min(light + reach, kLights - 1); ++other) {
      const double near = nearness[static_cast<std::size_t>(other < light ? light - other : other - light)];
      weight += near * counted[static_cast<std::size_t>(2 * other)];
      sum += near * counted[static_cast<std::size_t>(2 * other + 1)];
    }
    result.ev[static_cast<std::size_t>(light)] = sum / weight;
    result.own[static_cast<std::size_t>(light)] =
        counted[static_cast<std::size_t>(2 * light)] + kOwn * exact::max(all, 1e-9);
  }
  return result;
}

/// Light of the cells; those that an edge goes through count as empty: their light is neither of its sides', and would
/// draw regions towards it just where that shows.
std::vector<std::optional<double>> cell_lights(const Thumbnail& thumbnail, const Conditions& conditions) {
  constexpr double kEdge = 2;  // EV
  constexpr int kColumns = Thumbnail::kColumns, kRows = Thumbnail::kRows;
  std::vector<double> ev;
  for (const Thumbnail::Cell& cell : thumbnail.cells) ev.push_back(ev_of(cell, conditions));
  const auto between = [&](int cell, int step) {
    const double at = ev[static_cast<std::size_t>(cell)], before = ev[static_cast<std::size_t>(cell - step)],
                 behind = ev[static_cast<std::size_t>(cell + step)];
    const double low = exact::min(before, behind), high = exact::max(before, behind);
    return high - low > kEdge && at > low && at < high;
  };
  std::vector<std::optional<double>> result;
  for (int row = 0; row < kRows; ++row)
    for (int column = 0; column < kColumns; ++column) {
      const int cell = row * kColumns + column;
      const bool inner = row > 0 && row < kRows - 1 && column > 0 && column < kColumns - 1;
      const bool edge = inner && (between(cell, 1) || between(cell, kColumns));
      if (edge || thumbnail.at(column, row).empty)
        result.emplace_back();
      else
        result.emplace_back(ev[static_cast<std::size_t>(cell)]);
    }
  return result;
}

}  // namespace

double clipping_ev(const Conditions& conditions) { return exact::log2(exact::clamp(conditions.digital_gain, 1e-3, 4)); }

double mapped_light(double ev, double strength, double clipping) {
  constexpr double kShadows = -3.2, kHighlights = -2.2;  // mid-grey is -2.5
  constexpr double kLift = 0.8;
  const double cut = exact::max(clipping, 0) / (exact::max(clipping, 0) - kHighlights);
  return ev + strength * (kLift * beyond(kShadows - ev) - cut * beyond(ev - kHighlights));
}

ToneGrid tone_grid(const LocalToneTuning& tuning, const Thumbnail& thumbnail, const Conditions& conditions,
                   const NodeGrid& grid, const Rect& active) {
  NodeField field(grid, 2 * kLights);
  const std::vector<std::optional<double>> lights = cell_lights(thumbnail, conditions);
  field.spread(
      active, [&](std::size_t cell) { return lights[cell]; },
      [](double ev, double weight, std::span<double> node) {
        const double position = ev - ev_of_node(0);
        const auto light = static_cast<std::size_t>(exact::min(position, kLights - 2));
        const double second = weight * (position - static_cast<double>(light)), first = weight - second;
        node[2 * light] += first, node[2 * light + 1] += first * ev;
        node[2 * light + 2] += second, node[2 * light + 3] += second * ev;
      });
  field.blur(kPlace * std::max(active.width, active.height) / (1 << grid.shift));

  const std::vector<double> nearness = gaussian_weights(kLight);
  std::array<double, kLights> most_lift;  // of a region of this light, EV
  for (int light = 0; light < kLights; ++light) {
    const double noise = noise_of(exact::exp2(ev_of_node(light)), conditions);
    most_lift[static_cast<std::size_t>(light)] =
        exact::clamp(exact::log2(exact::max(tuning.noise, 1e-6) / exact::max(noise, 1e-9)), 0, tuning.max_lift);
  }
  const auto lift_of = [&](double ev) {
    const double position = exact::clamp(ev - ev_of_node(0), 0, kLights - 1);
    const auto i = static_cast<std::size_t>(exact::min(position, kLights - 2));
    return most_lift[i] + (most_lift[i + 1] - most_lift[i]) * (position - static_cast<double>(i));
  };

  const double clipping = clipping_ev(conditions);
  ToneGrid result;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      const Region region = region_of(field.at(column, row), nearness);
      std::array<double, kLights> gain;
      for (int light = 0; light < kLights; ++light) {
        const double ev = region.ev[static_cast<std::size_t>(light)];
        const double mapped = mapped_light(ev, tuning.strength, clipping);
        const double change = exact::clamp(mapped - ev, -tuning.max_cut, lift_of(ev));
        gain[static_cast<std::size_t>(light)] = change + (tuning.detail - 1) * (ev_of_node(light) - ev);
      }
      limit_fall(gain, region.own);
      ToneGrid::Node& node = result.nodes[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
      for (std::size_t light = 0; light < kLights; ++light)
        node[light] = std::max<std::int16_t>(ToneGrid::Gain::real(exact::exp2(gain[light])).raw, 1);
    }
  return result;
}

}  // namespace sunny16::isp
