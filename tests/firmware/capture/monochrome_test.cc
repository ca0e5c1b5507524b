// A frame without colours becomes a picture without colours, whatever is asked for.
#include <doctest/doctest.h>

#include "tests/firmware/capture/noisy_frame.h"

namespace sunny16::firmware {
namespace {

hal::RawFrame monochrome_frame() {
  hal::RawFrame raw = frame();  // its mosaic is a rich texture
  raw.monochrome = true;
  return raw;
}

int bytes_of(isp::OutputFormat format) { return format == isp::OutputFormat::rgb8 ? 1 : 2; }

bool is_grey(const Picture& picture, int bytes_a_sample) {
  for (int y = 0; y < picture.height; ++y) {
    const std::uint8_t* row = picture.planes[0].row(y);
    for (int x = 0; x < picture.width; ++x, row += 3 * bytes_a_sample)
      for (int i = 0; i < bytes_a_sample; ++i)
        if (row[i] != row[bytes_a_sample + i] || row[i] != row[2 * bytes_a_sample + i]) return false;
  }
  return true;
}

TEST_CASE("red, green and blue are the same number in every pixel") {
  const hal::RawFrame raw = monochrome_frame();
  for (const isp::Profile profile :
       {isp::Profile::full, isp::Profile::lite, isp::Profile::preview, isp::Profile::plain})
    for (const isp::OutputFormat format : {isp::OutputFormat::rgb8, isp::OutputFormat::rgb16}) {
      FrameRequest request;
      request.profile = profile;
      request.outputs = {{.format = format}};
      CHECK_FALSE(is_grey(run_frame(frame(), {}, request).pictures.at(0), bytes_of(format)));
      CHECK(is_grey(run_frame(raw, {}, request).pictures.at(0), bytes_of(format)));
      request.colour_gains = {2, 1.6};  // has no meaning here
      request.colour_matrix = isp::Matrix3{1.7, -0.5, -0.2, -0.25, 1.5, -0.25, 0, -0.6, 1.6};
      CHECK(is_grey(run_frame(raw, {}, request).pictures.at(0), bytes_of(format)));
    }
}

TEST_CASE("white balance is neither asked for nor estimated") {
  FrameRequest request;
  request.as_shot = false;
  const FrameMetadata metadata = prepare_frame(monochrome_frame(), {}, request).metadata;
  CHECK_FALSE(metadata.estimated_white_balance);
  CHECK(metadata.colour_gains == std::array<double, 2>{1, 1});
}

TEST_CASE("an even surface keeps its level") {
  hal::RawFrame raw = monochrome_frame();
  std::vector<std::byte> samples(raw.raw.bytes.begin(), raw.raw.bytes.end());
  const auto level = static_cast<unsigned>(raw.black[0] + 0.25 * (raw.white - raw.black[0]));
  for (std::size_t i = 0; i < samples.size(); i += 2)
    samples[i] = static_cast<std::byte>(level & 0xFF), samples[i + 1] = static_cast<std::byte>(level >> 8);
  raw.own(std::move(samples));
  FrameRequest request;
  request.colorimetric = true;
  const Picture picture = std::move(run_frame(raw, {}, request).pictures.at(0));
  for (int x = 0; x < 3 * picture.width; ++x)
    CHECK(static_cast<int>(picture.planes[0].row(40)[x]) == doctest::Approx(137).epsilon(0.01));  // sRGB code of 1/4
}

TEST_CASE("cells of several pixels are refused by name") {
  hal::RawFrame raw = frame();
  raw.cell = 2;
  CHECK_THROWS_WITH_AS(
      prepare_frame(raw, {}, {}),
      "raw frame: found cells of 2 x 2 pixels, allowed a Bayer pattern: a binned or remosaiced mode of "
      "the sensor",
      RequestError);
}

}  // namespace
}  // namespace sunny16::firmware
