// Faces are found in a photograph that a Debian package carries (python3-skimage), as it is and after the simulated
// camera has taken it in the dark. Skipped, and said so, where the photograph, the component or its cascades are not
// installed.
#include <doctest/doctest.h>

#include <cstdlib>
#include <optional>

#include "firmware/capture/detection.h"
#include "firmware/control/scene/boxes.h"
#include "firmware/detect/open_detectors.h"
#include "sim/camera/shot.h"
#include "sim/picture/read_picture.h"

namespace sunny16::firmware {
namespace {

/// 512 x 512, public domain: an astronaut, from the front.
const std::filesystem::path kPhotograph = "/usr/lib/python3/dist-packages/skimage/data/astronaut.png";
/// Her face, from the eyebrows to the chin.
constexpr Box kHerFace{0.35, 0.16, 0.19, 0.21};

Detectors face_detectors() {
  std::error_code error;
  if (!std::filesystem::exists(kPhotograph, error)) {
    MESSAGE("SKIPPED: " << kPhotograph.string() << " is not there (python3-skimage): no face was looked for");
    return {};
  }
  try {
    return open_detectors({.faces = true});
  } catch (const DetectorError& problem) {
    MESSAGE("SKIPPED: " << std::string(problem.what()) << ": no face was looked for");
    return {};
  }
}

/// Hers is found, and no other.
void check_her_face(const std::vector<Detection>& found) {
  REQUIRE(found.size() == 1);
  CHECK(found[0].label == kFace);
  MESSAGE("confidence " << found[0].confidence << ", overlap " << overlap(found[0].box, kHerFace));
  CHECK(found[0].confidence > 0.7);
  CHECK(overlap(found[0].box, kHerFace) > 0.5);
}

TEST_CASE("a face in a photograph") {
  const Detectors detectors = face_detectors();
  if (detectors.empty()) return;
  const isp::Image<std::uint8_t> pixels = sim::picture_bytes(sim::read_picture(kPhotograph));
  check_her_face(detectors[0]->detect({.rgb = pixels.view()}));
}

TEST_CASE("a face in a photograph of the photograph, from daylight down to 10 lx") {
  const Detectors detectors = face_detectors();
  if (detectors.empty()) return;
  for (const double lux : {1000.0, 100.0, 10.0}) {
    CAPTURE(lux);
    sim::ShotSettings settings;
    settings.scene = kPhotograph.string();
    settings.window = {1280, 1280};
    settings.lux = lux;
    const sim::Bench bench = set_up(settings);
    const sim::Exposure exposure = exposure_of(bench, settings);
    const hal::RawFrame frame = bench.record(bench.electrons(bench.timing(0, exposure.time_s), 2), exposure, 2);
    FrameRequest request{.threads = 2};
    request.outputs = {detection_output(frame, request.profile)};
    DevelopedFrame developed = run_frame(frame, {}, request);
    const DetectionResult result = detect(detectors, detection_task(frame, std::move(developed.pictures[0])));
    CHECK(result.error.empty());
    check_her_face(result.found);
  }
}

TEST_CASE("cascades that are not there, or are none, are errors") {
  if (face_detectors().empty()) return;
  setenv("SUNNY16_CASCADES", "/nowhere", 1);
  CHECK_THROWS_WITH_AS(open_detectors({.faces = true}),
                       doctest::Contains("/nowhere/haarcascade_frontalface_alt2.xml: no such file"), DetectorError);
  unsetenv("SUNNY16_CASCADES");
}

}  // namespace
}  // namespace sunny16::firmware
