#include "sim/camera/fault_script.h"

#include <doctest/doctest.h>

#include "firmware/tuning/json_reader.h"

namespace sunny16::sim {
namespace {

std::string error_of(const std::string& event) {
  try {
    parse_fault_script(R"({"faults": [)" + event + "]}", "script");
  } catch (const firmware::TuningError& error) {
    return error.what();
  }
  return "no error";
}

TEST_CASE("Scripts are read") {
  const FaultScript script = parse_fault_script(
      R"({"faults": [{"fault": "drop", "at_frame": 100, "count": 3}, {"fault": "disconnect", "at_s": 12.5, "for_s": 2}]})",
      "script");
  REQUIRE(script.faults.size() == 2);
  CHECK(script.faults[0].fault == FaultKind::drop);
  CHECK(script.faults[0].at_frame == 100);
  CHECK(script.faults[0].count == 3);
  CHECK(script.faults[1].fault == FaultKind::disconnect);
  CHECK(script.faults[1].at_s == 12.5);
  CHECK(script.faults[1].for_s == 2);
  CHECK(parse_fault_script(R"({"faults": []})", "script").faults.empty());
}

TEST_CASE("Wrong scripts say where, what was found and what is allowed") {
  CHECK(error_of(R"({"fault": "explode", "at_s": 1})") ==
        "script: $.faults[0].fault: found \"explode\", allowed one of stop, drop, late, zero_rows, damage_rows, "
        "bad_metadata, lose_command, disconnect, hang, absent");
  CHECK(error_of(R"({"fault": "drop", "at_frame": -1})") ==
        "script: $.faults[0].at_frame: found -1, allowed a whole number 0 .. 2000000000");
  CHECK(error_of(R"({"fault": "drop"})") == "script: $.faults[0]: found neither of at_frame and at_s, allowed one");
  CHECK(error_of(R"({"fault": "drop", "at_frame": 1, "at_s": 1})") ==
        "script: $.faults[0]: found both of at_frame and at_s, allowed one");
  CHECK(error_of(R"({"fault": "late", "at_s": 1})") ==
        "script: $.faults[0]: found a late without late_ms, allowed with it");
  CHECK(error_of(R"({"fault": "hang", "at_s": 1})") ==
        "script: $.faults[0]: found a hang without for_s, allowed with it");
  CHECK(error_of(R"({"fault": "zero_rows", "at_s": 1})") ==
        "script: $.faults[0]: found a zero_rows without rows, allowed with it");
  CHECK(error_of(R"({"fault": "drop", "at_s": 1, "for_s": 1})") ==
        "script: $.faults[0].for_s: found in a drop, allowed in other faults");
  CHECK(error_of(R"({"fault": "absent", "at_s": 1})") ==
        "script: $.faults[0].at_s: found another moment for an absent, allowed 0");
  CHECK(error_of(R"({"fault": "stop", "at_s": 1, "count": 2})") ==
        "script: $.faults[0].count: found in a stop, allowed in other faults");
  CHECK(error_of(R"({"fault": "stop", "when": 1})").starts_with("script: $.faults[0].when: found an unknown key"));
  std::string many = R"({"fault": "drop", "at_s": 1})";
  for (int i = 0; i < 1000; ++i) many += R"(,{"fault": "drop", "at_s": 1})";
  CHECK(error_of(many) == "script: $.faults: found 1001 events, allowed 1000");
  CHECK_THROWS_AS(parse_fault_script("{", "script"), firmware::TuningError);
  CHECK_THROWS_AS(parse_fault_script("[]", "script"), firmware::TuningError);
}

}  // namespace
}  // namespace sunny16::sim
