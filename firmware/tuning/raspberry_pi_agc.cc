#include "firmware/tuning/raspberry_pi_agc.h"

#include <numeric>

namespace sunny16::firmware {
namespace {

using Block = RaspberryPiBlock;
using Notes = std::vector<std::string>;

/// bcm2835 meters 15 zones, numbered from the centre outwards: the centre, 2 beside it, 4 around those, 4 sides, 4
/// corners. On a 5 x 5 grid those are the squared distances 0, 1, 2, 4..5 and 8.
MeteringMode metering_of_zones(const std::string& name, const std::vector<double>& zones) {
  const auto mean = [&](std::ptrdiff_t from, std::ptrdiff_t to) {
    return std::accumulate(zones.begin() + from, zones.begin() + to, 0.0) / static_cast<double>(to - from);
  };
  MeteringMode mode{name, 5, 5, {}};
  for (int y = -2; y <= 2; ++y)
    for (int x = -2; x <= 2; ++x) {
      const int d = x * x + y * y;
      mode.weights.push_back(d == 0   ? zones[0]
                             : d == 1 ? mean(1, 3)
                             : d == 2 ? mean(3, 7)
                             : d <= 5 ? mean(7, 11)
                                      : mean(11, 15));
    }
  return mode;
}

MeteringMode read_metering(const std::string& name, Block& block) {
  const std::vector<double> weights = block.numbers("weights");
  if (weights.size() == 15) return metering_of_zones(name, weights);
  if (weights.size() == 15 * 15) return {name, 15, 15, weights};  // pisp
  reject(block.path_of("weights"), weights, "15 (bcm2835) or 225 (pisp) numbers");
}

Bound read_bound(Block& block) {
  const std::string bound = block.text("bound");
  if (bound != "LOWER" && bound != "UPPER") reject(block.path_of("bound"), bound, "LOWER or UPPER");
  return bound == "LOWER" ? Bound::lower : Bound::upper;
}

LuxCurve read_target(Block& block) {
  auto [lux, value] = block.tuples<2>("y_target");
  return {std::move(lux), std::move(value)};
}

AgcChannel read_channel(Block& block, Notes& notes) {
  AgcChannel channel;
  if (block.has("metering_modes")) channel.metering_modes.clear();
  block.for_each_member("metering_modes", notes, [&](const std::string& name, Block& mode) {
    channel.metering_modes.push_back(read_metering(name, mode));
  });
  put_first(channel.metering_modes, "centre-weighted");

  if (block.has("exposure_modes")) channel.exposure_modes.clear();
  block.for_each_member("exposure_modes", notes, [&](const std::string& name, Block& mode) {
    channel.exposure_modes.push_back({name, mode.numbers("shutter"), mode.numbers("gain")});
  });
  put_first(channel.exposure_modes, "normal");

  if (block.has("constraint_modes")) channel.constraint_modes.clear();
  for (const std::string& name : block.keys("constraint_modes")) {
    ConstraintMode& mode = channel.constraint_modes.emplace_back(ConstraintMode{name, {}});
    block.child("constraint_modes").for_each_element(name, notes, [&](Block& entry) {
      mode.constraints.push_back({read_bound(entry), entry.number("q_lo"), entry.number("q_hi"), read_target(entry)});
    });
  }
  put_first(channel.constraint_modes, "normal");

  block.for_each_element("channel_constraints", notes, [&](Block& entry) {
    channel.channel_constraints.push_back(
        {read_bound(entry), static_cast<int>(entry.number("channel", {0, 15})), entry.number("factor")});
  });
  if (block.has("y_target")) channel.y_target = read_target(block);
  channel.base_ev = block.number("base_ev", 1);
  channel.speed = block.number("speed", 0.2);
  channel.startup_frames = static_cast<int>(block.number("startup_frames", 10, {0, 100}));
  channel.convergence_frames = static_cast<int>(block.number("convergence_frames", 6, {0, 100}));
  return channel;
}

}  // namespace

void read_raspberry_pi_agc(Block& block, RaspberryPiTuning& tuning, Notes& notes) {
  std::vector<AgcChannel>& channels = tuning.sections.agc.base.channels;
  channels.clear();
  if (block.has("channels"))
    block.for_each_element("channels", notes,
                           [&](Block& channel) { channels.push_back(read_channel(channel, notes)); });
  else
    channels.push_back(read_channel(block, notes));
}

}  // namespace sunny16::firmware
