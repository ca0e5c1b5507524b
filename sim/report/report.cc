#include "sim/report/report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "firmware/capture/metadata_json.h"
#include "isp/pipeline/plan.h"
#include "sim/report/histogram.h"
#include "sim/report/html.h"
#include "sim/report/page.h"
#include "sim/report/pass_times.h"
#include "sim/report/preview.h"

namespace sunny16::sim {
namespace {

constexpr int kDetailWidth = 176, kDetailHeight = 132, kPictureWidth = 1280;

std::vector<Fact> facts(const ReportSource& source) {
  const firmware::FrameMetadata& m = source.developed.metadata;
  const isp::RawView& raw = source.frame.raw;
  std::vector<Fact> facts;
  const std::string camera = source.frame.make + ' ' + source.frame.model;
  if (camera != " ") facts.push_back({"Camera", camera});
  facts.push_back({"Frame", std::to_string(raw.width) + " × " + std::to_string(raw.height) + ", " +
                                std::string(isp::to_string(raw.phase)) + ", black " + fixed(m.black[0], 0) +
                                ", white " + fixed(m.white, 0)});
  if (m.applied.exposure_us) facts.push_back({"Exposure", fixed(*m.applied.exposure_us / 1000, 2) + " ms"});
  if (m.applied.analogue_gain)
    facts.push_back({"Gain", fixed(*m.applied.analogue_gain, 2) + " × " + fixed(m.digital_gain, 2)});
  facts.push_back({m.estimated_white_balance ? "White balance, estimated" : "White balance, as given",
                   fixed(m.colour_gains[0], 2) + " / 1 / " + fixed(m.colour_gains[1], 2)});
  facts.push_back({"Light", fixed(m.colour_temperature, 0) + " K"});
  facts.push_back(
      {"Developed in", fixed(m.line_ms, 1) + " ms, " + fixed(1e-3 * raw.width * raw.height / m.line_ms, 0) + " MP/s"});
  return facts;
}

/// Where to look closely, in the frame that the stages see.
isp::Rect detail_part(const ReportSource& source) {
  const isp::LineRegisters& registers = source.developed.registers;
  isp::Rect part = most_colourful_detail(source.frame, kDetailWidth, kDetailHeight);
  part.x /= registers.binning, part.y /= registers.binning;
  part.x = std::min(part.x & ~1, std::max(0, registers.frame.width - part.width));
  part.y = std::min(part.y & ~1, std::max(0, registers.frame.height - part.height));
  part.width = std::min(part.width, registers.frame.width), part.height = std::min(part.height, registers.frame.height);
  return part;
}

struct StageFigures {
  std::vector<Html> input, stages;
};

/// The first stage's output is what the sensor delivered; then one figure for each stage.
StageFigures stage_figures(const ReportSource& source) {
  StageFigures figures;
  const isp::Rect part = detail_part(source);
  int number = 0;
  for_each_stage_output(source.developed.registers, source.frame.raw, [&](const StageOutput& output) {
    const Picture8 whole = overview(output, source.frame), close = detail(output, source.frame, part);
    const std::string name(output.stage);
    if (number == 0)
      figures.input = {figure(image(whole.view(), "the raw frame"), "The raw frame",
                              "reduced to a pixel for each cell of the colour filter"),
                       figure(image(close.view(), "pixels of the raw frame", Enlarge::as_pixels), "Its pixels",
                              "each in the colour of its filter")};
    figures.stages.push_back(
        figure(strip({image(whole.view(), name), image(close.view(), name + ", pixels", Enlarge::as_pixels)}),
               std::to_string(++number) + " " + name, to_string(output.encoding)));
  });
  return figures;
}

struct StageCost {
  std::string_view stage;
  int passes = 0, live_rows = 0;
  std::size_t ring_bytes = 0;
  double ms = 0;
};

struct LineCost {
  std::vector<StageCost> stages;
  isp::Plan plan;
  double ms = 0;
};

/// One streaming run on one thread with a clock beside each pass.
LineCost measure(const isp::LineRegisters& registers, const isp::RawView& raw) {
  const isp::PhonePipeline pipeline(registers);
  const isp::Graph& graph = pipeline.graph();
  LineCost cost{.stages = {}, .plan = isp::Plan::make(graph, pipeline.tails(), {.cache_bytes = firmware::kCacheBytes})};
  std::vector<firmware::Picture> pictures = firmware::make_pictures(registers);
  std::vector<isp::OutputView> outputs = firmware::views_of(pictures);
  std::optional<isp::DisplayFrame> display;
  if (pipeline.has_barrier()) outputs = {display.emplace(registers.frame).output()};
  const auto arena = isp::make_aligned<std::byte>(cost.plan.arena_bytes);

  PassTimes times(graph.nodes.size());
  const auto start = std::chrono::steady_clock::now();
  run_band(graph, cost.plan, 0,
           {.raw = raw, .binning = registers.binning, .tails = pipeline.tails(), .outputs = outputs}, arena.get(),
           &times);
  cost.ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();

  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    if (cost.stages.empty() || cost.stages.back().stage != graph.nodes[n].stage)
      cost.stages.push_back({.stage = graph.nodes[n].stage});
    StageCost& stage = cost.stages.back();
    ++stage.passes;
    stage.ms += 1e3 * times.seconds(n);
    if (cost.plan.owners[n] != static_cast<int>(n)) continue;
    stage.live_rows += 2 * cost.plan.rings[n].capacity;
    stage.ring_bytes += cost.plan.rings[n].bytes;
  }
  StageCost rest{.stage = "outputs and schedule", .ms = cost.ms};
  for (const StageCost& stage : cost.stages) rest.ms -= stage.ms;
  cost.stages.push_back(rest);
  return cost;
}

void add_cost(Page& page, const LineCost& cost) {
  double most = 0;
  for (const StageCost& stage : cost.stages) most = std::max(most, stage.ms);
  Table table({"Stage", ">Passes", ">Rows alive", ">KiB", ">ms", ">%"});
  std::vector<double> bars;
  for (const StageCost& stage : cost.stages) {
    table.add({std::string(stage.stage), stage.passes ? std::to_string(stage.passes) : "",
               stage.live_rows ? std::to_string(stage.live_rows)
               : stage.passes  ? "in place"
                               : "",
               stage.ring_bytes ? fixed(static_cast<double>(stage.ring_bytes) / 1024, 1) : "", fixed(stage.ms, 2),
               fixed(100 * stage.ms / cost.ms, 1)});
    bars.push_back(stage.ms / std::max(most, 1e-9));
  }
  page.table(table, bars);
  const isp::Plan& plan = cost.plan;
  page.note("One thread, " + fixed(cost.ms, 1) + " ms in all. " + std::to_string(plan.tiles) +
            (plan.tiles == 1 ? " tile of " : " tiles of ") + std::to_string(plan.tile_width) +
            " columns stream through an arena of " + fixed(static_cast<double>(plan.arena_bytes) / 1024, 0) +
            " KiB; the line reads " + std::to_string(plan.border.x) + " columns and " + std::to_string(plan.border.y) +
            " rows around each pixel.");
}

/// A value for people: numbers with six digits, no quotes.
std::string shown(const nlohmann::ordered_json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.is_number_float() ? significant(value.get<double>(), 6) : value.dump();
  std::string out;
  for (const auto& element : value) out += (out.empty() ? "" : ", ") + shown(element);
  return out;
}

std::vector<Fact> metadata_facts(const firmware::FrameMetadata& metadata) {
  std::vector<Fact> facts;
  const auto json = nlohmann::ordered_json::parse(firmware::metadata_json(metadata));
  for (const auto& [name, value] : json.items()) facts.push_back({name, shown(value)});
  return facts;
}

}  // namespace

std::string report_html(const ReportSource& source) {
  const StageFigures figures = stage_figures(source);
  const LineCost cost = measure(source.developed.registers, source.frame.raw);
  const Picture8 small = reduced(source.picture, kPictureWidth);

  Page page(source.output, source.input + " → " + source.output);
  page.facts(facts(source));
  page.figure(image(small.view(), "the picture"), "The picture",
              std::to_string(source.picture.width / 3) + " × " + std::to_string(source.picture.height) + " pixels");
  page.heading("Input");
  page.row(figures.input);
  page.heading("Stages");
  page.note(
      "What each stage hands to the next: the whole frame, and the pixels of one part of it. Linear light is shown "
      "under the sRGB curve.");
  page.gallery(figures.stages);
  page.heading("Histograms");
  page.row({figure({raw_histogram_svg(source.frame)}, "Raw", "over stops below white"),
            figure({picture_histogram_svg(source.picture)}, "Picture", "over its codes")});
  page.heading("Timings and plan");
  add_cost(page, cost);
  page.heading("Metadata");
  page.list(metadata_facts(source.developed.metadata));
  return page.html();
}

}  // namespace sunny16::sim
