#include "sim/report/report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "firmware/capture/metadata_json.h"
#include "isp/pipeline/plan.h"
#include "sim/report/histogram.h"
#include "sim/report/html.h"
#include "sim/report/pass_times.h"
#include "sim/report/preview.h"
#include "sim/report/style.h"

namespace sunny16::sim {
namespace {

constexpr int kDetailWidth = 176, kDetailHeight = 132, kPictureWidth = 1280;

std::string image(firmware::Rgb8 picture, std::string_view alt, std::string_view css_class = "", int quality = 90) {
  return "<img class=\"" + std::string(css_class) + "\" alt=\"" + escaped(alt) + "\" width=\"" +
         std::to_string(picture.width / 3) + "\" height=\"" + std::to_string(picture.height) +
         "\" src=\"data:image/jpeg;base64," + base64(firmware::jpeg_bytes(picture, {}, {.quality = quality})) + "\">";
}

std::string image(const Picture8& picture, std::string_view alt, std::string_view css_class = "") {
  return image(picture.view(), alt, css_class);
}

std::string figure(const std::string& pictures, std::string_view name, std::string_view note) {
  return "<figure>" + pictures + "<figcaption><b>" + escaped(name) + "</b><span>" + escaped(note) +
         "</span></figcaption></figure>\n";
}

std::string fact(std::string_view name, const std::string& value) {
  return "<li><span>" + escaped(name) + "</span>" + escaped(value) + "</li>\n";
}

std::string facts(const ReportSource& source) {
  const firmware::FrameMetadata& m = source.developed.metadata;
  const isp::RawView& raw = source.frame.raw;
  std::string out = "<ul class=\"facts\">\n";
  const std::string camera = source.frame.make + ' ' + source.frame.model;
  if (camera != " ") out += fact("Camera", camera);
  out += fact("Frame", std::to_string(raw.width) + " × " + std::to_string(raw.height) + ", " +
                           std::string(isp::to_string(raw.phase)) + ", black " + fixed(m.black[0], 0) + ", white " +
                           fixed(m.white, 0));
  if (m.applied.exposure_us) out += fact("Exposure", fixed(*m.applied.exposure_us / 1000, 2) + " ms");
  if (m.applied.analogue_gain)
    out += fact("Gain", fixed(*m.applied.analogue_gain, 2) + " × " + fixed(m.digital_gain, 2));
  out += fact(m.estimated_white_balance ? "White balance, estimated" : "White balance, as given",
              fixed(m.colour_gains[0], 2) + " / 1 / " + fixed(m.colour_gains[1], 2));
  out += fact("Light", fixed(m.colour_temperature, 0) + " K");
  out += fact("Developed in",
              fixed(m.line_ms, 1) + " ms, " + fixed(1e-3 * raw.width * raw.height / m.line_ms, 0) + " MP/s");
  return out + "</ul>\n";
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
  std::string input, stages;
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
      figures.input =
          figure(image(whole, "the raw frame"), "The raw frame",
                 "reduced to a pixel for each cell of the colour filter") +
          figure(image(close, "pixels of the raw frame", "pixels"), "Its pixels", "each in the colour of its filter");
    figures.stages += figure("<div>" + image(whole, name) + image(close, name + ", pixels", "pixels") + "</div>",
                             std::to_string(++number) + " " + name, to_string(output.encoding));
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

std::string cost_table(const LineCost& cost) {
  double most = 0;
  for (const StageCost& stage : cost.stages) most = std::max(most, stage.ms);
  std::string out =
      "<div class=\"scroll\"><table>\n<tr><th>Stage</th><th class=\"number\">Passes</th><th class=\"number\">Rows "
      "alive</th>"
      "<th class=\"number\">KiB</th><th class=\"number\">ms</th><th class=\"number\">%</th><th "
      "class=\"bar\"></th></tr>\n";
  const auto number = [](const std::string& text) { return "<td class=\"number\">" + text + "</td>"; };
  for (const StageCost& stage : cost.stages)
    out += "<tr><td>" + escaped(stage.stage) + "</td>" + number(stage.passes ? std::to_string(stage.passes) : "") +
           number(stage.live_rows ? std::to_string(stage.live_rows)
                  : stage.passes  ? "in place"
                                  : "") +
           number(stage.ring_bytes ? fixed(static_cast<double>(stage.ring_bytes) / 1024, 1) : "") +
           number(fixed(stage.ms, 2)) + number(fixed(100 * stage.ms / cost.ms, 1)) +
           "<td class=\"bar\"><i style=\"width:" + fixed(100 * stage.ms / std::max(most, 1e-9), 1) +
           "%\"></i></td></tr>\n";
  const isp::Plan& plan = cost.plan;
  return out + "</table></div>\n<p class=\"quiet\">One thread, " + fixed(cost.ms, 1) + " ms in all. " +
         std::to_string(plan.tiles) + (plan.tiles == 1 ? " tile of " : " tiles of ") + std::to_string(plan.tile_width) +
         " columns stream through an arena of " + fixed(static_cast<double>(plan.arena_bytes) / 1024, 0) +
         " KiB; the line reads " + std::to_string(plan.border.x) + " columns and " + std::to_string(plan.border.y) +
         " rows around each pixel.</p>\n";
}

/// A value for people: numbers with six digits, no quotes.
std::string shown(const nlohmann::ordered_json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.is_number_float() ? significant(value.get<double>(), 6) : value.dump();
  std::string out;
  for (const auto& element : value) out += (out.empty() ? "" : ", ") + shown(element);
  return out;
}

std::string metadata_table(const firmware::FrameMetadata& metadata) {
  std::string out = "<div class=\"scroll\"><table>\n";
  const auto json = nlohmann::ordered_json::parse(firmware::metadata_json(metadata));
  for (const auto& [name, value] : json.items())
    out += "<tr><th>" + escaped(name) + "</th><td><code>" + escaped(shown(value)) + "</code></td></tr>\n";
  return out + "</table></div>\n";
}

}  // namespace

std::string report_html(const ReportSource& source) {
  const StageFigures figures = stage_figures(source);
  const LineCost cost = measure(source.developed.registers, source.frame.raw);
  const Picture8 small = reduced(source.picture, kPictureWidth);

  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
      escaped(source.output) + " · Sunny16</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n";
  html += "<h1>" + escaped(source.input) + " → " + escaped(source.output) + "</h1>\n" + facts(source);
  html += figure(image(small, "the picture"), "The picture",
                 std::to_string(source.picture.width / 3) + " × " + std::to_string(source.picture.height) + " pixels");
  html += "<h2>Input</h2>\n<div class=\"pair\">\n" + figures.input + "</div>\n";
  html +=
      "<h2>Stages</h2>\n<p class=\"quiet\">What each stage hands to the next: the whole frame, and the pixels of one "
      "part of it. "
      "Linear light is shown under the sRGB curve.</p>\n<div class=\"stages\">\n" +
      figures.stages + "</div>\n";
  html += "<h2>Histograms</h2>\n<div class=\"pair\">\n<div>Raw" + raw_histogram_svg(source.frame) +
          "</div>\n<div>Picture" + picture_histogram_svg(source.picture) + "</div>\n</div>\n";
  html += "<h2>Timings and plan</h2>\n" + cost_table(cost);
  html += "<h2>Metadata</h2>\n" + metadata_table(source.developed.metadata);
  return html + "</body>\n</html>\n";
}

}  // namespace sunny16::sim
