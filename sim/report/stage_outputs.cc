#include "sim/report/stage_outputs.h"

#include <type_traits>

namespace sunny16::sim {
namespace {

template <class Domain>
constexpr Encoding encoding_of() {
  if constexpr (std::is_same_v<Domain, isp::domain::Sensor>) return Encoding::sensor;
  if constexpr (std::is_same_v<Domain, isp::domain::LinearRaw>) return Encoding::linear_raw;
  if constexpr (std::is_same_v<Domain, isp::domain::LinearRgb>) return Encoding::linear_rgb;
  if constexpr (std::is_same_v<Domain, isp::domain::DisplayRgb>) return Encoding::display;
  return Encoding::code;
}

Encoding encoding_of(std::string_view stage) {
  Encoding found = Encoding::display;
  [&]<class... S>(std::type_identity<std::tuple<S...>>) {
    ((S::name == stage ? void(found = encoding_of<typename S::Out>()) : void()), ...);
  }(std::type_identity<isp::PhoneStages>{});
  return found;
}

}  // namespace

std::string_view to_string(Encoding encoding) {
  constexpr std::array<std::string_view, 5> kNames{"sensor's own numbers", "linear raw", "square-root code",
                                                   "linear RGB", "display RGB"};
  return kNames[static_cast<std::size_t>(encoding)];
}

int StageOutput::sample(int plane, int x, int y) const {
  const std::byte* at = rows.at(plane, mosaic ? x & ~1 : x, mosaic ? y & ~1 : y);
  const bool is_unsigned = encoding == Encoding::sensor || encoding == Encoding::linear_raw;
  return is_unsigned ? *reinterpret_cast<const std::uint16_t*>(at) : *reinterpret_cast<const std::int16_t*>(at);
}

void for_each_stage_output(const isp::LineRegisters& registers, const isp::RawView& raw,
                           const std::function<void(const StageOutput&)>& f) {
  const isp::PhonePipeline pipeline(registers);
  run_whole(pipeline.graph(), {.raw = raw, .binning = registers.binning, .tails = {}, .outputs = {}},
            isp::Kernels::fast, [&](const isp::Node& node, const isp::RowStorage& rows) {
              f({.stage = node.stage,
                 .encoding = encoding_of(node.stage),
                 .mosaic = rows.layout.grid == isp::Grid::quad,
                 .width = registers.frame.width,
                 .height = registers.frame.height,
                 .rows = rows});
            });
}

}  // namespace sunny16::sim
