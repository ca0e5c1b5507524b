#include "boards/wiring/usual_tuning.h"

#include <doctest/doctest.h>

#include "tests/temp_dir.h"

namespace sunny16::boards {
namespace {

namespace fs = std::filesystem;

/// A Raspberry Pi tuning that only tells its black level.
void install(const TempDir& root, const std::string& board, int black) {
  const fs::path folder = root / ("usr/share/libcamera/ipa/rpi/" + board);
  fs::create_directories(folder);
  std::ofstream(folder / "imx708.json") << R"({"version": 2.0, "target": "bcm2835", "algorithms": [
    {"rpi.black_level": {"black_level": )"
                                        << black << "}}]}";
}

double black_of(const firmware::CameraTuning& tuning) {
  return tuning.sensor.base.black.empty() ? -1 : tuning.sensor.base.black[0];
}

TEST_CASE("A sensor has the file that is installed for the board") {
  const TempDir root;
  install(root, "vc4", 4000);
  install(root, "pisp", 4001);
  CHECK(black_of(usual_tuning("imx708", false, root.path())) == 4000);
  fs::create_directories(root / "proc/device-tree");
  std::ofstream(root / "proc/device-tree/compatible") << "raspberrypi,5-model-b" << '\0' << "brcm,bcm2712";
  CHECK(black_of(usual_tuning("imx708", false, root.path())) == 4001);
}

TEST_CASE("Without a file, and when simulated, a known module's figures stand in; of others nothing is known") {
  const TempDir root;
  install(root, "vc4", 4000);
  const firmware::CameraTuning simulated = usual_tuning("imx708", true, root.path());
  CHECK(black_of(simulated) == 4096);
  CHECK(simulated.awb.base.ct_curve.size() > 5);
  CHECK(usual_tuning("imx477", false, root.path()).awb.base.ct_curve.size() > 5);
  CHECK(black_of(usual_tuning("ov9999", false, root.path())) == -1);
}

TEST_CASE("A file that is damaged is an error, not a guess") {
  const TempDir root;
  install(root, "vc4", -5);
  CHECK_THROWS_AS(usual_tuning("imx708", false, root.path()), firmware::TuningError);
}

}  // namespace
}  // namespace sunny16::boards
