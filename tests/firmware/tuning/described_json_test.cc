#include "firmware/tuning/described_json.h"

#include <doctest/doctest.h>

#include "firmware/tuning/described_schema.h"
#include "firmware/tuning/described_text.h"

namespace sunny16::firmware {
namespace {

enum class Shape { round, square };

struct Part {
  double size = 1;
  Shape shape = Shape::round;
};

struct Whole {
  bool enabled = true;
  int count = 3;
  double strength = 0.5;
  std::string name = "whole";
  std::array<double, 3> gains{1, 1, 1};
  std::vector<double> list{1};
  Shape shape = Shape::square;
  Part part;
  std::vector<Part> parts;

  std::string problem() const { return parts.size() > 2 ? ".parts: found more than 2, allowed 2" : ""; }
};

struct Empty {};

}  // namespace
}  // namespace sunny16::firmware

namespace sunny16::isp {
template <>
struct EnumNames<firmware::Shape> {
  static constexpr std::array<std::string_view, 2> names{"round", "square"};
};
template <>
struct Describe<firmware::Part> {
  static constexpr auto fields = std::tuple{field<&firmware::Part::size>("size", 0.5, 2, "mm", "Size."),
                                            field<&firmware::Part::shape>("shape", 0, 0, "", "Shape.")};
};
template <>
struct Describe<firmware::Whole> {
  using W = firmware::Whole;
  static constexpr auto fields =
      std::tuple{field<&W::enabled>("enabled", 0, 1, "", "On."),       field<&W::count>("count", 0, 10, "px", "Count."),
                 field<&W::strength>("strength", 0, 1, "ratio", "S."), field<&W::name>("name", 0, 0, "", "Name."),
                 field<&W::gains>("gains", 0.25, 4, "ratio", "G."),    field<&W::list>("list", -1, 1, "", "List."),
                 field<&W::shape>("shape", 0, 0, "", "Shape."),        field<&W::part>("part", 0, 0, "", "Part."),
                 field<&W::parts>("parts", 0, 0, "", "Parts.")};
};
template <>
struct Describe<firmware::Empty> {
  static constexpr auto fields = std::tuple{};
};
}  // namespace sunny16::isp

namespace sunny16::firmware {
namespace {

Whole read(std::string_view text) {
  Whole whole;
  read_value(read_json(text, "t"), whole, "$", {});
  return whole;
}

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

TEST_CASE("Described structs make the round trip, every type of field") {
  const Whole whole =
      read(R"({"enabled": false, "count": 7, "strength": 0.1, "name": "µ", "gains": [0.3, 1, 4], "list": [],
      "shape": "round", "part": {"size": 2}, "parts": [{"shape": "square"}, {"size": 0.5}]})");
  CHECK_FALSE(whole.enabled);
  CHECK(whole.count == 7);
  CHECK(whole.strength == 0.1);
  CHECK(whole.name == "µ");
  CHECK(whole.gains[0] == 0.3);
  CHECK(whole.list.empty());
  CHECK(whole.shape == Shape::round);
  CHECK(whole.part.size == 2);
  CHECK(whole.parts[0].shape == Shape::square);
  CHECK(to_json(read(to_json(whole).dump())) == to_json(whole));
}

TEST_CASE("What is absent keeps its default") {
  CHECK(to_json(read("{}")) == to_json(Whole{}));
  CHECK(read(R"({"count": 4.0})").count == 4);
}

TEST_CASE("Every refusal names the path, what was found and what is allowed") {
  CHECK(read_error(R"({"strength": 1.5})") == "$.strength: found 1.5, allowed a number 0 .. 1");
  CHECK(read_error(R"({"strength": "1"})") == "$.strength: found \"1\", allowed a number 0 .. 1");
  CHECK(read_error(R"({"strength": null})") == "$.strength: found null, allowed a number 0 .. 1");
  CHECK(read_error(R"({"count": 2.5})") == "$.count: found 2.5, allowed a whole number 0 .. 10");
  CHECK(read_error(R"({"count": -1})") == "$.count: found -1, allowed a whole number 0 .. 10");
  CHECK(read_error(R"({"count": 99999999999999999999})").find("allowed a whole number 0 .. 10") != std::string::npos);
  CHECK(read_error(R"({"enabled": 1})") == "$.enabled: found 1, allowed true or false");
  CHECK(read_error(R"({"gains": [1, 1]})") == "$.gains: found an array of 2, allowed an array of 3");
  CHECK(read_error(R"({"gains": [1, 5, 1]})") == "$.gains[1]: found 5, allowed a number 0.25 .. 4");
  CHECK(read_error(R"({"list": {}})") == "$.list: found an object, allowed an array");
  CHECK(read_error(R"({"shape": "oval"})") == "$.shape: found \"oval\", allowed one of round, square");
  CHECK(read_error(R"({"parts": [{}, {"size": 9}]})") == "$.parts[1].size: found 9, allowed a number 0.5 .. 2");
  CHECK(read_error(R"({"part": {"colour": 1}})") ==
        "$.part.colour: found an unknown key, allowed the keys size, shape");
  CHECK(read_error(R"({"parts": [{}, {}, {}]})") == "$.parts: found more than 2, allowed 2");
  CHECK(read_error("[]") == "$: found an array of 0, allowed an object");
}

TEST_CASE("A field is set from text, by its type") {
  Adaptive<Whole> whole;
  const auto set = [&](std::string_view name, std::string_view text) { set_field(whole, name, text, "whole"); };
  set("enabled", "off");
  set("count", "9");
  set("strength", "0.25");
  set("gains", "1,2,3.5");
  set("list", "");
  set("shape", "round");
  set("name", "new");
  set("part", R"({"size": 1.5})");
  CHECK_FALSE(whole.base.enabled);
  CHECK(whole.base.count == 9);
  CHECK(whole.base.strength == 0.25);
  CHECK(whole.base.gains == std::array<double, 3>{1, 2, 3.5});
  CHECK(whole.base.list.empty());
  CHECK(whole.base.shape == Shape::round);
  CHECK(whole.base.name == "new");
  CHECK(whole.base.part.size == 1.5);

  const auto before = to_json(whole);
  CHECK(error_of([&] { set("strength", "2"); }) == "whole.strength: found 2, allowed a number 0 .. 1");
  CHECK(error_of([&] { set("strength", "much"); }) == "whole.strength: found \"much\", allowed a number 0 .. 1");
  CHECK(error_of([&] { set("strength", "nan"); }).find("allowed a number 0 .. 1") != std::string::npos);
  CHECK(error_of([&] { set("count", ""); }) == "whole.count: found \"\", allowed a whole number 0 .. 10");
  CHECK(error_of([&] { set("gains", "1,2"); }) == "whole.gains: found an array of 2, allowed an array of 3");
  CHECK(error_of([&] { set("gains", "1,,2"); }) == "whole.gains[1]: found \"\", allowed a number 0.25 .. 4");
  CHECK(error_of([&] { set("part", "{"); }).starts_with("whole.part:1:1: "));
  CHECK(error_of([&] { set("size", "1"); }).starts_with("whole.size: found an unknown key"));
  CHECK(to_json(whole) == before);
}

TEST_CASE("The schema says what reading checks") {
  const auto schema = object_schema<Whole>(true);
  CHECK(schema["additionalProperties"] == false);
  const auto& properties = schema["properties"];
  CHECK(properties.size() == 9);
  CHECK(properties["enabled"]["type"] == "boolean");
  CHECK(properties["shape"]["enum"] == nlohmann::json({"round", "square"}));
  CHECK(properties["shape"]["default"] == "square");
  const auto& strength = properties["strength"];
  CHECK(strength["anyOf"][0] == nlohmann::ordered_json{{"type", "number"}, {"minimum", 0}, {"maximum", 1}});
  CHECK(strength["anyOf"][1]["required"].size() == 3);
  CHECK(strength["description"] == "S. Unit: ratio.");
  CHECK(properties["count"]["type"] == "integer");  // other fields may have to agree with it: no curve
  const auto& gains = properties["gains"]["anyOf"][0];
  CHECK(gains["minItems"] == 3);
  CHECK(gains["maxItems"] == 3);
  CHECK(gains["items"]["maximum"] == 4);
  CHECK(properties["parts"]["items"]["properties"]["size"]["minimum"] == 0.5);
  CHECK(object_schema<Empty>(true)["properties"].empty());
}

TEST_CASE("The table of parameters has a row for each field, members of lists included") {
  const std::string table = markdown_section<Whole>("whole");
  CHECK(table.starts_with("## whole\n"));
  CHECK(table.find("| `strength` | 0.5 | 0 .. 1 | ratio | S. |\n") != std::string::npos);
  CHECK(table.find("| `parts[].size` | 1.0 | 0.5 .. 2 | mm | Size. |\n") != std::string::npos);
  CHECK(markdown_section<Empty>("empty").find("No parameters.") != std::string::npos);
}

}  // namespace
}  // namespace sunny16::firmware
