#include "sim/cli/dump_stages.h"

#include <algorithm>
#include <cstdio>

#include "firmware/output/picture_file.h"
#include "sim/cli/commands.h"

namespace sunny16::cli {
namespace {

/// 16-bit picture values per unit of a stage's output.
int brightness_of(std::string_view stage) {
  int result = 1;
  [&]<class... S>(std::type_identity<std::tuple<S...>>) {
    const auto of = [&]<class Stage>() {
      if (Stage::name != stage) return;
      using Out = typename Stage::Out;
      result = std::is_same_v<Out, isp::domain::LinearRgb> ? 8 : std::is_same_v<typename Out::Sample, std::int16_t> ? 4 : 1;
    };
    (of.template operator()<S>(), ...);
  }(std::type_identity<isp::PhoneStages>{});
  return result;
}

}  // namespace

void dump_stages(const std::filesystem::path& folder, const isp::LineRegisters& registers, const hal::RawFrame& frame) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw UsageError(folder.string() + ": " + error.message());
  const isp::PhonePipeline pipeline(registers);
  int index = 0;
  run_whole(pipeline.graph(), {.raw = frame.raw, .binning = registers.binning, .tails = {}, .outputs = {}}, isp::Kernels::fast,
            [&](const isp::Node& node, const isp::RowStorage& rows) {
              const int width = registers.frame.width, height = registers.frame.height, scale = brightness_of(node.stage);
              const bool quads = rows.layout.grid == isp::Grid::quad, is_signed = scale > 1;
              isp::Image<std::uint16_t> picture(3 * width, height);
              for (int y = 0; y < height; ++y)
                for (int x = 0; x < width; ++x)
                  for (int colour = 0; colour < 3; ++colour) {
                    const int plane = quads ? (x & 1) | ((y & 1) << 1) : colour;
                    const std::byte* at = rows.at(plane, quads ? x & ~1 : x, quads ? y & ~1 : y);
                    const int v = is_signed ? *reinterpret_cast<const std::int16_t*>(at) : *reinterpret_cast<const std::uint16_t*>(at);
                    picture.row(y)[3 * x + colour] = static_cast<std::uint16_t>(std::clamp(v * scale, 0, 65535));
                  }
              char name[64];
              std::snprintf(name, sizeof name, "%02d_%.*s.png", index++, static_cast<int>(node.stage.size()), node.stage.data());
              firmware::write_png(folder / name, firmware::Rgb16(std::as_const(picture).view()), firmware::picture_info(frame));
            });
}

}  // namespace sunny16::cli
