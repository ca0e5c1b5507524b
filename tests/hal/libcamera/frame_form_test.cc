#include "hal/libcamera/frame_form.h"

#include <doctest/doctest.h>

#include <array>

#include <libcamera/control_ids.h>

using namespace sunny16;
namespace controls = libcamera::controls;

namespace {

constexpr std::array<std::byte, 64> kSamples{};

const hal::FrameForm kForm{.format = *hal::sample_format("SBGGR16"),
                           .width = 4,
                           .height = 3,
                           .sensor_bits = 10,
                           .stride = 16,
                           .orientation = 3,
                           .model = "imx708"};

}  // namespace

TEST_CASE("a frame has its run's form and its own metadata") {
  libcamera::ControlList metadata(controls::controls);
  const std::array<std::int32_t, 4> levels{4096, 4096, 4096, 4096};
  metadata.set(controls::SensorBlackLevels, libcamera::Span<const std::int32_t, 4>(levels));
  metadata.set(controls::ExposureTime, std::int32_t{9000});
  metadata.set(controls::SensorTimestamp, std::int64_t{50'000'077});
  const hal::RawFrame frame = hal::raw_frame(kForm, kSamples, metadata);
  CHECK(frame.raw.valid());
  CHECK(frame.raw.bytes.data() == kSamples.data());
  CHECK(frame.raw.stride == 16);
  CHECK(frame.raw.phase == isp::CfaPhase::bggr);
  CHECK(frame.bits == 16);
  CHECK(frame.white == 1023 * 64);  // ten bits on top of sixteen, as the Raspberry Pi 5 has them
  CHECK(frame.black_known);
  CHECK(frame.black[2] == 4096);
  CHECK(frame.applied.exposure_us == 9000);
  CHECK(frame.timestamp_ns == 41'000'077);  // where the first row's exposure began
  CHECK(frame.orientation == 3);
  CHECK(frame.model == "imx708");
}

TEST_CASE("a black level that the metadata leaves out may be known otherwise") {
  hal::FrameForm form = kForm;
  form.black_level = 4096;
  const libcamera::ControlList nothing(controls::controls);
  CHECK(hal::raw_frame(form, kSamples, nothing).black == std::array<double, 4>{4096, 4096, 4096, 4096});
  form.format = *hal::sample_format("SRGGB10_CSI2P");
  CHECK(hal::raw_frame(form, kSamples, nothing).black == std::array<double, 4>{64, 64, 64, 64});
  CHECK(hal::raw_frame(form, kSamples, nothing).black_known);
}

TEST_CASE("what the metadata leaves out is not known") {
  const hal::RawFrame frame = hal::raw_frame(kForm, kSamples, libcamera::ControlList(controls::controls));
  CHECK_FALSE(frame.black_known);
  CHECK_FALSE(frame.applied.exposure_us.has_value());
  CHECK_FALSE(frame.applied.analogue_gain.has_value());
  CHECK(frame.timestamp_ns == 0);
}
