// What is decided for a frame: as asked for, else as the frame or the tuning says, else from its statistics. And what
// is refused.
#include <doctest/doctest.h>

#include <limits>

#include "tests/firmware/capture/noisy_frame.h"

namespace sunny16::firmware {
namespace {

TEST_CASE("white balance: as asked for, else as shot, else estimated") {
  hal::RawFrame raw = frame();
  raw.as_shot_neutral = {0.4, 1, 0.8};
  FrameRequest request;
  const FrameMetadata as_shot = prepare_frame(raw, {}, request).metadata;
  CHECK(as_shot.colour_gains[0] == doctest::Approx(2.5));
  CHECK(as_shot.colour_gains[1] == doctest::Approx(1.25));
  CHECK(!as_shot.estimated_white_balance);

  request.as_shot = false;
  const FrameMetadata estimated = prepare_frame(raw, {}, request).metadata;
  CHECK(estimated.estimated_white_balance);
  CHECK(estimated.colour_gains != as_shot.colour_gains);

  request.as_shot = true;
  request.colour_gains = {1.5, 3};
  const FrameMetadata given = prepare_frame(raw, {}, request).metadata;
  CHECK(given.colour_gains[0] == doctest::Approx(1.5));
  CHECK(given.colour_gains[1] == doctest::Approx(3));
  CHECK(!given.estimated_white_balance);
}

TEST_CASE("the colour matrix: as asked for, else the tuning's, else the frame's calibrations, else a typical one") {
  hal::RawFrame raw = frame();
  FrameRequest request;
  request.colour_gains = {2, 1.6};
  CHECK(prepare_frame(raw, {}, request).metadata.colour_matrix == *white_preserving(kTypicalCameraToSrgb));

  raw.calibrations = {{.illuminant_temperature = 6504,
                       .xyz_to_camera = {0.7, -0.2, -0.05, -0.45, 1.25, 0.22, -0.08, 0.2, 0.55},
                       .camera_to_xyz_d50 = {}}};
  const FrameMetadata calibrated = prepare_frame(raw, {}, request).metadata;
  const auto rendering = render_from_calibrations(raw.calibrations, {0.5, 1, 1 / 1.6}).value();
  CHECK(calibrated.colour_matrix == rendering.camera_to_srgb);
  CHECK(calibrated.colour_temperature == rendering.temperature);

  const CameraTuning tuning = parse_tuning(
      R"({"sunny16_tuning": 1, "colour": {"matrices": [{"temperature": 5000, "matrix": [1.5, -0.3, -0.2, -0.2, 1.4, -0.2, 0, -0.5, 1.5]}]}})",
      "test");
  CHECK(prepare_frame(raw, tuning, request).metadata.colour_matrix[0] == doctest::Approx(1.5));

  request.colour_matrix = isp::Matrix3{1, 0, 0, 0, 1, 0, 0, 0, 1};
  CHECK(prepare_frame(raw, tuning, request).metadata.colour_matrix == *request.colour_matrix);
}

TEST_CASE("exposure: nothing is counted where nothing is estimated") {
  const hal::RawFrame raw = frame();
  const DevelopedFrame given = prepare_frame(raw, {}, settled());
  CHECK(given.statistics == isp::Statistics{});
  CHECK(given.metadata.digital_gain == 1);
  FrameRequest request = settled();
  request.exposure_value = 1;
  CHECK(prepare_frame(raw, {}, request).metadata.digital_gain == doctest::Approx(2));
  request.digital_gain.reset();
  const DevelopedFrame estimated = prepare_frame(raw, {}, request);
  CHECK(estimated.statistics != isp::Statistics{});
  CHECK(estimated.metadata.digital_gain >= 2);
  request.colorimetric = true;  // exposure compensation counts, automatic exposure does not
  CHECK(prepare_frame(raw, {}, request).metadata.digital_gain == doctest::Approx(2));
}

TEST_CASE("requests that cannot be met") {
  const hal::RawFrame raw = frame();
  const auto refused = [&](const FrameRequest& request) {
    CHECK_THROWS_AS(prepare_frame(raw, {}, request), RequestError);
    CHECK_THROWS_AS(run_frame(raw, {}, request), RequestError);
  };
  constexpr int kFar = std::numeric_limits<int>::max();
  for (const isp::Rect crop : {isp::Rect{-1, 0, 10, 10},
                               {0, 0, kWidth + 1, 10},
                               {kWidth - 9, 0, 10, 10},
                               {0, 0, 1, 10},
                               {0, 0, 10, 0},
                               {0, 0, 0, 10},
                               {kFar, kFar, 10, 10},
                               {0, 0, kFar, kFar},
                               {0, 0, -5, 10}})
    refused(settled({{.crop = crop}}));
  for (const auto& [width, height] :
       {std::pair{4 * kWidth + 1, kHeight}, {kWidth, 5}, {1, 1}, {kWidth, -kHeight}, {kFar, kFar}})
    refused(settled({{.width = width, .height = height}}));
  refused(settled(std::vector<isp::OutputRequest>(isp::kMaxTails + 1)));
  for (const char* stage : {"", "nonsense", "Sharpen", "unpack", "tone_curve", "dither"}) {
    FrameRequest request = settled();
    request.disabled = {stage};
    refused(request);
  }
  FrameRequest preview =
      settled({{.crop = {0, 0, kWidth, kHeight}}});  // of the whole sensor, but the picture is binned
  preview.profile = isp::Profile::preview;
  refused(preview);
}

}  // namespace
}  // namespace sunny16::firmware
