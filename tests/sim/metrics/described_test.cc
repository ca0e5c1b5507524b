// Results of metrics are written as JSON by their tables: every field is in it, once, and keys carry their unit.
#include <doctest/doctest.h>

#include "firmware/tuning/described_json.h"
#include "sim/metrics/banding.h"
#include "sim/metrics/fidelity.h"
#include "sim/metrics/geometry.h"
#include "sim/metrics/resolution.h"
#include "sim/metrics/shading.h"
#include "sim/metrics/slanted_edge.h"
#include "sim/metrics/texture.h"

namespace sunny16::sim {
namespace {

using firmware::to_json;

static_assert(isp::Described<SlantedEdge> && isp::Described<Resolution> && isp::Described<Texture> &&
              isp::Described<Shading> && isp::Described<PlaneShading> && isp::Described<Banding> &&
              isp::Described<Stripes> && isp::Described<Fidelity> && isp::Described<Distortion> &&
              isp::Described<LateralColour> && isp::Described<LateralShift>);

TEST_CASE("Results become JSON whose keys say what they hold") {
  SlantedEdge edge;
  edge.mtf50_cy_px = 0.25, edge.mtf = {1, 0.2};
  CHECK(to_json(edge)["mtf50_cy_px"] == 0.25);
  CHECK(to_json(edge)["mtf"] == nlohmann::ordered_json({1, 0.2}));
  Texture texture;
  texture.mtf50_cy_px = 0.125;
  CHECK(to_json(texture)["texture_mtf50_cy_px"] == 0.125);
  Banding banding;
  banding.rows.amplitude_percent = 2;
  CHECK(to_json(banding)["rows"]["amplitude_percent"] == 2);
  Shading shading;
  shading.planes.resize(3);
  shading.planes[2].corner_percent[1] = 80;
  CHECK(to_json(shading)["planes"][2]["corner_percent"][1] == 80);
}

}  // namespace
}  // namespace sunny16::sim
