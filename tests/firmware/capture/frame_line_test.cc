// One turn of the line: pictures of one frame belong together, whatever their number, format, part and threads.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "tests/firmware/capture/noisy_frame.h"

namespace sunny16::firmware {
namespace {

using isp::CfaPhase;
using isp::OutputFormat;

/// The frame turned left to right: its first column then is what the last was.
hal::RawFrame mirrored(const hal::RawFrame& frame) {
  std::vector<std::byte> samples(frame.raw.bytes.begin(), frame.raw.bytes.end());
  hal::RawFrame out = frame;
  const auto width = static_cast<std::size_t>(frame.raw.width);
  for (int y = 0; y < frame.raw.height; ++y) {
    std::byte* row = samples.data() + static_cast<std::size_t>(y) * frame.raw.stride;
    for (std::size_t x = 0; x < width; ++x) std::memcpy(row + 2 * x, frame.raw.row(y) + 2 * (width - 1 - x), 2);
  }
  out.own(std::move(samples));
  out.raw.phase = isp::shifted(frame.raw.phase, frame.raw.width - 1, 0);
  return out;
}

/// Without dither, whose pattern belongs to the picture's corner and not to its content.
CameraTuning undithered(const std::string& assignment = {}) {
  CameraTuning tuning;
  set_parameter(tuning, "dither.strength=0");
  if (!assignment.empty()) set_parameter(tuning, assignment);
  return tuning;
}

std::vector<std::uint8_t> bytes_of(const Picture& picture, std::size_t plane = 0) {
  std::vector<std::uint8_t> bytes;
  const auto view = picture.planes[plane].view();
  for (int y = 0; y < view.height; ++y) bytes.insert(bytes.end(), view.row(y), view.row(y) + view.width);
  return bytes;
}

bool same(const Picture& a, const Picture& b) {
  for (std::size_t plane = 0; plane < 3; ++plane)
    if (bytes_of(a, plane) != bytes_of(b, plane)) return false;
  return a.format == b.format && a.width == b.width && a.height == b.height;
}

/// `crop` in bytes and rows of the plane.
std::vector<std::uint8_t> part_of(const Picture& picture, std::size_t plane, isp::Rect crop) {
  std::vector<std::uint8_t> bytes;
  for (int y = 0; y < crop.height; ++y) {
    const std::uint8_t* row = picture.planes[plane].row(crop.y + y) + crop.x;
    bytes.insert(bytes.end(), row, row + crop.width);
  }
  return bytes;
}

std::vector<std::uint16_t> samples_of(const Picture& picture) {
  const auto bytes = bytes_of(picture);
  std::vector<std::uint16_t> samples(bytes.size() / 2);
  std::memcpy(samples.data(), bytes.data(), bytes.size());
  return samples;
}

Picture develop(const hal::RawFrame& frame, const CameraTuning& tuning, const FrameRequest& request) {
  return std::move(run_frame(frame, tuning, request).pictures.at(0));
}

TEST_CASE("the same bytes, statistics and decisions for any number of threads") {
  const hal::RawFrame raw = frame();
  for (const isp::Profile profile :
       {isp::Profile::full, isp::Profile::lite, isp::Profile::preview, isp::Profile::plain})
    for (const bool barrier : {false, true}) {
      CameraTuning tuning;
      if (barrier) set_parameter(tuning, "geometric_distortion.radial=[-0.1,0.02,0]");
      FrameRequest request;
      request.profile = profile;
      request.outputs = {{}, {.format = OutputFormat::nv12, .width = 50, .height = 31}};
      request.threads = 1;
      const DevelopedFrame one = run_frame(raw, tuning, request);
      REQUIRE(one.pictures.size() == 2);
      for (const int threads : {2, 3, 7}) {
        request.threads = threads;
        const DevelopedFrame several = run_frame(raw, tuning, request);
        CHECK(several.metadata.registers_hash == one.metadata.registers_hash);
        CHECK(several.statistics == one.statistics);
        CHECK(same(several.pictures[0], one.pictures[0]));
        CHECK(same(several.pictures[1], one.pictures[1]));
      }
    }
}

TEST_CASE("a crop is that part of the whole picture, in every format") {
  const hal::RawFrame raw = frame();
  const CameraTuning tuning = undithered();
  const isp::Rect crop{34, 22, 60, 40};
  for (const OutputFormat format : {OutputFormat::rgb8, OutputFormat::rgb16, OutputFormat::nv12, OutputFormat::i420}) {
    const Picture whole = develop(raw, tuning, settled({{.format = format}}));
    const Picture part = develop(raw, tuning, settled({{.format = format, .crop = crop}}));
    CHECK(part.width == crop.width);
    CHECK(part.height == crop.height);
    const int pixel = format == OutputFormat::rgb8 ? 3 : format == OutputFormat::rgb16 ? 6 : 1;
    CHECK(bytes_of(part) == part_of(whole, 0, {pixel * crop.x, crop.y, pixel * crop.width, crop.height}));
    const int chroma = format == OutputFormat::nv12 ? 2 : 1;
    for (std::size_t plane = 1; plane < 3; ++plane)
      if (part.planes[plane].width() > 0)
        CHECK(bytes_of(part, plane) ==
              part_of(whole, plane, {chroma * crop.x / 2, crop.y / 2, chroma * crop.width / 2, crop.height / 2}));
  }
}

TEST_CASE("outputs of one pass are what each would be alone") {
  const hal::RawFrame raw = frame();
  const std::vector<isp::OutputRequest> requests{
      {},
      {.format = OutputFormat::rgb16, .crop = {3, 5, 41, 33}},
      {.format = OutputFormat::nv12, .width = 64, .height = 48},
      {.format = OutputFormat::i420, .crop = {20, 10, 100, 80}, .width = 150, .height = 81}};
  const DevelopedFrame together = run_frame(raw, {}, settled(requests));
  REQUIRE(together.pictures.size() == requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i)
    CHECK(same(together.pictures[i], develop(raw, {}, settled({requests[i]}))));
}

TEST_CASE("formats of one picture agree") {
  const hal::RawFrame raw = frame();
  const CameraTuning tuning = undithered();
  const Picture rgb8 = develop(raw, tuning, settled()),
                rgb16 = develop(raw, tuning, settled({{.format = OutputFormat::rgb16}}));
  const Picture nv12 = develop(raw, tuning, settled({{.format = OutputFormat::nv12}}));
  const Picture i420 = develop(raw, tuning, settled({{.format = OutputFormat::i420}}));
  const auto codes = bytes_of(rgb8);
  const auto samples = samples_of(rgb16);
  REQUIRE(samples.size() == codes.size());
  double most = 0, most_luma = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) most = std::max(most, std::fabs(samples[i] / 257.0 - codes[i]));
  CHECK(most < 0.6);

  const auto luma = bytes_of(nv12);
  for (std::size_t i = 0; i < luma.size(); ++i)
    most_luma = std::max(
        most_luma, std::fabs(0.299 * codes[3 * i] + 0.587 * codes[3 * i + 1] + 0.114 * codes[3 * i + 2] - luma[i]));
  CHECK(most_luma < 1.2);
  CHECK(bytes_of(i420) == luma);
  const auto uv = bytes_of(nv12, 1), u = bytes_of(i420, 1), v = bytes_of(i420, 2);
  REQUIRE(uv.size() == u.size() + v.size());
  for (std::size_t i = 0; i < u.size(); ++i) REQUIRE((uv[2 * i] == u[i] && uv[2 * i + 1] == v[i]));
}

TEST_CASE("a mirrored frame gives the mirrored picture, although its colour pattern starts with green") {
  const hal::RawFrame raw = frame(), turned = mirrored(raw);
  CHECK(turned.raw.phase == CfaPhase::grbg);
  FrameRequest request = settled({{.format = OutputFormat::rgb16}});
  // Linear interpolation has no left and no right. Decisions on quads have: a mirror divides the pattern into others.
  // Still, what they change is little beside a picture that is one pixel off.
  for (const auto& [profile, part] :
       {std::pair{isp::Profile::lite, 0.01}, {isp::Profile::plain, 0.25}, {isp::Profile::full, 0.25}}) {
    request.profile = profile;
    const auto straight = samples_of(develop(raw, {}, request)), other = samples_of(develop(turned, {}, request));
    REQUIRE(straight.size() == 3u * kWidth * kHeight);
    REQUIRE(other.size() == straight.size());
    const auto at = [](const std::vector<std::uint16_t>& samples, int x, int y, int colour) {
      return static_cast<int>(samples[static_cast<std::size_t>(3 * (y * kWidth + x) + colour)]);
    };
    double difference = 0, one_off = 0;
    for (int y = 0; y < kHeight; ++y)
      for (int x = 1; x < kWidth; ++x)
        for (int c = 0; c < 3; ++c) {
          difference += std::abs(at(straight, x, y, c) - at(other, kWidth - 1 - x, y, c));
          one_off += std::abs(at(straight, x, y, c) - at(straight, x - 1, y, c));
        }
    CAPTURE(static_cast<int>(profile));
    CHECK(difference < part * one_off);
  }
}

TEST_CASE("distortion moves the picture, behind the line and before the outputs") {
  const hal::RawFrame raw = frame();
  // A mesh that reads every pixel two columns to the right and three rows above.
  CameraTuning shifting = undithered("geometric_distortion.mesh_columns=2");
  for (const char* assignment : {"mesh_rows=2", "mesh_x=[2,2,2,2]", "mesh_y=[-3,-3,-3,-3]"})
    set_parameter(shifting, "geometric_distortion." + std::string(assignment));
  const Picture straight = develop(raw, undithered(), settled());
  const Picture moved = develop(raw, shifting, settled());
  CHECK(part_of(moved, 0, {0, 3, 3 * (kWidth - 2), kHeight - 3}) ==
        part_of(straight, 0, {6, 0, 3 * (kWidth - 2), kHeight - 3}));

  const Picture part = develop(raw, shifting, settled({{.crop = {20, 10, 64, 48}}}));
  CHECK(bytes_of(part) == part_of(moved, 0, {60, 10, 192, 48}));
  FrameRequest plain = settled();
  plain.profile = isp::Profile::plain;
  CHECK(same(develop(raw, shifting, plain), develop(raw, undithered(), plain)));
  FrameRequest without = settled();
  without.disabled = {"geometric_distortion"};
  CHECK(same(develop(raw, shifting, without), straight));
}

TEST_CASE("disabled stages are not in the line") {
  const hal::RawFrame raw = frame();
  const DevelopedFrame all = run_frame(raw, {}, settled());
  for (const std::string stage : {"defect_pixels", "bayer_denoise", "chroma_denoise", "sharpen"}) {
    CAPTURE(stage);
    FrameRequest request = settled();
    request.disabled = {stage};
    const DevelopedFrame without = run_frame(raw, {}, request);
    CHECK(without.metadata.registers_hash != all.metadata.registers_hash);
    CHECK(!same(without.pictures[0], all.pictures[0]));
    CameraTuning tuning;
    set_parameter(tuning, stage + ".enabled=0");
    CHECK(same(without.pictures[0], develop(raw, tuning, settled())));
  }
}

TEST_CASE("a colorimetric grey has the sRGB code of its light") {
  // 0.5 of the range after white balance, in every channel.
  auto storage = std::make_shared<std::vector<std::byte>>(2u * kWidth * kHeight);
  for (int i = 0; i < kWidth * kHeight; ++i) {
    const bool odd_column = i % kWidth % 2 != 0, odd_row = i / kWidth % 2 != 0;
    const double light = odd_column == odd_row ? (odd_row ? 0.5 / 1.6 : 0.5 / 2) : 0.5;
    const auto sample = static_cast<std::uint16_t>(std::lround(256 + 3839 * light));
    std::memcpy(storage->data() + 2 * i, &sample, 2);
  }
  hal::RawFrame raw = frame();
  raw.storage = storage;
  raw.raw.bytes = *storage;
  FrameRequest request = settled({{.format = OutputFormat::rgb16}});
  request.colorimetric = true;
  for (const std::uint16_t sample : samples_of(develop(raw, {}, request)))
    REQUIRE(std::abs(sample / 65535.0 - 0.73536) < 0.001);
}

TEST_CASE("the preview is half as large") {
  FrameRequest request = settled();
  request.profile = isp::Profile::preview;
  const Picture picture = develop(frame(), {}, request);
  CHECK(picture.width == kWidth / 2);
  CHECK(picture.height == kHeight / 2);
}

TEST_CASE("the limits of scaling") {
  const hal::RawFrame raw = frame();
  const Picture large = develop(raw, {}, settled({{.width = 4 * kWidth, .height = 4 * kHeight}}));
  CHECK(large.planes[0].width() == 12 * kWidth);
  const Picture small = develop(raw, {}, settled({{.width = kWidth / 16, .height = kHeight / 16}}));
  CHECK(small.planes[0].height() == kHeight / 16);
}

TEST_CASE("the smallest frame there is") {
  for (const CfaPhase phase : {CfaPhase::rggb, CfaPhase::grbg, CfaPhase::gbrg, CfaPhase::bggr}) {
    hal::RawFrame raw = frame(2, 2);
    raw.raw.phase = phase;
    FrameRequest request;
    request.threads = 4;
    const Picture picture = develop(raw, {}, request);
    CHECK(picture.width == 2);
    CHECK(picture.height == 2);
  }
}

}  // namespace
}  // namespace sunny16::firmware
