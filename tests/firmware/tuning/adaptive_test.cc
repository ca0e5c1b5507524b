#include "firmware/tuning/adaptive.h"

#include <doctest/doctest.h>

#include <limits>

#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {
namespace {

struct Sample {
  double strength = 1;
  int radius = 2;
  std::array<double, 2> pair{1, 1};
  std::vector<int> list;
  bool enabled = true;
};

}  // namespace
}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::Sample> {
  using S = firmware::Sample;
  static constexpr auto fields =
      std::tuple{field<&S::strength>("strength", 0, 4, "ratio", "."), field<&S::radius>("radius", 0, 9, "px", "."),
                 field<&S::pair>("pair", 0, 4, "ratio", "."), field<&S::list>("list", 0, 100, "", "."),
                 field<&S::enabled>("enabled", 0, 1, "", ".")};
};

namespace sunny16::firmware {
namespace {

Adaptive<Sample> read(std::string_view text) {
  Adaptive<Sample> sample;
  read_adaptive(read_json(text, "t"), sample, "$");
  return sample;
}

std::string error_of(std::string_view text) {
  try {
    read(text);
  } catch (const TuningError& error) {
    return error.what();
  }
  return "no error";
}

isp::Conditions at_gain(double gain) {
  isp::Conditions conditions;
  conditions.analogue_gain = gain;
  return conditions;
}

TEST_CASE("Gain is interpolated by stops, and clamped") {
  const auto sample = read(R"({"strength": {"by": "AnalogueGain", "at": [1, 16], "value": [0, 4]}})");
  CHECK(sample.at(at_gain(4)).strength == doctest::Approx(2).epsilon(1e-12));
  CHECK(sample.at(at_gain(2)).strength == doctest::Approx(1).epsilon(1e-12));
  CHECK(sample.at(at_gain(1)).strength == 0);
  CHECK(sample.at(at_gain(16)).strength == 4);
  CHECK(sample.at(at_gain(0.1)).strength == 0);
  CHECK(sample.at(at_gain(1000)).strength == 4);
  CHECK(sample.at(at_gain(0)).strength == 0);
  CHECK(sample.at(at_gain(std::numeric_limits<double>::quiet_NaN())).strength == 0);
  CHECK(sample.at(at_gain(4)).radius == 2);  // not a curve: the plain value
}

TEST_CASE("Colour temperature is interpolated in mired, lux by doublings") {
  isp::Conditions conditions;
  conditions.colour_temperature = 4000;
  CHECK(read(R"({"strength": {"by": "ColourTemperature", "at": [2500, 10000], "value": [1, 2]}})")
            .at(conditions)
            .strength == doctest::Approx(1.5));  // 400, 250, 100 mired
  conditions.lux = 100;
  CHECK(read(R"({"strength": {"by": "Lux", "at": [10, 1000], "value": [1, 2]}})").at(conditions).strength ==
        doctest::Approx(1.5));
}

TEST_CASE("Whole numbers are rounded half up; arrays go element by element") {
  const auto sample = read(R"({"radius": {"by": "AnalogueGain", "at": [1, 4], "value": [1, 4]},
                               "pair": {"by": "AnalogueGain", "at": [1, 4, 16], "value": [[0, 1], [2, 1], [4, 0]]},
                               "list": {"by": "AnalogueGain", "at": [1, 4], "value": [[10, 20, 30], [20, 40, 30]]}})");
  const Sample at2 = sample.at(at_gain(2));
  CHECK(at2.radius == 3);  // 2.5
  CHECK(at2.pair == std::array<double, 2>{1, 1});
  CHECK(at2.list == std::vector<int>{15, 30, 30});
  CHECK(sample.at(at_gain(8)).pair == std::array<double, 2>{3, 0.5});
}

TEST_CASE("Interpolated values stay between the nodes' values") {
  const auto sample = read(R"({"strength": {"by": "AnalogueGain", "at": [1, 3, 7], "value": [0.1, 0.3, 0.3]}})");
  for (double gain = 0.5; gain < 9; gain *= 1.01) {
    const double v = sample.at(at_gain(gain)).strength;
    CHECK((v >= 0.1 && v <= 0.3));
    if (gain >= 3) CHECK(v == 0.3);
  }
}

TEST_CASE("Curves are written back unchanged") {
  const std::string text = R"({"strength": {"by": "Lux", "at": [10, 1000], "value": [0.1, 0.7]},
                               "radius": {"by": "AnalogueGain", "at": [1], "value": [7]},
                               "pair": {"by": "ColourTemperature", "at": [3000, 6500], "value": [[0, 1], [2, 3]]}})";
  const auto written = to_json(read(text));
  const auto original = read_json(text, "t");
  for (const auto& [key, value] : original.items()) CHECK(nlohmann::json(written[key]) == value);
  const auto again = read(write_json(written));
  CHECK(again.curves.size() == 3);
  CHECK(to_json(again) == written);
}

TEST_CASE("A later plain value takes the place of a curve") {
  auto sample = read(R"({"strength": {"by": "Lux", "at": [10, 1000], "value": [0.1, 0.7]}})");
  read_adaptive(read_json(R"({"strength": 2})", "t"), sample, "$");
  CHECK(sample.curves.empty());
  CHECK(sample.at({}).strength == 2);
}

TEST_CASE("Wrong curves are refused with their path") {
  CHECK(error_of(R"({"strength": {"by": "Lux", "at": [10, 10], "value": [1, 2]}})") ==
        "$.strength.at[1]: found 10, allowed more than the node before, 10");
  CHECK(error_of(R"({"strength": {"by": "Lux", "at": [10], "value": [1, 2]}})") ==
        "$.strength.value: found an array of 2, allowed an array of 1, one value a node");
  CHECK(error_of(R"({"strength": {"by": "Lux", "at": [1, 2], "value": [1, 5]}})") ==
        "$.strength.value[1]: found 5, allowed a number 0 .. 4");
  CHECK(error_of(R"({"strength": {"by": "ISO", "at": [1], "value": [1]}})") ==
        "$.strength.by: found \"ISO\", allowed one of AnalogueGain, ColourTemperature, Lux");
  CHECK(error_of(R"({"strength": {"by": "Lux", "at": [0], "value": [1]}})")
            .starts_with("$.strength.at[0]: found 0, allowed "));
  CHECK(error_of(R"({"strength": {"by": "Lux", "at": [], "value": []}})").starts_with("$.strength.at: "));
  CHECK(error_of(R"({"strength": {"by": "Lux", "at": [1]}})").starts_with("$.strength.value: found nothing"));
  CHECK(error_of(R"({"strength": {"by": "Lux", "at": [1], "value": [1], "x": 1}})")
            .starts_with("$.strength.x: found an unknown key"));
  CHECK(error_of(R"({"list": {"by": "Lux", "at": [1, 2], "value": [[1, 2], [1]]}})").starts_with("$.list.value[0]: "));
  CHECK(error_of(R"({"enabled": {"by": "Lux", "at": [1], "value": [true]}})") ==
        "$.enabled: found an object, allowed true or false");
}

}  // namespace
}  // namespace sunny16::firmware
