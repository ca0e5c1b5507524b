// What sunny16d served in the guest from the fake camera's frames: guest_test has asked it, and names the files.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "sim/picture/read_picture.h"
#include "tests/e2e/libcamera/bars.h"

namespace sunny16 {
namespace {

std::string file_named_by(const char* variable) {
  const char* path = std::getenv(variable);
  REQUIRE_MESSAGE(path != nullptr, variable << " is not set");
  return path;
}

/// Means of red, green and blue over the middle of a bar, display code 0..1.
std::array<double, 3> bar_colour(const sim::Picture& picture, std::size_t bar) {
  const auto [begin, end] = bar_columns(bar, picture.width());
  std::array<double, 3> sum{};
  const int top = picture.height() / 4, bottom = picture.height() * 3 / 4;
  for (int y = top; y < bottom; ++y)
    for (int x = begin; x < end; ++x)
      for (std::size_t c = 0; c < 3; ++c) sum[c] += picture.rgb.view().row(y)[3 * x + static_cast<int>(c)];
  for (double& c : sum) c /= (end - begin) * (bottom - top);
  return sum;
}

TEST_CASE("sunny16d: the snapshot shows the bars") {
  const sim::Picture picture = sim::read_picture(file_named_by("SUNNY16_SNAPSHOT"));
  CHECK(picture.width() >= 636);  // a pipeline's own picture lacks its borders
  CHECK(picture.width() <= 640);
  CHECK(std::abs(picture.height() * 4 - picture.width() * 3) <= 12);
  constexpr double kClear = 0.1;
  for (std::size_t bar = 0; bar < kBars; ++bar) {
    CAPTURE(bar);
    const std::array<double, 3> colour = bar_colour(picture, bar);
    for (std::size_t a = 0; a < 3; ++a)
      for (std::size_t b = 0; b < 3; ++b)
        if (kBarHas[bar][a] && !kBarHas[bar][b]) CHECK(colour[a] > colour[b] + kClear);
  }
  const auto white = bar_colour(picture, 0), black = bar_colour(picture, kBars - 1);
  for (std::size_t c = 0; c < 3; ++c) {
    CHECK(white[c] > 0.5);
    CHECK(black[c] < 0.05);
  }
}

TEST_CASE("sunny16d: the status is of a camera that runs") {
  const auto status = nlohmann::json::parse(std::ifstream(file_named_by("SUNNY16_STATUS")));
  const auto& session = status.at("session");
  CHECK(session.at("state") == "running");
  CHECK(session.at("model") == "imx219");
  CHECK(session.at("width") == 640);
  CHECK(session.at("height") == 480);
  CHECK(session.at("frames") > 10);
  CHECK(session.at("restarts") == 0);
  CHECK(session.at("problems").empty());
}

}  // namespace
}  // namespace sunny16
