#include "sim/cli/dump_stages.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "firmware/output/picture_file.h"
#include "sim/cli/commands.h"
#include "sim/report/stage_outputs.h"

namespace sunny16::cli {
void dump_stages(const std::filesystem::path& folder, const isp::LineRegisters& registers, const hal::RawFrame& frame) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw UsageError(folder.string() + ": " + error.message());
  int index = 0;
  sim::for_each_stage_output(registers, frame.raw, [&](const sim::StageOutput& output) {
    isp::Image<std::uint16_t> picture(3 * output.width, output.height);
    for (int y = 0; y < output.height; ++y)
      for (int x = 0; x < output.width; ++x)
        for (int colour = 0; colour < 3; ++colour) {
          const int plane = output.mosaic ? output.plane_at(x, y) : colour;
          const int v = output.sample(plane, x, y) * sim::dump_scale(output.encoding);
          picture.row(y)[3 * x + colour] = static_cast<std::uint16_t>(std::clamp(v, 0, 65535));
        }
    char name[64];
    std::snprintf(name, sizeof name, "%02d_%.*s.png", index++, static_cast<int>(output.stage.size()),
                  output.stage.data());
    firmware::write_png(folder / name, firmware::Rgb16(std::as_const(picture).view()), firmware::picture_info(frame));
  });
}

}  // namespace sunny16::cli
