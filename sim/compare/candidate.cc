#include "sim/compare/candidate.h"

#include <utility>

#include "sim/picture/read_picture.h"

namespace sunny16::sim {
namespace {

Picture picture_of(const firmware::Picture& developed) {
  Picture picture{.rgb = {3 * developed.width, developed.height}};
  for (int y = 0; y < picture.height(); ++y) {
    const auto* row = reinterpret_cast<const std::uint16_t*>(developed.planes[0].row(y));
    for (int i = 0; i < picture.rgb.width(); ++i) picture.rgb.row(y)[i] = static_cast<float>(row[i]) / 65535;
  }
  return picture;
}

}  // namespace

Candidate tuning_candidate(std::string name, const firmware::CameraTuning& tuning, const hal::RawFrame& frame,
                           firmware::FrameRequest request) {
  request.outputs = {{.format = isp::OutputFormat::rgb16}};
  firmware::DevelopedFrame developed = firmware::run_frame(frame, tuning, request);
  const auto registers = std::make_shared<const isp::LineRegisters>(std::move(developed.registers));
  return {.name = std::move(name),
          .picture = picture_of(developed.pictures[0]),
          .stages = [registers, &frame] { return line_stages(*registers, frame); },
          .metadata = developed.metadata,
          .tuning = nlohmann::ordered_json::parse(firmware::tuning_text(tuning)),
          .registers = registers};
}

Candidate picture_candidate(std::string name, const std::filesystem::path& file) {
  return {.name = std::move(name), .picture = read_picture(file)};
}

Candidate dump_candidate(std::string name, const std::filesystem::path& folder) {
  const auto files = dumped_pictures(folder);
  Candidate candidate{.name = std::move(name), .stages = [folder] { return dumped_stages(folder); }};
  if (form_of(dumped_stages(folder)->names().back()).encoding == Encoding::display)
    candidate.picture = read_picture(files.back());
  return candidate;
}

}  // namespace sunny16::sim
