#include "firmware/looks/cube_file.h"

#include <doctest/doctest.h>

#include <clocale>
#include <functional>

#include "firmware/tuning/json_reader.h"

namespace sunny16::firmware {
namespace {

/// The eight corners, red fastest; each is its own colour.
const std::string kCorners = "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n";
const std::string kIdentity = "LUT_3D_SIZE 2\n" + kCorners;

std::string error_of(std::string_view text) {
  try {
    parse_cube(text, "a.cube");
  } catch (const TuningError& error) {
    return error.what();
  }
  return "no error";
}

TEST_CASE("a 3D table is read with red fastest, behind a title, comments and blank lines") {
  const CubeFile file =
      parse_cube("# made by hand\nTITLE \"Film \\ 1\"\n\nLUT_3D_SIZE 2\nDOMAIN_MIN 0 0 0\n" + kCorners, "a.cube");
  CHECK(file.title == "Film \\ 1");
  CHECK(file.shaper.empty());
  REQUIRE(file.cube.nodes.size() == 8);
  CHECK(file.cube.nodes[1] == Rgb{1, 0, 0});
  CHECK(file.cube.nodes[4] == Rgb{0, 0, 1});
  CHECK(file.apply({0.25, 0.5, 0.125}) == Rgb{0.25, 0.5, 0.125});
}

TEST_CASE("Windows' line endings, a byte order mark, tabs and a missing last line end change nothing") {
  const CubeFile file = parse_cube(
      "\xEF\xBB\xBFLUT_3D_SIZE\t2\r\n0 0 0\r\n1 0 0\r\n0 1 0\r\n1 1 0\r\n0 0 1\r\n1 0 1\r\n\t0 1 1 \r\n1 1 1",
      "a.cube");
  CHECK(file.cube.nodes == parse_cube(kIdentity, "b.cube").cube.nodes);
}

TEST_CASE("numbers are read and written with a point, whatever the locale") {
  const char* german = std::setlocale(LC_NUMERIC, "de_DE.UTF-8");
  if (!german) MESSAGE("the German locale is not installed here: only the C locale was tried");
  const CubeFile file = parse_cube("LUT_1D_SIZE 2\n0.125 0 -1e-2\n1.5 1 1\n", "a.cube");
  CHECK(file.shaper[0] == Rgb{0.125, 0, -0.01});
  CHECK(cube_text({2, std::vector<Rgb>(8, Rgb{0.5, 0.25, 0})}, "").find("0.5 0.25 0\n") != std::string::npos);
  std::setlocale(LC_NUMERIC, "C");
}

TEST_CASE("a domain says which inputs the first and last nodes are for") {
  const CubeFile file =
      parse_cube("LUT_1D_SIZE 3\nDOMAIN_MIN 0 0 -1\nDOMAIN_MAX 2 1 1\n0 0 0\n0.25 0.5 0.5\n1 1 1\n", "a.cube");
  CHECK(file.apply({1, 0.5, 0}) == Rgb{0.25, 0.5, 0.5});
  CHECK(file.apply({9, -9, 0.5}) == Rgb{1, 0, 0.75});
}

TEST_CASE("a file of both tables shapes first and looks up then") {
  // Each channel is halved, and the cube is asked on 0..0.5.
  const CubeFile file = parse_cube(
      "LUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0 1\nLUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0 0.5\n"
      "0 0 0\n0.5 0.5 0.5\n" +
          kCorners,
      "a.cube");
  CHECK(file.shaper.size() == 2);
  CHECK(file.cube.nodes.size() == 8);
  CHECK(file.apply({0.5, 0.25, 1}) == Rgb{0.5, 0.25, 1});
}

TEST_CASE("what the line takes is the file's own nodes, or what the file does at 33 nodes") {
  CHECK(to_colour_cube(parse_cube(kIdentity, "a.cube")).size == 2);
  const isp::ColourCube curve = to_colour_cube(parse_cube("LUT_1D_SIZE 3\n0 0 0\n0.25 0.5 0.75\n1 1 1\n", "a.cube"));
  CHECK(curve.size == 33);
  CHECK(curve.nodes[curve.index(16, 16, 16)] == Rgb{0.25, 0.5, 0.75});
  CHECK(curve.nodes[curve.index(32, 0, 8)][2] == doctest::Approx(0.375));
}

TEST_CASE("what is written is read again, number for number") {
  isp::ColourCube cube{3, {}};
  for (int i = 0; i < 27; ++i) cube.nodes.push_back({i / 27.0, 1 / (1.0 + i), -1e-7 * i});
  const CubeFile file = parse_cube(cube_text(cube, "A \"quoted\"\nname"), "a.cube");
  CHECK(file.cube.nodes == cube.nodes);
  CHECK(file.title == "A  quoted  name");
}

TEST_CASE("bad files are refused with the line, what was found and what is allowed") {
  const auto spoilt = [](const std::string& row, const std::string& by) {
    std::string text = kIdentity;
    return error_of(text.replace(text.find(row), row.size(), by));
  };
  CHECK(error_of("") ==
        "a.cube:1: found the end of the file, allowed LUT_1D_SIZE or LUT_3D_SIZE, and the table's rows");
  CHECK(error_of("LUT_3D_SIZE 256\n") == "a.cube:1: found LUT_3D_SIZE \"256\", allowed one whole number 2 .. 65");
  CHECK(error_of("LUT_3D_SIZE 1\n0 0 0\n") == "a.cube:1: found LUT_3D_SIZE \"1\", allowed one whole number 2 .. 65");
  CHECK(error_of("LUT_3D_SIZE 2.5\n") == "a.cube:1: found LUT_3D_SIZE \"2.5\", allowed one whole number 2 .. 65");
  CHECK(error_of("LUT_1D_SIZE 65536\n") ==
        "a.cube:2: found the end of the file, allowed LUT_1D_SIZE or LUT_3D_SIZE, and the table's rows");
  CHECK(error_of("LUT_1D_SIZE 65537\n") ==
        "a.cube:1: found LUT_1D_SIZE \"65537\", allowed one whole number 2 .. 65536");
  CHECK(error_of("LUT_3D_SIZE\n") == "a.cube:1: found LUT_3D_SIZE with 0 numbers, allowed one whole number 2 .. 65");
  CHECK(error_of("LUT_3D_SIZE 2\nLUT_3D_SIZE 2\n") == "a.cube:2: found LUT_3D_SIZE twice, allowed once");
  CHECK(spoilt("1 1 1\n", "") == "a.cube:9: found the end after 7 rows, allowed 8 of them");
  CHECK(spoilt("1 1 1\n", "1 1 1\n1 1 1\n") == "a.cube:10: found a further row, allowed 8 of them");
  CHECK(spoilt("0 1 0", "0 nan 0") == "a.cube:4: found \"nan\", allowed a number from -1000000 to 1000000");
  CHECK(spoilt("0 1 0", "NAN 1 0").starts_with("a.cube:4: found \"NAN\", allowed a number"));
  CHECK(spoilt("0 1 0", "0 inf 0").starts_with("a.cube:4: found \"inf\", allowed a number"));
  CHECK(spoilt("0 1 0", "0 1e300 0").starts_with("a.cube:4: found \"1e300\", allowed a number"));
  CHECK(spoilt("0 1 0", "0 0,5 0").starts_with("a.cube:4: found \"0,5\", allowed a number"));
  CHECK(spoilt("0 1 0", "0 one 0").starts_with("a.cube:4: found \"one\", allowed a number"));
  CHECK(spoilt("0 1 0", "0 1") == "a.cube:4: found 2 values, allowed three numbers");
  CHECK(spoilt("0 1 0", "0 1 0 1") == "a.cube:4: found 4 values, allowed three numbers");
  CHECK(spoilt("0 1 0", "TITLE \"late\"") ==
        "a.cube:4: found \"TITLE\" after the first row, allowed keywords before the table");
  CHECK(spoilt("0 1 0", std::string(2000, ' ') + "0 1 0") == "a.cube:4: found a line of 2005 bytes, allowed 1024");
  CHECK(error_of("TITLE film\n") == "a.cube:1: found a title without quotes, allowed TITLE \"text\"");
  CHECK(error_of("LUT_IN_VIDEO_RANGE\n")
            .starts_with("a.cube:1: found \"LUT_IN_VIDEO_RANGE\", allowed TITLE, LUT_1D_SIZE"));
  CHECK(error_of(std::string(kMostCubeBytes + 1, '#')) == "a.cube: found 16777217 bytes, allowed 16777216");
}

TEST_CASE("domains that cannot be are refused") {
  const auto with = [](const std::string& header) { return error_of(header + kIdentity); };
  CHECK(with("DOMAIN_MIN 0 0.5 0\nDOMAIN_MAX 1 0.5 1\n") ==
        "a.cube:4: found a domain that does not rise, allowed a maximum above the minimum, for each channel");
  CHECK(with("DOMAIN_MIN 1 1 1\nDOMAIN_MAX 0 0 0\n").starts_with("a.cube:4: found a domain that does not rise"));
  CHECK(with("DOMAIN_MAX 0 0 nan\n").starts_with("a.cube:1: found \"nan\""));
  CHECK(with("LUT_3D_INPUT_RANGE 1 0\n").starts_with("a.cube:3: found a domain that does not rise"));
  CHECK(with("LUT_3D_INPUT_RANGE 0 1\nDOMAIN_MIN 0 0 0\n") ==
        "a.cube:4: found DOMAIN_MIN or DOMAIN_MAX beside an input range, allowed one of them");
  CHECK(with("LUT_1D_INPUT_RANGE 0 1\n") ==
        "a.cube:3: found LUT_1D_INPUT_RANGE without a 1D table, allowed LUT_1D_SIZE beside it");
  CHECK(error_of("LUT_1D_SIZE 2\nDOMAIN_MAX 2 2 2\n" + kIdentity) ==
        "a.cube:4: found DOMAIN_MIN or DOMAIN_MAX of two tables, allowed LUT_1D_INPUT_RANGE and LUT_3D_INPUT_RANGE, or "
        "one table");
}

}  // namespace
}  // namespace sunny16::firmware
