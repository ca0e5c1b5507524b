// What can be compared: a tuning on a raw frame, a finished picture, the stages that a version of the program dumped.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "firmware/capture/frame_line.h"
#include "sim/compare/stage_source.h"
#include "sim/picture/picture.h"

namespace sunny16::sim {

struct Candidate {
  std::string name;
  std::optional<Picture> picture = {};                        ///< none: a dump whose last stage is no picture
  std::function<std::unique_ptr<StageSource>()> stages = {};  ///< empty: a finished picture
  std::optional<firmware::FrameMetadata> metadata = {};       ///< of tunings
  nlohmann::ordered_json tuning = {};                         ///< of tunings; else null
  std::shared_ptr<const isp::LineRegisters> registers = {};   ///< of tunings
};

/// Develops the frame, which must outlive the candidate. The request's outputs are the candidate's own. Throws
/// firmware::RequestError.
Candidate tuning_candidate(std::string name, const firmware::CameraTuning& tuning, const hal::RawFrame& frame,
                           firmware::FrameRequest request);

/// Throws hal::InputError.
Candidate picture_candidate(std::string name, const std::filesystem::path& file);

/// The last stage is the picture, if it is display RGB. Throws hal::InputError.
Candidate dump_candidate(std::string name, const std::filesystem::path& folder);

}  // namespace sunny16::sim
