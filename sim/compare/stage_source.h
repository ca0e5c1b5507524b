// The outputs of a line's stages, one after the other, so that two lines can walk side by side.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/report/stage_outputs.h"

namespace sunny16::sim {

class StageSource {
 public:
  virtual ~StageSource() = default;

  /// All stages, in order.
  virtual const std::vector<std::string>& names() const = 0;
  /// The next stage's output, valid until the next call. There is one for each name.
  virtual const StageOutput& next() = 0;
  /// Black to white in the sensor's own numbers.
  virtual double sensor_range() const = 0;
};

/// The stages of `registers` over a frame; both must outlive it. Holds about two stages' outputs at a time.
std::unique_ptr<StageSource> line_stages(const isp::LineRegisters& registers, const hal::RawFrame& frame);

/// The pictures that `sunny16 develop --dump-stages` left in a folder, of this version of the program or another. They
/// do not say the sensor's levels, which count as 0 and 65535; what a stage wrote below black or above white is
/// clipped. Throws hal::InputError if there are none; next() throws if one cannot be read.
std::unique_ptr<StageSource> dumped_stages(const std::filesystem::path& folder);

/// Where those pictures are, in order.
std::vector<std::filesystem::path> dumped_pictures(const std::filesystem::path& folder);

}  // namespace sunny16::sim
