#include "firmware/tuning/camera_tuning.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "tests/data_dir.h"

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;

template <class F>
std::string error_of(F&& f) {
  try {
    f();
  } catch (const TuningError& error) {
    return error.what();
  }
  return "no error";
}

TEST_CASE("The content tells what kind of file it is") {
  CHECK(parse_tuning(R"({"sunny16_tuning": 1, "sensor": {"name": "a"}})", "t.json").sensor.base.name == "a");
  const auto pi =
      parse_tuning(R"({"version": 2, "target": "pisp", "algorithms": [{"rpi.black_level": {"black_level": 1024}},]})",
                   "dir/imx000.json");
  CHECK(pi.sensor.base.name == "imx000");
  CHECK(pi.sensor.base.black[0] == 1024);
  CHECK(error_of([] { parse_tuning(R"({"sunny16_tuning": 1,})", "t.json"); }).starts_with("t.json:1:22: "));
  CHECK(error_of([] { parse_tuning("{}", "t.json"); }) == "t.json: $.sunny16_tuning: found nothing, allowed 1");
}

TEST_CASE("Files that cannot be read are one line, too") {
  CHECK(error_of([] { load_tuning("/nowhere/t.json"); }) == "/nowhere/t.json: cannot be read");
  CHECK(error_of([] { load_tuning("/proc/self/"); }) == "/proc/self/: cannot be read");
  CHECK(error_of([] { load_tuning("/dev/zero"); }) == "zero: found 16777217 bytes, allowed 16777216");
}

TEST_CASE("An assignment sets one parameter of the line") {
  CameraTuning tuning;
  set_parameter(tuning, "white_balance.trim=1,1,1.5");
  set_parameter(tuning, "tone_curve.curve=points");
  CHECK(std::get<isp::WhiteBalanceTuning>(tuning.resolve({})).trim[2] == 1.5);
  CHECK(std::get<isp::ToneCurveTuning>(tuning.resolve({})).curve == isp::ToneCurveKind::points);
  CHECK(error_of([&] { set_parameter(tuning, "white_balance.trim"); }).find("found no '='") != std::string::npos);
}

TEST_CASE("The defaults are within their own ranges, and make the round trip") {
  const CameraTuning defaults;
  const std::string text = tuning_text(defaults);
  CHECK(tuning_text(parse_tuning(text, "t.json")) == text);
}

TEST_CASE("Every parameter of the line is in the schema and in the reference") {
  const auto schema = nlohmann::json::parse(tuning_schema_text());
  const auto json = nlohmann::json::parse(tuning_text({}));
  const std::string reference = tuning_reference_text();
  for (const auto& [stage, fields] : json["stages"].items()) {
    CHECK(reference.find("## stages." + stage + "\n") != std::string::npos);
    for (const auto& [name, value] : fields.items()) {
      const auto& property = schema["properties"]["stages"]["properties"][stage]["properties"][name];
      CHECK_MESSAGE(property["default"] == value, stage << "." << name);
      CHECK_MESSAGE(!property["description"].get<std::string>().empty(), stage << "." << name);
    }
  }
}

TEST_CASE("All Raspberry Pi tuning files load, and keep their contents when written as ours") {
  const auto data = data_dir();
  if (!data) {
    MESSAGE("skipped: no shared data (set SUNNY16_DATA)");
    return;
  }
  int files = 0;
  for (const char* target : {"vc4", "pisp"})
    for (const auto& entry : fs::directory_iterator(*data / "tuning" / target)) {
      const std::string name = target + entry.path().filename().string();
      INFO(name);
      const CameraTuning tuning = load_tuning(entry.path());
      ++files;
      const bool pisp = name.starts_with("pisp");
      CHECK(tuning.sensor.base.name == entry.path().stem());
      CHECK(tuning.sensor.base.black.size() == 4);
      CHECK(tuning.shading.base.columns == (pisp ? 33 : 17));
      CHECK(tuning.colour.base.matrices.size() >= 1);
      CHECK(tuning.awb.base.ct_curve.size() >= 5);
      CHECK(tuning.awb.base.modes[0].name == "auto");
      CHECK(tuning.agc.base.channels[0].metering_modes[0].name == "centre-weighted");
      CHECK(tuning.agc.base.channels[0].exposure_modes[0].name == "normal");
      const double full_well = 1 / tuning.noise.base.shot;
      CHECK((full_well > 1500 && full_well < 12000));  // electrons of small pixels
      for (const std::string& note : tuning.notes)
        CHECK_MESSAGE((note.starts_with("rpi.") || note.starts_with("x.rpi.")), note);
      for (double ct = 2000; ct < 9000; ct += 500) {
        const isp::GainMesh mesh = tuning.shading.base.mesh_at(ct);
        for (const std::vector<double>& gains : mesh.gains) {
          CHECK(*std::min_element(gains.begin(), gains.end()) >= 1);
          CHECK(*std::max_element(gains.begin(), gains.end()) < 12);
        }
        CHECK((*tuning.colour.base.matrix_at(ct))[0] > 1);
        CHECK(tuning.awb.base.grey_at(ct).r > 0.1);
      }
      const std::string text = tuning_text(tuning);
      CHECK(tuning_text(parse_tuning(text, name)) == text);
    }
  CHECK(files == 18);
}

}  // namespace
}  // namespace sunny16::firmware
