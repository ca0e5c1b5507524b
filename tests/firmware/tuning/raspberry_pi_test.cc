#include "firmware/tuning/raspberry_pi.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace sunny16::firmware {
namespace {

/// A file with these algorithm blocks, as people write them: comments, and commas after the last element.
std::string file_with(const std::string& blocks, const std::string& head = R"("version": 2.0, "target": "bcm2835",)") {
  return "{ " + head + " \"algorithms\": [" + blocks + ",], } // end";
}

RaspberryPiTuning read(const std::string& blocks) {
  return read_raspberry_pi(read_json(file_with(blocks), "t", JsonDialect::relaxed), "t: $");
}

std::string error_of(const std::string& text) {
  try {
    read_raspberry_pi(read_json(text, "t", JsonDialect::relaxed), "t: $");
  } catch (const TuningError& error) {
    return error.what();
  }
  return "no error";
}

std::string repeated(const std::string& value, int count) {
  std::string list = "[";
  for (int i = 0; i < count; ++i) list += (i ? "," : "") + value;
  return list + "]";
}

bool has_note(const RaspberryPiTuning& tuning, std::string_view note) {
  return std::find(tuning.notes.begin(), tuning.notes.end(), note) != tuning.notes.end();
}

TEST_CASE("Black level, noise and lux become fractions of the range") {
  const auto tuning = read(R"({"rpi.noise": {"reference_constant": 0, "reference_slope": 3.0}},
      {"rpi.black_level": {"black_level": 4095, "black_level_b": 4100}},
      {"rpi.lux": {"reference_shutter_speed": 10000,
                   "reference_gain": 2, "reference_lux": 900, "reference_Y": 13107}})");
  CHECK(tuning.sections.sensor.base.black == std::vector<double>{4095, 4095, 4095, 4100});
  CHECK(tuning.sections.noise.base.shot == doctest::Approx(9.0 / 61440));
  CHECK(tuning.sections.noise.base.at(1).read > 0);
  CHECK(tuning.sections.lux.base.reference_luminance == doctest::Approx(0.2));
  CHECK(tuning.sections.lux.base.reference_aperture == 1);
  CHECK(tuning.notes.empty());
}

TEST_CASE("Focus: what is absent follows from what is there") {
  const auto tuning = read(R"({"rpi.af": {
      "ranges": {"normal": {"min": 0.5, "max": 10, "default": 1}, "macro": {"max": 15}},
      "speeds": {"normal": {"step_coarse": 0.8, "pdaf_frames": 12, "retrigger_delay": 7}, "fast": {"step_fine": 0}},
      "conf_thresh": 20, "check_for_ir": false, "map": [0, 445, 15, 925]}})");
  const AfTuning& af = tuning.sections.af.base;
  CHECK(af.normal.min == 0.5);
  CHECK(af.macro.min == 0.5);
  CHECK(af.macro.max == 15);
  CHECK(af.full.max == 15);
  CHECK(af.full.rest == 1);
  CHECK(af.normal_speed.pdaf_frames == 12);
  CHECK(af.normal_speed.contrast_ratio == 0.75);
  CHECK(af.fast_speed.step_coarse == 0.8);
  CHECK(af.fast_speed.retrigger_delay == 7);
  CHECK(af.fast_speed.step_fine == 0);
  CHECK(af.normal_speed.step_fine == 0.25);
  CHECK(af.conf_thresh == 20);
  CHECK(af.conf_clip == 512);
  CHECK(has_note(tuning, "rpi.af.map: not used"));  // the driver's units are libcamera's affair

  CHECK(error_of(file_with(R"({"rpi.af": {"ranges": {"normal": {"min": 9, "max": 3}}}})"))
            .find("found min above max") != std::string::npos);
  CHECK(error_of(file_with(R"({"rpi.af": {"speeds": {"normal": {"max_slew": -1}}}})")).find("max_slew") !=
        std::string::npos);
}

TEST_CASE("A block whose name starts with x. is off; what is not used is said") {
  const auto tuning = read(R"({"x.rpi.black_level": {"black_level": 1}}, {"rpi.hdr": {}},
      {"rpi.awb": {"bayes": 0, "coarse_step": 0.2, "modes": {
          "cloudy": {"lo": 7000, "hi": 8000}, "auto": {"lo": 2500, "hi": 8000, "mid": 1}}}})");
  CHECK(tuning.sections.sensor.base.black.empty());
  CHECK(has_note(tuning, "x.rpi.black_level: switched off"));
  CHECK(has_note(tuning, "rpi.hdr: not used"));
  CHECK(has_note(tuning, "rpi.awb.coarse_step: not used"));
  CHECK(has_note(tuning, "rpi.awb.modes.auto.mid: not used"));
  CHECK(tuning.notes.size() == 4);
  CHECK_FALSE(tuning.sections.awb.base.bayes);
  CHECK(tuning.sections.awb.base.modes.size() == 2);
  CHECK(tuning.sections.awb.base.modes[0].name == "auto");  // the default stands first
}

TEST_CASE("Greys, priors and matrices") {
  const auto tuning = read(R"({"rpi.awb": {"ct_curve": [2500, 0.8, 0.3, 5000, 0.5, 0.6], "sensitivity_r": 1.05,
        "priors": [{"lux": 0, "prior": [2000, 1.0, 3000, 0.0]}]}},
      {"rpi.ccm": {"ccms": [{"ct": 3000, "ccm": [1.5, -0.5, 0, 0, 1, 0, 0, 0, 1]}]}})");
  const AwbTuning& awb = tuning.sections.awb.base;
  CHECK(awb.ct_curve.size() == 2);
  CHECK(awb.ct_curve[1].temperature == 5000);
  CHECK(awb.ct_curve[1].r == 0.5);
  CHECK(awb.ct_curve[1].b == 0.6);
  CHECK(awb.sensitivity_r == 1.05);
  CHECK(awb.priors.size() == 1);
  CHECK(awb.likelihood(10, 2500) == doctest::Approx(0.5));
  CHECK((*tuning.sections.colour.base.matrix_at(4000))[1] == -0.5);
}

TEST_CASE("Shading cells become nodes at their corners: flat stays flat, slopes stay slopes") {
  std::string slope = "[";
  for (int y = 0; y < 12; ++y)
    for (int x = 0; x < 16; ++x) slope += std::to_string(1 + x * 0.1 + y * 0.05) + (x == 15 && y == 11 ? "]" : ",");
  const auto tuning = read(R"({"rpi.alsc": {"omega": 1.3, "luminance_strength": 0.5, "luminance_lut": )" + slope +
                           R"(, "calibrations_Cr": [{"ct": 3000, "table": )" + repeated("2.5", 192) +
                           R"(}], "calibrations_Cb": [{"ct": 3000, "table": )" + repeated("1.5", 192) + "}]}}");
  const ShadingModel& shading = tuning.sections.shading.base;
  CHECK(shading.problem().empty());
  CHECK(shading.columns == 17);
  CHECK(shading.rows == 13);
  for (int y = 0; y <= 12; ++y)
    for (int x = 0; x <= 16; ++x)
      CHECK(shading.luminance[static_cast<std::size_t>(y * 17 + x)] ==
            doctest::Approx(1 + (x - 0.5) * 0.1 + (y - 0.5) * 0.05));
  const isp::GainMesh mesh = shading.mesh_at(5000);
  CHECK(mesh.gains[0] == mesh.gains[1]);  // a flat colour table has no shape
  CHECK(mesh.gains[3] == mesh.gains[1]);
  CHECK(mesh.gains[1][0] == 1);
  CHECK(tuning.stages["lens_shading"]["luminance_strength"] == 0.5);
  CHECK(has_note(tuning, "rpi.alsc.omega: not used"));
}

TEST_CASE("Exposure: the first channel or the block itself, default modes first, zones on a grid") {
  const std::string block = R"("metering_modes": {"matrix": {"weights": )" + repeated("1", 15) +
                            R"(}, "centre-weighted": {"weights": [3,3,3,2,2,2,2,1,1,1,1,0,0,0,0]}},
      "exposure_modes": {"long": {"shutter": [100, 90000], "gain": [1, 8]},
                         "normal": {"shutter": [100, 30000], "gain": [1, 4]}},
      "constraint_modes": {"highlight": [],
                           "normal": [{"bound": "UPPER", "q_lo": 0.9, "q_hi": 1.0, "y_target": [0, 0.5, 100, 0.6]}]},
      "y_target": [0, 0.16, 1000, 0.17], "desaturate": 0)";
  const auto single = read(R"({"rpi.agc": {)" + block + "}}");
  const auto many =
      read(R"({"rpi.agc": {"channels": [{"comment": "normal", )" + block +
           R"(, "base_ev": 1.5}, {"channel_constraints": [{"bound": "LOWER", "channel": 4, "factor": 8}]}]}})");
  CHECK(single.sections.agc.base.channels.size() == 1);
  CHECK(many.sections.agc.base.channels.size() == 2);
  CHECK(many.sections.agc.base.channels[0].base_ev == 1.5);
  CHECK(many.sections.agc.base.channels[1].channel_constraints[0].channel == 4);
  CHECK(has_note(many, "rpi.agc.channels[0].desaturate: not used"));

  const AgcChannel& channel = single.sections.agc.base.channels[0];
  CHECK(channel.exposure_modes[0].name == "normal");
  CHECK(channel.exposure_modes[0].shutter_us == std::vector<double>{100, 30000});
  CHECK(channel.y_target.at(500) == doctest::Approx(0.165));
  CHECK(channel.constraint_modes[0].name == "normal");
  CHECK(channel.constraint_modes[0].constraints[0].bound == Bound::upper);
  CHECK(channel.constraint_modes[0].constraints[0].target.at(50) == doctest::Approx(0.55));
  const MeteringMode& centre = channel.metering_modes[0];
  CHECK(centre.name == "centre-weighted");
  CHECK(centre.weights ==
        std::vector<double>{0, 1, 1, 1, 0, 1, 2, 3, 2, 1, 1, 3, 3, 3, 1, 1, 2, 3, 2, 1, 0, 1, 1, 1, 0});
}

TEST_CASE("Blocks that tune stages") {
  const auto tuning = read(R"({"rpi.dpc": {"strength": 0}}, {"rpi.geq": {"offset": 204, "slope": 0.01}},
      {"rpi.denoise": {"normal": {"sdn": {"deviation_no_tdn": 1.6, "strength_no_tdn": 0.75},
                                  "cdn": {"strength": 0.3}}}},
      {"rpi.sharpen": {"strength": 0.5, "limit": 0.2}}, {"rpi.contrast": {"gamma_curve": [0, 0, 65535, 65535]}})");
  CHECK(tuning.stages["defect_pixels"]["enabled"] == false);
  CHECK(tuning.stages["green_equalisation"]["offset"] == 204);
  CHECK(tuning.stages["bayer_denoise"]["strength"] == 0.5);
  CHECK(tuning.stages["bayer_denoise"]["texture"] == 0.25);
  CHECK(tuning.stages["sharpen"]["strength"] == 0.5);
  const auto cac = read(R"({"rpi.cac": {"strength": 0.5, "lut_rx": )" + repeated("-0.25", 81) + "}}")
                       .stages["lateral_chromatic_aberration"];
  CHECK(cac["table_strength"] == 0.5);
  CHECK(cac["red_x"] == std::vector<double>(81, -0.25));
  CHECK(cac["blue_y"].empty());
  CHECK(tuning.stages["tone_curve"]["y"] == nlohmann::json({0.0, 1.0}));
  CHECK(has_note(tuning, "rpi.denoise.normal.cdn: not used"));
  CHECK(read(R"({"rpi.sdn": {"deviation": 3.2, "strength": 0.75}})").stages["bayer_denoise"]["strength"] == 1);
}

TEST_CASE("Wrong blocks are refused with their path in the file") {
  CHECK(error_of(file_with("{}", R"("version": 1.0, "target": "pisp",)")) == "t: $.version: found 1.0, allowed 2.0");
  CHECK(error_of(file_with("{}", R"("target": "pisp",)")) == "t: $.version: found null, allowed 2.0");
  CHECK(error_of(file_with("{}", R"("version": 2, "target": "ipu3",)")) ==
        "t: $.target: found \"ipu3\", allowed bcm2835 or pisp");
  CHECK(error_of(file_with("7")) == "t: $.algorithms[0]: found 7, allowed an object");
  CHECK(error_of(file_with(R"({"rpi.dpc": {}}, {"rpi.dpc": {}})"))
            .find("$.algorithms[1][\"rpi.dpc\"]: found this algorithm twice") != std::string::npos);
  CHECK(error_of(file_with(R"({"rpi.lux": {}})")).find("[\"rpi.lux\"].reference_shutter_speed: found nothing") !=
        std::string::npos);
  CHECK(error_of(file_with(R"({"rpi.awb": {"ct_curve": [1, 2]}})"))
            .find(".ct_curve: found an array of 2, allowed a multiple of 3 numbers") != std::string::npos);
  CHECK(error_of(file_with(R"({"rpi.alsc": {"luminance_lut": [1, 2]}})")).find("allowed 16 x 12 or 32 x 32 numbers") !=
        std::string::npos);
  CHECK(error_of(file_with(R"({"rpi.black_level": {"black_level": 65535}})")).find("allowed a number 0 .. 65534") !=
        std::string::npos);
  CHECK(error_of(file_with(R"({"rpi.ccm": {"ccms": [{"ct": 3000, "ccm": [1, 1, 0, 0, 1, 0, 0, 0, 1]}]}})"))
            .starts_with("t: $ as Sunny16 sections: $.colour.matrices[0].matrix: found a row with the sum 2"));
}

}  // namespace
}  // namespace sunny16::firmware
