// Tuning files: any text is a tuning or one printable line, and a tuning that was read can be resolved, made registers
// of, written and read again.
#include <cstdlib>
#include <string_view>

#include "firmware/tuning/camera_tuning.h"
#include "isp/pipeline/phone_pipeline.h"

using namespace sunny16;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void use(const firmware::CameraTuning& tuning) {
  isp::Conditions conditions;
  conditions.frame = isp::FrameGeometry::canonical(64, 48, isp::CfaPhase::rggb);
  conditions.black.fill(64), conditions.white = 1023;
  for (const double v : {0.0, 1.5, 3200.0, 1e9}) {
    conditions.analogue_gain = conditions.lux = conditions.colour_temperature = v;
    static_cast<void>(isp::derive_line(tuning.resolve(conditions), conditions, {}));
    static_cast<void>(tuning.shading.at(conditions).mesh_at(v));
    static_cast<void>(tuning.colour.base.matrix_at(v));
    if (!tuning.awb.base.ct_curve.empty()) static_cast<void>(tuning.awb.base.grey_at(v));
    static_cast<void>(tuning.awb.base.likelihood(v, 5000));
  }
  const std::string text = firmware::tuning_text(tuning);
  require(firmware::tuning_text(firmware::parse_tuning(text, "written")) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    use(firmware::parse_tuning(text, "fuzz"));
  } catch (const firmware::TuningError& error) {
    for (const char c : std::string_view(error.what())) require(c >= 0x20 && c < 0x7F);
  }
  try {
    firmware::CameraTuning tuning;
    firmware::set_parameter(tuning, text.substr(0, text.find('\n')));
  } catch (const firmware::TuningError&) {
  }
  return 0;
}
