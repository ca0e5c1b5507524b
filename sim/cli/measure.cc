// sunny16 measure: how good a picture, a raw frame or a sensor is.
#include <cstdio>
#include <thread>

#include "sim/cli/options.h"
#include "sim/cli/raw_options.h"
#include "sim/cli/table.h"
#include "sim/cli/text_file.h"
#include "sim/measure/measure.h"
#include "sim/measure/measure_report.h"
#include "sim/metrics/metric_error.h"

namespace sunny16::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sunny16 measure shot.dng
  sunny16 measure shot.jpg --truth shot.truth.json --report shot.html
  sunny16 measure photo.jpg --metric colour --chart auto
  sunny16 measure photo.jpg --metric colour --chart 412,300,1210,318,1198,842,404,822
  sunny16 measure edge.png --metric sfr --roi 300,200,64,96 --linear
  sunny16 measure flat-*.dng dark-*.dng --metric ptc --tuning-file imx708.json --json ptc.json
  sunny16 measure ours.png --metric psnr --reference theirs.png)";

constexpr std::string_view kPhotonTransfer = "ptc";

struct MeasureCommand {
  std::vector<std::string> inputs, metrics, tunings;
  std::string roi, chart, json, report, truth, reference;
  RawOptions raw;
  bool linear = false;
  int threads = 1;
};

isp::Rect region(const std::string& text) {
  const auto v = numbers("--roi", text, 4);
  for (const double n : v)
    if (n != std::floor(n) || n < 0 || n > isp::kMaxSide)
      throw UsageError("--roi: found " + text + ", allowed whole pixels x,y,width,height");
  return {static_cast<int>(v[0]), static_cast<int>(v[1]), static_cast<int>(v[2]), static_cast<int>(v[3])};
}

std::array<sim::Position, 4> corners(const std::string& text) {
  const auto v = numbers("--chart", text, 8);
  return {{{v[0], v[1]}, {v[2], v[3]}, {v[4], v[5]}, {v[6], v[7]}}};
}

std::vector<const sim::Metric*> chosen(const std::vector<std::string>& names) {
  std::vector<const sim::Metric*> metrics;
  for (const std::string& name : names) {
    if (name == kPhotonTransfer) continue;
    std::vector<std::string_view> all;
    for (const sim::Metric& metric : sim::metrics()) all.push_back(metric.name);
    all.push_back(kPhotonTransfer);
    metrics.push_back(&sim::metrics()[choice("--metric", name, all)]);
  }
  return metrics;
}

/// Numbers and words of a measurement; lists stay in the JSON.
void add_rows(Table& table, const std::string& metric, const std::string& path, const nlohmann::ordered_json& value) {
  if (value.is_object()) {
    for (const auto& [key, member] : value.items())
      add_rows(table, metric, path.empty() ? key : path + "." + key, member);
  } else if (value.is_number_float()) {
    table.add({metric, path, format("%.6g", value.get<double>())});
  } else if (value.is_primitive()) {
    table.add({metric, path, value.is_string() ? value.get<std::string>() : value.dump()});
  }
}

/// What nobody asked for by name may fail: a shot can be too small for one of its targets.
std::vector<sim::Measurement> all_that_applies(const sim::Subject& subject, const sim::MeasureOptions& options) {
  std::vector<sim::Measurement> measurements;
  for (const sim::Metric& metric : sim::metrics()) {
    if (!metric.applies(subject) && !(options.chart && metric.name == "colour")) continue;
    try {
      measurements.push_back(metric.measure(subject, options));
    } catch (const sim::MetricError& error) {
      std::fprintf(stderr, "sunny16: %s: no %s: %s\n", subject.name().c_str(), std::string(metric.name).c_str(),
                   error.what());
    }
  }
  return measurements;
}

void measure(const MeasureCommand& command) {
  const std::vector<const sim::Metric*> wanted = chosen(command.metrics);
  const bool transfer = std::ranges::find(command.metrics, kPhotonTransfer) != command.metrics.end();
  sim::MeasureOptions options;
  if (!command.roi.empty()) options.roi = region(command.roi);
  const bool detect = command.chart == "auto";
  if (!command.chart.empty() && !detect) options.chart = corners(command.chart);

  const sim::SubjectOptions subject_options{
      .raw = description(command.raw), .linear = command.linear, .truth = command.truth, .threads = command.threads};
  std::optional<sim::Subject> reference;
  if (!command.reference.empty()) options.reference = &reference.emplace(command.reference, subject_options);
  std::vector<sim::NamedTuning> tunings;
  for (const std::string& file : command.tunings) tunings.push_back({file, firmware::load_tuning(file)});
  options.tunings = tunings;

  std::vector<sim::MeasuredSubject> results;
  std::vector<sim::Subject> subjects;
  for (const std::string& input : command.inputs) subjects.emplace_back(input, subject_options);
  for (const sim::Subject& subject : subjects) {
    sim::MeasuredSubject& result =
        results.emplace_back(sim::MeasuredSubject{.name = subject.name(), .subject = &subject, .measurements = {}});
    if (detect) options.chart = sim::find_chart(subject);
    if (!wanted.empty()) {
      for (const sim::Metric* metric : wanted) result.measurements.push_back(metric->measure(subject, options));
    } else if (!transfer) {
      result.measurements = all_that_applies(subject, options);
      if (result.measurements.empty()) {
        std::string names;
        for (const sim::Metric& metric : sim::metrics()) names += " " + std::string(metric.name);
        throw UsageError(subject.name() + ": found nothing that is known to be measurable, allowed --metric of" +
                         names + "; --help says what each needs");
      }
    }
  }
  if (transfer)
    results.push_back({.name = "photon transfer",
                       .subject = nullptr,
                       .measurements = {sim::measure_photon_transfer(subjects, options)}});

  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const sim::MeasuredSubject& result : results) {
    if (result.measurements.empty()) continue;
    Table table({"metric", "figure", ">value"});
    nlohmann::ordered_json object{{"file", result.name}};
    for (const sim::Measurement& m : result.measurements) {
      add_rows(table, m.metric, "", m.values);
      object[m.metric] = m.values;
    }
    json.push_back(std::move(object));
    if (command.json != "-") std::printf("%s\n%s", result.name.c_str(), table.text().c_str());
  }
  if (!command.json.empty()) write_text(command.json, firmware::write_json(json) + "\n");
  if (!command.report.empty()) write_text(command.report, sim::measure_report_html(results));
}

}  // namespace

void add_measure(CLI::App& app) {
  const auto options = std::make_shared<MeasureCommand>();
  MeasureCommand& o = *options;
  o.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  CLI::App& command = *app.add_subcommand("measure", "Measure pictures, raw frames and sensors");
  std::string names;
  for (const sim::Metric& metric : sim::metrics())
    names += "  " + std::string(metric.name) + ": " + std::string(metric.title) + "; needs " +
             std::string(metric.needs) + "\n";
  command.footer("Metrics:\n" + names +
                 "  ptc: Photon transfer (EMVA 1288); needs pairs of raw frames of an even light at four or more "
                 "exposures, and a dark pair\n" +
                 kExamples);
  command.add_option("FILE", o.inputs, "Pictures (PNG, JPEG, TIFF) or raw frames")->required()->expected(-1);
  command.add_option("--metric", o.metrics, "What to measure; else all that the shot's truth allows")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  command.add_option("--roi", o.roi, "Region to measure, pixels: x,y,width,height");
  command.add_flag("--linear", o.linear, "A picture's numbers are linear light");
  command.add_option("--chart", o.chart,
                     "Where the ColorChecker is: auto, or the centres of its corner patches x1,y1,...,x4,y4 (dark "
                     "skin, bluish green, black, white)");
  command.add_option("--truth", o.truth, "What simulate wrote of the shot; else FILE.truth.json if it is there");
  command.add_option("--reference", o.reference, "What psnr and texture compare with");
  command.add_option("--tuning-file", o.tunings, "ptc: tell this tuning's noise beside the measured one")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  command.add_option("--json", o.json, "Write all results as JSON: a file, or - for standard output");
  command.add_option("--report", o.report, "Write a page with tables and plots (HTML)");
  command.add_option("--threads", o.threads, "Threads")->check(CLI::Range(1, 256))->capture_default_str();
  add_raw_options(command, o.raw);
  command.callback([options] { measure(*options); });
}

}  // namespace sunny16::cli
