#include "firmware/detect/output_layout.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "firmware/detect/detector.h"

namespace sunny16::firmware {
namespace {

Tensor tensor(std::string name, std::vector<std::int64_t> shape, std::vector<float> values = {}) {
  Tensor t{.name = std::move(name), .shape = std::move(shape), .values = std::move(values)};
  if (t.values.empty()) t.values.resize(elements(t.shape, 1 << 22));
  return t;
}

void check_box(const Detection& found, double x, double y, double width, double height) {
  const std::array expected{x, y, width, height};
  for (std::size_t i = 0; i < 4; ++i) CHECK(found.box[i] == doctest::Approx(expected[i]));
}

std::string refusal(std::vector<Tensor> outputs, Labels labels = {}) {
  try {
    OutputLayout(outputs, std::move(labels), 640, 640);
  } catch (const DetectorError& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("YOLO v5: centres in pixels, objectness times class") {
  const std::vector outputs{tensor("output0", {1, 2, 7},
                                   {320, 160, 64, 128, 0.8f, 0.1f, 0.9f,  //
                                    100, 100, 10, 10, 0.4f, 1, 1})};
  const OutputLayout layout(outputs, {"cat", "dog"}, 640, 640);
  const auto found = layout.read(outputs, 0.5);
  REQUIRE(found.size() == 1);
  CHECK(found[0].label == "dog");
  CHECK(found[0].confidence == doctest::Approx(0.72));
  check_box(found[0], 0.45, 0.15, 0.1, 0.2);
}

TEST_CASE("YOLO v8: boxes side by side, no objectness") {
  std::vector<float> values(6 * 8);
  const std::size_t box = 3;
  for (const auto& [number, value] :
       std::vector<std::pair<std::size_t, float>>{{0, 64}, {1, 32}, {2, 64}, {3, 64}, {4, 0.7f}, {5, 0.2f}})
    values[number * 8 + box] = value;
  const std::vector outputs{tensor("output0", {1, 6, 8}, values)};
  const auto found = OutputLayout(outputs, {}, 128, 64).read(outputs, 0.5);
  REQUIRE(found.size() == 1);
  CHECK(found[0].label == "class 0");
  check_box(found[0], 0.25, 0, 0.5, 1);
}

TEST_CASE("SSD: corners as fractions, the background first") {
  const std::vector outputs{tensor("scores", {1, 2, 3}, {0.1f, 0.2f, 0.7f, 0.9f, 0.05f, 0.05f}),
                            tensor("boxes", {1, 2, 4}, {0.1f, 0.2f, 0.3f, 0.6f, 0, 0, 1, 1})};
  const auto found = OutputLayout(outputs, {"cat", "dog"}, 320, 240).read(outputs, 0.5);
  REQUIRE(found.size() == 1);
  CHECK(found[0].label == "dog");
  check_box(found[0], 0.1, 0.2, 0.2, 0.4);
}

TEST_CASE("SSD after its own suppression, left or top first, with a number of boxes that count") {
  const std::vector<float> corners{0.1f, 0.2f, 0.3f, 0.6f, 0, 0, 1, 1};
  std::vector outputs{tensor("bboxes", {1, 2, 4}, corners), tensor("labels", {1, 2}, {1, 0}),
                      tensor("scores", {1, 2}, {0.9f, 0.8f})};
  const auto all = OutputLayout(outputs, {"cat", "dog"}, 300, 300).read(outputs, 0.5);
  REQUIRE(all.size() == 2);
  CHECK(all[0].label == "dog");
  check_box(all[0], 0.1, 0.2, 0.2, 0.4);

  outputs = {tensor("detection_boxes", {1, 2, 4}, corners), tensor("detection_classes", {1, 2}, {1, 0}),
             tensor("detection_scores", {1, 2}, {0.9f, 0.8f}), tensor("num_detections", {1}, {1})};
  const auto first = OutputLayout(outputs, {}, 300, 300).read(outputs, 0.5);
  REQUIRE(first.size() == 1);
  check_box(first[0], 0.2, 0.1, 0.4, 0.2);
}

TEST_CASE("outputs of another layout are refused with what was found and what is allowed") {
  CHECK(
      refusal({tensor("out", {1, 1000})}).starts_with("model's outputs: found \"out\" of 1 x 1000, allowed 1 x boxes"));
  CHECK(refusal({}).find("found none") != std::string::npos);
  CHECK(refusal({tensor("out", {1, 8400, 85})}, {"one", "two"}).find("for 2 labels") != std::string::npos);
  CHECK(refusal({tensor("out", {2, 84, 8400})}).find("2 x 84 x 8400") != std::string::npos);
  CHECK(refusal({tensor("boxes", {1, 10, 4}), tensor("scores", {1, 11, 2})}) != "");
  CHECK(refusal({tensor("boxes", {1, 10, 4}), tensor("scores", {1, 10, 2})}, {"a", "b", "c"}).find("for 3 labels") !=
        std::string::npos);
  CHECK(refusal({tensor("out", {1, 84, 8400}, {1, 2, 3})}).find("other numbers of values") != std::string::npos);
  CHECK(refusal({tensor("out", {1, 84, 8400})}) == "");
  CHECK(refusal({tensor("out", {1, 25200, 85})}) == "");
}

TEST_CASE("numbers that are none find nothing; other shapes than at first are an error") {
  const float none = std::nanf("");
  const std::vector outputs{tensor("out", {1, 6, 7}, std::vector<float>(42, none))};
  const OutputLayout layout(outputs, {}, 64, 64);
  CHECK(layout.read(outputs, 0.5).empty());
  CHECK_THROWS_AS(layout.read(std::vector{tensor("out", {1, 6, 9})}, 0.5), DetectorError);
  CHECK_THROWS_AS(layout.read({}, 0.5), DetectorError);
}

}  // namespace
}  // namespace sunny16::firmware
