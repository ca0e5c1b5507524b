// What the metrics find is written as JSON whose keys tell the unit.
#include <doctest/doctest.h>

#include "firmware/tuning/described_json.h"
#include "sim/metrics/colour.h"
#include "sim/metrics/noise.h"
#include "sim/metrics/noise_profile.h"
#include "sim/metrics/non_uniformity.h"
#include "sim/metrics/photon_transfer.h"
#include "sim/metrics/raw_patches.h"
#include "sim/metrics/visual_noise.h"

namespace sunny16::sim {
namespace {

static_assert(isp::Described<ColourMeasurement> && isp::Described<PatchColour> && isp::Described<RawPatch> &&
              isp::Described<Oecf> && isp::Described<NoiseMeasurement> && isp::Described<VisualNoise> &&
              isp::Described<PhotonTransfer> && isp::Described<PhotonTransferPoint> && isp::Described<NonUniformity> &&
              isp::Described<NoiseProfileFit>);

TEST_CASE("Results are JSON with the table's keys, nested as the structs are") {
  PhotonTransfer transfer;
  transfer.read_noise_e = 2.5;
  CHECK(firmware::to_json(transfer).at("read_noise_e") == 2.5);

  ColourMeasurement colours;
  colours.delta_e2000_mean = 1.5;
  colours.patches.push_back({.linear_rgb = {0.1, 0.2, 0.3}, .lab = {50, 1, -2}, .delta_l = 4});
  const auto json = firmware::to_json(colours);
  CHECK(json.at("delta_e2000_mean") == 1.5);
  CHECK(json.at("patches").at(0).at("linear_rgb").at(2) == 0.3);
  CHECK(json.at("patches").at(0).at("lab").at("b") == -2);

  Oecf curve;
  curve.points.push_back({.luminance = 1, .clipped = true});
  CHECK(firmware::to_json(curve).at("points").at(0).at("clipped") == true);
}

}  // namespace
}  // namespace sunny16::sim
