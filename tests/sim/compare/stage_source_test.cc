#include "sim/compare/stage_source.h"

#include <doctest/doctest.h>

#include <utility>

#include "firmware/capture/frame_line.h"
#include "firmware/output/picture_file.h"
#include "hal/replay/input_error.h"
#include "tests/sample_frame.h"
#include "tests/temp_dir.h"

namespace sunny16::sim {
namespace {

/// All of an output's samples, in order.
std::vector<int> samples(const StageOutput& output) {
  std::vector<int> all;
  for (int y = 0; y < output.height; ++y)
    for (int x = 0; x < output.width; ++x)
      for (int plane = 0; plane < (output.mosaic ? 1 : 3); ++plane)
        all.push_back(output.sample(output.mosaic ? StageOutput::plane_at(x, y) : plane, x, y));
  return all;
}

TEST_CASE("A line walked stage by stage writes what it writes at once") {
  const hal::RawFrame frame = sample_frame();
  const auto developed = firmware::prepare_frame(frame, {}, {});
  const auto line = line_stages(developed.registers, frame);
  std::size_t stage = 0;
  for_each_stage_output(developed.registers, frame.raw, [&](const StageOutput& expected) {
    REQUIRE(stage < line->names().size());
    CHECK(line->names()[stage++] == expected.stage);
    const StageOutput& found = line->next();
    CHECK(found.stage == expected.stage);
    CHECK(samples(found) == samples(expected));
  });
  CHECK(stage == line->names().size());
  CHECK(line->sensor_range() == frame.white - frame.black[isp::kGr]);
}

TEST_CASE("A line may be left at any stage") {
  const hal::RawFrame frame = sample_frame();
  const auto developed = firmware::prepare_frame(frame, {}, {});
  const std::size_t stages = line_stages(developed.registers, frame)->names().size();
  for (std::size_t leave = 0; leave <= stages; ++leave) {
    const auto line = line_stages(developed.registers, frame);
    for (std::size_t i = 0; i < leave; ++i) CHECK(line->next().stage == line->names()[i]);
  }
}

void write_dump(const std::filesystem::path& path, int value, int width = 8) {
  isp::Image<std::uint16_t> picture(3 * width, 4);
  for (int y = 0; y < 4; ++y)
    for (int i = 0; i < 3 * width; ++i) picture.row(y)[i] = static_cast<std::uint16_t>(value * (i + 1));
  firmware::write_png(path, firmware::Rgb16(std::as_const(picture).view()), {});
}

TEST_CASE("Dumped pictures become the stages' own numbers, in the order of their names") {
  const TempDir dir;
  write_dump(dir / "10_colour_matrix.png", 8);
  write_dump(dir / "02_stabilise.png", 4);
  write_dump(dir / "00_unpack.png", 3);
  write_dump(dir / "11_halation.png", 4);
  dir.file("notes.txt", "");
  dir.file("overview.png", "");
  const auto dump = dumped_stages(dir.path());
  CHECK(dump->names() == std::vector<std::string>{"unpack", "stabilise", "colour_matrix", "halation"});
  const auto check = [&](std::string_view stage, bool mosaic, int scale) {
    const StageOutput& output = dump->next();
    CHECK(output.stage == stage);
    CHECK(output.mosaic == mosaic);
    CHECK(output.width == 8);
    CHECK(output.height == 4);
    std::vector<int> expected;
    for (int i = 0; i < 4 * 24; i += mosaic ? 3 : 1) expected.push_back(scale * (i % 24 + 1));
    CHECK(samples(output) == expected);
  };
  check("unpack", true, 3);
  check("stabilise", true, 1);
  check("colour_matrix", false, 1);
  check("halation", false, 1);  // another version's stage, as display RGB
}

TEST_CASE("Folders without stages, and pictures that are none, are errors") {
  const TempDir dir;
  dir.file("overview.png", "");
  CHECK_THROWS_AS(dumped_stages(dir.path()), hal::InputError);
  CHECK_THROWS_AS(dumped_stages(dir / "nowhere"), hal::InputError);
  dir.file("00_unpack.png", "no picture");
  CHECK_THROWS_AS(dumped_stages(dir.path())->next(), hal::InputError);
  write_dump(dir / "00_unpack.png", 3, 7);
  CHECK_THROWS_AS(dumped_stages(dir.path())->next(), hal::InputError);
}

}  // namespace
}  // namespace sunny16::sim
