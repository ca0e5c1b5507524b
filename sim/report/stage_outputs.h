// The output of each stage over the whole frame, for people to look at.
#pragma once

#include <array>
#include <functional>
#include <string_view>

#include "hal/api/raw_frame.h"
#include "isp/pipeline/phone_pipeline.h"

namespace sunny16::sim {

/// What a stage's numbers mean; see isp/core/layout.h.
enum class Encoding : std::uint8_t { sensor, linear_raw, code, linear_rgb, display };
std::string_view to_string(Encoding encoding);

/// How a stage of the line writes its output. Stages that the line does not have count as display RGB.
struct StageForm {
  Encoding encoding = Encoding::display;
  bool mosaic = false;
};
StageForm form_of(std::string_view stage);

/// Stages are dumped as 16-bit pictures; each unit of a stage's output is so many of theirs.
int dump_scale(Encoding encoding);

struct StageOutput {
  std::string_view stage;
  Encoding encoding;
  bool mosaic;  ///< one colour a pixel, R at even columns and rows
  int width, height;
  const isp::RowStorage& rows;

  /// The sample of a plane (mosaic: R, Gr, Gb, B; else R, G, B) at a pixel, or in the quad that holds it.
  int sample(int plane, int x, int y) const;
  /// The colour that a mosaic has at a pixel.
  static int plane_at(int x, int y) { return (x & 1) | ((y & 1) << 1); }
};

/// Runs the line over the whole frame; calls `f` with each stage's output, in order.
void for_each_stage_output(const isp::LineRegisters& registers, const isp::RawView& raw,
                           const std::function<void(const StageOutput&)>& f);

}  // namespace sunny16::sim
