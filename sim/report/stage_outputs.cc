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

}  // namespace

std::string_view to_string(Encoding encoding) {
  constexpr std::array<std::string_view, 5> kNames{"sensor's own numbers", "linear raw", "square-root code",
                                                   "linear RGB", "display RGB"};
  return kNames[static_cast<std::size_t>(encoding)];
}

StageForm form_of(std::string_view stage) {
  StageForm form;
  [&]<class... S>(std::type_identity<std::tuple<S...>>) {
    ((S::name == stage ? void(form = {encoding_of<typename S::Out>(), S::Out::layout.grid == isp::Grid::quad})
                       : void()),
     ...);
  }(std::type_identity<isp::PhoneStages>{});
  return form;
}

int dump_scale(Encoding encoding) {
  switch (encoding) {
    case Encoding::sensor:
    case Encoding::linear_raw:
      return 1;
    case Encoding::linear_rgb:
      return 8;
    default:
      return 4;
  }
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
              const StageForm form = form_of(node.stage);
              f({.stage = node.stage,
                 .encoding = form.encoding,
                 .mosaic = form.mosaic,
                 .width = registers.frame.width,
                 .height = registers.frame.height,
                 .rows = rows});
            });
}

}  // namespace sunny16::sim
