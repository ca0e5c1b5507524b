#include "firmware/detect/onnx_file.h"

#include <doctest/doctest.h>

#include "firmware/detect/detector.h"
#include "tests/firmware/detect/onnx_writer.h"
#include "tests/temp_dir.h"

namespace sunny16::firmware {
namespace {

using test::Message;

OnnxFile parse(const std::string& text) {
  const auto bytes = std::as_bytes(std::span(text));
  return parse_onnx("model.onnx", {bytes.begin(), bytes.end()});
}

std::string refusal(const std::string& text) {
  try {
    parse(text);
  } catch (const DetectorError& error) {
    return error.what();
  }
  return "";
}

std::string with_input(const Message& input) {
  Message graph;
  graph.message(11, input);
  return test::model_bytes(graph);
}

TEST_CASE("a model says its input and its classes") {
  const OnnxFile file = parse(test::colour_detector(96, 64, "{0: 'red thing', 1: \"blue\"}"));
  CHECK(file.input == "images");
  CHECK(file.width == 96);
  CHECK(file.height == 64);
  CHECK(file.labels == Labels{"red thing", "blue"});
}

TEST_CASE("sizes that are left open are usual ones; weights among the inputs do not count") {
  Message graph;
  graph.message(11, test::value_info("w", {8}));
  graph.message(11, test::value_info("images", {0, 3, 0, 0}));
  graph.message(5, test::initializer<float>("w", {8}, std::vector<float>(8)));
  const OnnxFile file = parse(test::model_bytes(graph));
  CHECK(file.width == 640);
  CHECK(file.height == 640);
}

TEST_CASE("what is no ONNX model is refused") {
  CHECK(refusal("").find("found no IR version and no graph") != std::string::npos);
  CHECK(
      refusal("\x89PNG\r\n\x1a\n and more bytes of a picture").starts_with("model.onnx: no usable ONNX model: offset"));
  CHECK(refusal("{\"json\": true}") != "");
  CHECK(refusal(std::string(64, '\0')).find("field number 0") != std::string::npos);
  const std::string whole = test::colour_detector(64, 64);
  CHECK(refusal(whole.substr(0, whole.size() / 2)).find("beyond the end") != std::string::npos);
  for (std::size_t size = 0; size < whole.size(); size += 7) CHECK_NOTHROW(refusal(whole.substr(0, size)));
}

TEST_CASE("inputs that are no picture are refused with their shape") {
  CHECK(refusal(with_input(test::value_info("x", {1, 224, 224, 3}))).find("\"x\" of 1 x 224 x 224 x 3") !=
        std::string::npos);
  CHECK(refusal(with_input(test::value_info("x", {1, 3, 224, 224}, 2))).find("ONNX type 2") != std::string::npos);
  CHECK(refusal(with_input(test::value_info("x", {4, 3, 224, 224}))) != "");
  CHECK(refusal(with_input(test::value_info("x", {1, 3, 224}))) != "");
  CHECK(refusal(with_input(test::value_info("x", {1, 3, 8, 8}))) != "");
  CHECK(refusal(with_input(test::value_info("x", {1, 3, 100000, 100000}))).find("sides of 32 to 2048") !=
        std::string::npos);
  CHECK(refusal(with_input(test::value_info("x", test::Shape(40, 1)))).find("more than 16 dimensions") !=
        std::string::npos);
  Message two;
  two.message(11, test::value_info("a", {1, 3, 64, 64})).message(11, test::value_info("b", {1, 3, 64, 64}));
  CHECK(refusal(test::model_bytes(two)).find("found 2 inputs") != std::string::npos);
  CHECK(refusal(with_input(test::value_info("x", {0, 3, 64, 64}))) == "");
}

TEST_CASE("files: missing, and too large without being read") {
  const TempDir folder;
  CHECK_THROWS_AS(read_onnx(folder / "none.onnx"), DetectorError);
  CHECK_THROWS_AS(read_onnx(folder.path()), DetectorError);
  const auto large = folder.file("large.onnx", "x");
  std::filesystem::resize_file(large, std::uintmax_t{300} << 20);
  CHECK_THROWS_WITH_AS(read_onnx(large), doctest::Contains("found 314572800 bytes, allowed 268435456"), DetectorError);
}

TEST_CASE("labels: one a line") {
  const TempDir folder;
  CHECK(read_labels(folder.file("a.txt", "\xEF\xBB\xBFperson\r\nbird\r\n\r\n")) == Labels{"person", "bird"});
  CHECK_THROWS_WITH_AS(read_labels(folder.file("b.txt", std::string("ok\n\0x\n", 6))),
                       doctest::Contains("b.txt:2: found a control character, allowed text"), DetectorError);
  CHECK_THROWS_AS(read_labels(folder.file("c.txt", "")), DetectorError);
  CHECK_THROWS_AS(read_labels(folder.file("d.txt", std::string(1000, 'x'))), DetectorError);
  CHECK_THROWS_AS(read_labels(folder / "none.txt"), DetectorError);
  CHECK(labels_of_names("{0: 'person', 1: \"traveller's bag\"}") == Labels{"person", "traveller's bag"});
  CHECK(labels_of_names("person, bird").empty());
  CHECK(labels_of_names("{0: 'person}").empty());
}

}  // namespace
}  // namespace sunny16::firmware
