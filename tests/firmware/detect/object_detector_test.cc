// Objects from picture to box: with a network that is made up, and with a model that the installed run-time library
// runs.
#include "firmware/detect/object_detector.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "firmware/detect/open_detectors.h"
#include "firmware/detect/plugin.h"
#include "tests/firmware/detect/onnx_writer.h"
#include "tests/temp_dir.h"

namespace sunny16::firmware {
namespace {

struct Painted {
  Painted(int width, int height, std::array<std::uint8_t, 3> colour) : pixels(3 * width, height) {
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < 3 * width; ++x) pixels.row(y)[x] = colour[static_cast<std::size_t>(x % 3)];
  }
  DetectorInput input() const { return {.rgb = pixels.view()}; }
  isp::Image<std::uint8_t> pixels;
};

/// Finds one thing: the brightest pixel of the input, as a box of 8 x 8 pixels around it. YOLO v8's layout.
class Brightest final : public Network {
 public:
  std::vector<Tensor> run(const Tensor& input) override {
    const auto rows = static_cast<std::size_t>(input.shape[2]), columns = static_cast<std::size_t>(input.shape[3]);
    std::size_t best = 0;
    for (std::size_t i = 0; i < rows * columns; ++i)
      if (input.values[i] > input.values[best]) best = i;
    Tensor output{.name = "output0", .shape = {1, 5, 5}, .values = std::vector<float>(25)};
    const std::array numbers{static_cast<float>(best % columns) + 0.5f, static_cast<float>(best / columns) + 0.5f, 8.f,
                             8.f, input.values[best]};
    for (std::size_t i = 0; i < 5; ++i) output.values[5 * i] = numbers[i];
    return {output};
  }
};

OnnxFile described(int width, int height) {
  return {.name = "m.onnx", .bytes = {}, .input = "images", .width = width, .height = height, .labels = {"spark"}};
}

TEST_CASE("boxes on the network's input come back on the picture, whatever its shape") {
  for (const auto& [width, height] : std::vector<std::pair<int, int>>{{320, 240}, {240, 320}, {640, 120}, {64, 64}}) {
    CAPTURE(width);
    CAPTURE(height);
    Painted picture(width, height, {10, 10, 10});
    const int x = width / 4, y = height / 2;
    for (int dy = 0; dy < 12; ++dy)
      for (int i = 0; i < 36; ++i) picture.pixels.row(y + dy)[3 * x + i] = 255;
    ObjectDetector detector(described(128, 96), std::make_unique<Brightest>(), {});
    const auto found = detector.detect(picture.input());
    REQUIRE(found.size() == 1);
    CHECK(found[0].label == "spark");
    const auto& box = found[0].box;
    const double middle_x = (box[0] + box[2] / 2) * width, middle_y = (box[1] + box[3] / 2) * height;
    const double pixel = std::max(width / 128.0, height / 96.0);  // the spark's first pixel, to one of the input
    CHECK(middle_x >= x - pixel);
    CHECK(middle_x <= x + 12 + pixel);
    CHECK(middle_y >= y - pixel);
    CHECK(middle_y <= y + 12 + pixel);
    CHECK(box[2] * width == doctest::Approx(box[3] * height));  // square on the input, square on the picture
  }
}

/// Whether this build has something that runs models; else the test says so.
bool runs_models() {
  try {
    load_plugin("objects");
    return true;
  } catch (const DetectorError& error) {
    MESSAGE("SKIPPED: " << std::string(error.what()));
    return false;
  }
}

TEST_CASE("a model runs, and sees what is in the picture") {
  if (!runs_models()) return;
  const TempDir folder;
  const auto model = folder.file("colours.onnx", test::colour_detector(64, 64, "{0: 'red', 1: 'blue'}"));
  Detectors detectors = open_detectors({.model = model.string()});
  REQUIRE(detectors.size() == 1);
  CHECK(detectors[0]->name() == "colours.onnx");
  const auto red = detectors[0]->detect(Painted(80, 80, {240, 20, 20}).input());
  REQUIRE(red.size() == 1);
  CHECK(red[0].label == "red");
  CHECK(red[0].confidence == doctest::Approx(240.0 / 255).epsilon(0.01));
  CHECK(red[0].box[0] == doctest::Approx(0));
  CHECK(red[0].box[2] == doctest::Approx(0.5));
  const auto blue = detectors[0]->detect(Painted(80, 80, {20, 20, 240}).input());
  REQUIRE(blue.size() == 1);
  CHECK(blue[0].label == "blue");
  CHECK(blue[0].box[0] == doctest::Approx(0.5));
  CHECK(detectors[0]->detect(Painted(80, 80, {20, 20, 20}).input()).empty());
}

TEST_CASE("labels: those named, those beside the model, the model's own, in this order") {
  if (!runs_models()) return;
  const TempDir folder;
  const auto model = folder.file("colours.onnx", test::colour_detector(64, 64, "{0: 'red', 1: 'blue'}"));
  const Painted picture(80, 80, {240, 20, 20});
  const auto label = [&](const std::string& labels) {
    return open_detectors({.model = model.string(), .labels = labels})[0]->detect(picture.input()).at(0).label;
  };
  CHECK(label("") == "red");
  folder.file("colours.labels.txt", "rouge\nbleu\n");
  CHECK(label("") == "rouge");
  CHECK(label(folder.file("other.txt", "rot\nblau\n").string()) == "rot");
  CHECK_THROWS_WITH_AS(label(folder.file("three.txt", "a\nb\nc\n").string()), doctest::Contains("for 3 labels"),
                       DetectorError);
}

TEST_CASE("a model that is damaged, or does something else, is an error and no crash") {
  if (!runs_models()) return;
  const TempDir folder;
  const auto refusal = [&](const std::string& bytes) -> std::string {
    const auto model = folder.file("m.onnx", bytes);
    try {
      open_detectors({.model = model.string()});
    } catch (const DetectorError& error) {
      return error.what();
    }
    return "";
  };
  test::Message classifier;
  classifier.message(1, test::node("GlobalAveragePool", {"images"}, "mean"));
  classifier.message(1, test::node("Flatten", {"mean"}, "scores"));
  classifier.bytes(2, "g");
  classifier.message(11, test::value_info("images", {1, 3, 64, 64}));
  classifier.message(12, test::value_info("scores", {1, 3}));
  CHECK(refusal(test::model_bytes(classifier))
            .starts_with("m.onnx: model's outputs: found \"scores\" of 1 x 3, allowed"));

  test::Message nonsense;
  nonsense.message(1, test::node("NoSuchOperator", {"images"}, "out"));
  nonsense.bytes(2, "g");
  nonsense.message(11, test::value_info("images", {1, 3, 64, 64}));
  nonsense.message(12, test::value_info("out", {1, 3}));
  const std::string error = refusal(test::model_bytes(nonsense));
  CHECK(error.starts_with("m.onnx: no usable ONNX model"));
  CHECK(error.find('\n') == std::string::npos);
  CHECK(refusal("no model").find("no usable ONNX model") != std::string::npos);
}

}  // namespace
}  // namespace sunny16::firmware
