#include "firmware/detect/on_sensor.h"

#include <doctest/doctest.h>

namespace sunny16::firmware {
namespace {

/// Tensors as an IMX500 sends them, made up: three places for boxes, two of which count.
hal::NetworkOutput made_up() {
  return {.network = "ssd",
          .shapes = {{1, 4, 3}, {1, 3}, {1, 3}, {1}},
          .values = {0.2f, 0.5f, 0, 0.1f, 0.5f, 0, 0.6f, 0.9f, 1,  // tops, lefts, bottoms
                     0.3f, 0.7f, 1, 0.9f, 0.8f, 0.95f, 1, 0, 0,    // rights, scores, classes
                     2}};
}

std::vector<Detection> detect(const hal::NetworkOutput& output) {
  OnSensorDetector detector({"person", "bird"});
  return detector.detect({.on_sensor = std::make_shared<hal::NetworkOutput>(output)});
}

std::string refusal(const hal::NetworkOutput& output) {
  try {
    detect(output);
  } catch (const DetectorError& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("boxes, scores and classes of a network on the sensor") {
  const auto found = detect(made_up());
  REQUIRE(found.size() == 2);
  CHECK(found[0].label == "bird");
  CHECK(found[0].confidence == doctest::Approx(0.9));
  const Box expected{0.1, 0.2, 0.2, 0.4};
  for (std::size_t i = 0; i < 4; ++i) CHECK(found[0].box[i] == doctest::Approx(expected[i]));
  CHECK(found[1].label == "person");
}

TEST_CASE("boxes are those of the upright picture") {
  OnSensorDetector detector({"person", "bird"});
  const auto found = detector.detect(
      {.turned = Orientation::rotation(90), .on_sensor = std::make_shared<hal::NetworkOutput>(made_up())});
  REQUIRE(found.size() == 2);
  const Box expected{0.4, 0.1, 0.4, 0.2};  // a clockwise turn brings the bottom to the left
  for (std::size_t i = 0; i < 4; ++i) CHECK(found[0].box[i] == doctest::Approx(expected[i]));
}

TEST_CASE("a frame without tensors says nothing") {
  OnSensorDetector detector;
  CHECK(detector.detect({}).empty());
}

TEST_CASE("tensors of another layout are errors that name the network") {
  hal::NetworkOutput output = made_up();
  output.shapes.pop_back();
  CHECK(refusal(output) ==
        "sensor's network \"ssd\": found 3 tensors, allowed 4: boxes, scores, classes and their number");
  output = made_up();
  output.values.pop_back();
  CHECK(refusal(output) == "sensor's network \"ssd\": found 18 values, allowed 19");
  output = made_up();
  output.shapes[1] = {4};
  CHECK(refusal(output).find("found 4 scores, 3 classes and 1 numbers for 3 boxes") != std::string::npos);
  output = made_up();
  output.shapes[0] = {0xffffffff, 0xffffffff};
  CHECK(refusal(output) != "");
  output = made_up();
  output.values.back() = 1e30f;
  CHECK(refusal(output) == "");  // no more than there are
}

}  // namespace
}  // namespace sunny16::firmware
