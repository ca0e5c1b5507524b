// What the classifier says of real pictures, beside what a person says.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "firmware/control/scene/scene_classifier.h"

namespace sunny16::sim {

/// One picture of a list: a raw file, or a photograph (PNG), which the simulated imx708 takes in daylight and without
/// its illuminance and distance being told.
struct RealPicture {
  std::string file, raw_format, black, white;
  firmware::SceneKind kind = firmware::SceneKind::unknown;  ///< by eye; unknown: none of the kinds
};

struct RealResult {
  RealPicture picture;
  firmware::SceneGuess guess;
};

/// The list's files are relative to `folder`; those that are not there are left out. Throws TuningError for a list that
/// is none, and what reading the pictures throws.
std::vector<RealResult> judge_real_pictures(const std::string& list_text, const std::string& list_name,
                                            const std::filesystem::path& folder, const firmware::SceneNetwork& network);

std::string real_pictures_markdown(const std::vector<RealResult>& results);

}  // namespace sunny16::sim

template <>
struct sunny16::isp::Describe<sunny16::sim::RealPicture> {
  using P = sunny16::sim::RealPicture;
  static constexpr auto fields =
      std::tuple{field<&P::file>("file", 0, 0, "", "Raw file or photograph."),
                 field<&P::raw_format>("raw_format", 0, 0, "", "Of headerless raw: WxH:FORMAT[:STRIDE]."),
                 field<&P::black>("black", 0, 0, "", "Black level, DN; empty: the file's."),
                 field<&P::white>("white", 0, 0, "", "White level, DN; empty: the file's."),
                 field<&P::kind>("kind", 0, 0, "", "What it shows, by eye; unknown: none of the kinds.")};
};
