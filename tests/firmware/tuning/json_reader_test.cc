#include "firmware/tuning/json_reader.h"

#include <doctest/doctest.h>

namespace sunny16::firmware {
namespace {

std::string error_of(std::string_view text, JsonDialect dialect = JsonDialect::strict, const JsonLimits& limits = {}) {
  try {
    read_json(text, "t.json", dialect, limits);
  } catch (const TuningError& error) {
    return error.what();
  }
  return "no error";
}

TEST_CASE("JSON values arrive as they stand in the text") {
  const auto json = read_json(R"({"a": [1, -2, 0.5, true, null], "b": {"c": "µ\n"}})", "t.json");
  CHECK(json["a"][1] == -2);
  CHECK(json["a"][2] == 0.5);
  CHECK(json["a"][4].is_null());
  CHECK(json["b"]["c"] == "µ\n");
}

TEST_CASE("Syntax errors name file, line and column") {
  CHECK(error_of("{\n  \"a\": 1,,\n}").starts_with("t.json:2:10: "));
  CHECK(error_of("").starts_with("t.json:1:1: "));
  CHECK(error_of("[1, 2").starts_with("t.json:1:5: "));
  CHECK(error_of("[1e999]").find("number overflow") != std::string::npos);
  CHECK(error_of("[NaN]").starts_with("t.json:1:"));
  CHECK(error_of("{} x").starts_with("t.json:1:4: "));
}

TEST_CASE("Messages are one printable line, whatever the input") {
  for (const std::string_view text :
       {"[\"\xff\x01\n", "{\"a\n\x7f\": 1}", "\x1b[31m", "{\"\\u0007\": 1, \"\\u0007\": 2}"}) {
    const std::string message = error_of(text);
    CHECK(message != "no error");
    for (const char c : message) CHECK((c >= 0x20 && c < 0x7F));
  }
}

TEST_CASE("A key may stand once in an object") {
  CHECK(error_of(R"({"a": {"b": 1, "c": 2, "b": 3}})") == "t.json: $.a.b: found this key twice, allowed once");
  CHECK(error_of(R"([0, {"x y": 1, "x y": 1}])") == "t.json: $[1][\"x y\"]: found this key twice, allowed once");
  CHECK(error_of(R"({"a": {"b": 1}, "b": {"b": 1}})") == "no error");
}

TEST_CASE("Depth, number of values and size are limited") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(error_of(nested(32)) == "no error");
  CHECK(error_of(nested(33)).find("found deeper nesting, allowed 32 levels") != std::string::npos);
  CHECK(error_of(std::string(100000, '[')).find("allowed 32 levels") != std::string::npos);

  CHECK(error_of("[1, 2, 3]", JsonDialect::strict, {.values = 4}) == "no error");
  CHECK(error_of("[1, 2, 3]", JsonDialect::strict, {.values = 3}) == "t.json: $[2]: found more values, allowed 3");

  CHECK(error_of("[1, 2, 3]", JsonDialect::strict, {.bytes = 9}) == "no error");
  CHECK(error_of("[1, 2, 3]", JsonDialect::strict, {.bytes = 8}) == "t.json: found 9 bytes, allowed 8");
}

TEST_CASE("The relaxed dialect takes last commas and comments, and keeps positions") {
  const auto relaxed = [](std::string_view text) { return read_json(text, "t.json", JsonDialect::relaxed); };
  CHECK(relaxed("[1, 2,]") == nlohmann::json({1, 2}));
  CHECK(relaxed("{\"a\": 1 , // one\n } // end") == nlohmann::json({{"a", 1}}));
  CHECK(relaxed("[\"a,]\", /* , ] */ \"b // c\", \"\\\",]\" , /* end */ ]") ==
        nlohmann::json({"a,]", "b // c", "\",]"}));
  CHECK(relaxed("[[1,],]") == nlohmann::json({{1}}));
  CHECK(error_of("[1,]") != "no error");
  CHECK(error_of("[1] // one") != "no error");
  for (const std::string_view text : {"[,]", "[1,,]", "{,}", "{\"a\":,}", ",", ",]", "/*", "[1 /", "\"", "\"\\"})
    CHECK(error_of(text, JsonDialect::relaxed) != "no error");
  CHECK(error_of("[1, /* two\n lines */ oops]", JsonDialect::relaxed).starts_with("t.json:2:11: "));
}

TEST_CASE("Written text reads back as the same values") {
  nlohmann::ordered_json json{
      {"z", {1, 2.5, 1e-7}}, {"a", {{"deep", {{1, 2}, {3}}}, {"empty", nlohmann::json::object()}}}, {"s", "a\"b"}};
  for (int i = 0; i < 300; ++i) json["long"].push_back(i / 7.0);
  const std::string text = write_json(json);
  CHECK(read_json(text, "t.json") == nlohmann::json(json));
  std::size_t longest = 0;
  for (std::size_t start = 0, end; (end = text.find('\n', start)) != std::string::npos; start = end + 1)
    longest = std::max(longest, end - start);
  CHECK(longest <= 120);
}

}  // namespace
}  // namespace sunny16::firmware
