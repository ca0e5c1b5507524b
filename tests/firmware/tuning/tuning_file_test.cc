#include "firmware/tuning/tuning_file.h"

#include <doctest/doctest.h>

#include "isp/stages/white_balance.h"

namespace sunny16::firmware {
namespace {

struct BlurTuning {
  bool enabled = true;
  double strength = 1;
  std::vector<double> taps{1};
};

struct Blur {
  static constexpr std::string_view name = "blur";
  using Tuning = BlurTuning;
};

struct Plain {
  static constexpr std::string_view name = "plain";
  struct Tuning {};
};

}  // namespace
}  // namespace sunny16::firmware

namespace sunny16::isp {
template <>
struct Describe<firmware::BlurTuning> {
  using B = firmware::BlurTuning;
  static constexpr auto fields =
      std::tuple{field<&B::enabled>("enabled", 0, 1, "", "On."), field<&B::strength>("strength", 0, 2, "ratio", "S."),
                 field<&B::taps>("taps", -1, 1, "", "Taps.")};
};
template <>
struct Describe<firmware::Plain::Tuning> {
  static constexpr auto fields = std::tuple{};
};
}  // namespace sunny16::isp

namespace sunny16::firmware {
namespace {

using Stages = std::tuple<Blur, isp::WhiteBalance, Plain>;

Tuning<Stages> read(std::string_view text) { return read_tuning<Stages>(read_json(text, "t.json"), "t.json: $"); }

template <class F>
std::string error_of(F&& f) {
  try {
    f();
  } catch (const TuningError& error) {
    return error.what();
  }
  return "no error";
}

std::string read_error(std::string_view text) {
  return error_of([&] { read(text); });
}

TEST_CASE("A tuning resolves to the tuple of the stages' tunings under the conditions") {
  const auto tuning = read(R"({"sunny16_tuning": 1, "stages": {
      "blur": {"strength": {"by": "AnalogueGain", "at": [1, 16], "value": [0.5, 1.5]}, "taps": [0.25, 0.5]},
      "white_balance": {"trim": [1, 1, 1.25]}}})");
  isp::Conditions conditions;
  conditions.analogue_gain = 4;
  const std::tuple<BlurTuning, isp::WhiteBalanceTuning, Plain::Tuning> resolved = tuning.resolve(conditions);
  CHECK(std::get<0>(resolved).strength == doctest::Approx(1));
  CHECK(std::get<0>(resolved).taps.size() == 2);
  CHECK(std::get<1>(resolved).trim[2] == 1.25);
}

TEST_CASE("Sections are read, also as curves") {
  const auto tuning = read(R"({"sunny16_tuning": 1, "sensor": {"name": "imx000", "black": [64, 65, 66, 67]},
      "awb": {"sensitivity_r": {"by": "Lux", "at": [1, 4], "value": [1, 1.5]}},
      "agc": {"channels": [{"base_ev": 2}]}})");
  CHECK(tuning.sensor.base.black[3] == 67);
  isp::Conditions conditions;
  conditions.lux = 2;
  CHECK(tuning.awb.at(conditions).sensitivity_r == doctest::Approx(1.25));
  CHECK(tuning.agc.base.channels.size() == 1);
  CHECK(tuning.agc.base.channels[0].base_ev == 2);
  CHECK(tuning.agc.base.channels[0].exposure_modes.size() == 3);
}

TEST_CASE("Written and read again, a tuning is the same") {
  for (const std::string_view text :
       {R"({"sunny16_tuning": 1})",
        R"({"sunny16_tuning": 1, "stages": {"blur": {"strength": {"by": "Lux", "at": [1, 16], "value": [0.5, 1.5]}}},
            "colour": {"matrices": [{"temperature": 4000, "matrix": [1.1, -0.1, 0, 0, 1, 0, 0, 0, 1]}]},
            "shading": {"columns": 2, "rows": 2, "luminance": [1, 2, 3, 4]}})"}) {
    const auto json = tuning_to_json<Stages>(read(text));
    CHECK(tuning_to_json<Stages>(read(write_json(json))) == json);
    const auto original = read_json(text, "t");
    for (const auto& [key, value] : original.items()) CHECK(json.contains(key));
  }
}

TEST_CASE("Wrong files are refused with the path of what is wrong") {
  CHECK(read_error("[]") == "t.json: $: found an array of 0, allowed an object");
  CHECK(read_error("{}") == "t.json: $.sunny16_tuning: found nothing, allowed 1");
  CHECK(read_error(R"({"sunny16_tuning": 2})") == "t.json: $.sunny16_tuning: found 2, allowed a whole number 1 .. 1");
  CHECK(read_error(R"({"sunny16_tuning": 1, "stage": {}})")
            .starts_with("t.json: $.stage: found an unknown key, allowed the keys sensor, "));
  CHECK(read_error(R"({"sunny16_tuning": 1, "stages": {"blurr": {}}})") ==
        "t.json: $.stages.blurr: found an unknown stage, allowed blur white_balance plain");
  CHECK(read_error(R"({"sunny16_tuning": 1, "stages": {"blur": {"strength": 3}}})") ==
        "t.json: $.stages.blur.strength: found 3, allowed a number 0 .. 2");
  CHECK(read_error(R"({"sunny16_tuning": 1, "stages": {"plain": {"a": 3}}})")
            .starts_with("t.json: $.stages.plain.a: found an unknown key"));
  CHECK(read_error(R"({"sunny16_tuning": 1, "sensor": {"black": [1, 2]}})") ==
        "t.json: $.sensor.black: found 2 levels, allowed none or 4");
  CHECK(read_error(R"({"sunny16_tuning": 1, "shading": {"columns": {"by": "Lux", "at": [1], "value": [2]}}})") ==
        "t.json: $.shading.columns: found an object, allowed a whole number 0 .. 33");
  CHECK(read_error(R"({"sunny16_tuning": 1, "agc": {"channels": [{"exposure_modes": [{"name": "a", "gain": [1]}]}]}})")
            .starts_with("t.json: $.agc.channels[0].exposure_modes[0].gain: found 1 steps"));
}

TEST_CASE("Parameters of stages and sections are set by name") {
  Tuning<Stages> tuning;
  set_parameter(tuning, "blur.strength", "1.5");
  set_parameter(tuning, "white_balance.trim", "1,1.1,1.2");
  set_parameter(tuning, "noise.shot", "0.001");
  CHECK(std::get<0>(tuning.stages).base.strength == 1.5);
  CHECK(std::get<1>(tuning.stages).base.trim[1] == 1.1);
  CHECK(tuning.noise.base.shot == 0.001);
  const auto error = [&](std::string_view path, std::string_view value) {
    return error_of([&] { set_parameter(tuning, path, value); });
  };
  CHECK(error("blur.strength", "9") == "blur.strength: found 9, allowed a number 0 .. 2");
  CHECK(error("blurr.strength", "1")
            .starts_with("\"blurr\": found an unknown stage or section, allowed blur white_balance plain"));
  CHECK(error("blur.taste", "1").starts_with("blur.taste: found an unknown key"));
  CHECK(error("blur", "1").find("found an unknown key") != std::string::npos);
  CHECK(error("sensor.black", "1,2").starts_with("sensor.black: found 2 levels"));
}

TEST_CASE("The schema lists every section and stage, and refuses the rest") {
  const auto schema = tuning_schema<Stages>();
  CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  CHECK(schema["required"] == nlohmann::json({"sunny16_tuning"}));
  const auto json = tuning_to_json<Stages>(Tuning<Stages>{});
  CHECK(schema["properties"].size() == json.size());
  for (const auto& [key, value] : json.items()) CHECK(schema["properties"].contains(key));
  CHECK(schema["properties"]["stages"]["properties"]["blur"]["properties"]["taps"]["anyOf"].size() == 2);
  CHECK(schema["properties"]["stages"]["additionalProperties"] == false);
}

TEST_CASE("The reference lists every parameter") {
  const std::string text = tuning_markdown<Stages>();
  for (const char* expected : {"## stages.blur\n", "| `strength` | 1.0 | 0 .. 2 | ratio | S. |", "## stages.plain\n",
                               "## awb\n", "| `ct_curve[].r` |", "| `channels[].exposure_modes[].shutter_us` |"})
    CHECK_MESSAGE(text.find(expected) != std::string::npos, expected);
}

}  // namespace
}  // namespace sunny16::firmware
