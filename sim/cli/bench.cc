// sunny16 bench: how fast the line is, pass by pass and as a whole.
#include <ctime>

#include <algorithm>
#include <chrono>

#include "firmware/capture/frame_line.h"
#include "firmware/tuning/json_reader.h"
#include "isp/core/simd_target.h"
#include "sim/cli/line_options.h"
#include "sim/cli/table.h"
#include "sim/reference/bench_frame.h"
#include "sim/report/pass_times.h"

namespace sunny16::cli {
namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

struct BenchOptions {
  LineOptions line;
  int repeat = 7;
  bool json = false;
};

double cpu_seconds(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// Wall and processor time of something.
struct Cost {
  double wall = 0, cpu = 0;
};

template <class F>
Cost measure(clockid_t clock, F&& f) {
  const double cpu = cpu_seconds(clock);
  const auto start = Clock::now();
  f();
  const double wall = std::chrono::duration<double>(Clock::now() - start).count();
  return {wall, cpu_seconds(clock) - cpu};
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

/// What observing a pass adds to the time that is seen, and to the run's outside of it, for each call.
struct ObserverCost {
  double inside, outside;
};

ObserverCost observer_cost() {
  constexpr int kCalls = 100'000;
  sim::PassTimes nothing(1);
  const Cost all = measure(CLOCK_THREAD_CPUTIME_ID, [&] {
    for (int i = 0; i < kCalls; ++i) nothing.begin(0), nothing.end(0);
  });
  const double inside = nothing.seconds(0) / kCalls;
  return {inside, all.cpu / kCalls - inside};
}

class Bench {
 public:
  explicit Bench(const BenchOptions& options)
      : options_(options),
        line_(make_line(options.line)),
        frame_(sim::bench_frame(line_.width, line_.height)),
        pipeline_(line_.registers),
        pictures_(firmware::make_pictures(line_.registers)),
        views_(firmware::views_of(pictures_)) {}

  Json run() {
    Json stages = time_passes();
    std::vector<double> cpu, wall;
    for (int i = -1; i < options_.repeat; ++i) {  // the first run warms up
      const Cost cost = measure(CLOCK_PROCESS_CPUTIME_ID, [&] {
        firmware::run_line(line_.registers, frame_.view, views_, nullptr, options_.line.threads);
      });
      if (i >= 0) cpu.push_back(cost.cpu), wall.push_back(cost.wall);
    }
    return {{"profile", line_.profile_name()},         {"width", line_.width},        {"height", line_.height},
            {"threads", options_.line.threads},        {"repeat", options_.repeat},   {"target", isp::simd_target()},
            {"registers_hash", hash_text(line_.hash)}, {"stages", std::move(stages)}, {"line", figures(cpu, wall)}};
  }

 private:
  double megapixels() const { return 1e-6 * line_.width * line_.height; }

  Json figures(const std::vector<double>& cpu, const std::vector<double>& wall) const {
    return {{"mp_per_cpu_second", megapixels() / median(cpu)},
            {"mp_per_second", megapixels() / median(wall)},
            {"best_mp_per_cpu_second", megapixels() / std::ranges::min(cpu)},
            {"best_mp_per_second", megapixels() / std::ranges::min(wall)}};
  }
  Json figures(const std::vector<double>& seconds) const { return figures(seconds, seconds); }

  /// Each pass on one thread, over all rows of the frame. Without interruptions, processor time is wall time.
  Json time_passes() const {
    const isp::Graph& graph = pipeline_.graph();
    const isp::Plan plan = isp::Plan::make(graph, pipeline_.tails(), {.cache_bytes = firmware::kCacheBytes});
    const auto arena = isp::make_aligned<std::byte>(plan.arena_bytes);
    isp::DisplayFrame filled(line_.registers.frame);
    const isp::OutputView before_barrier = filled.output();
    const isp::Job job{.raw = frame_.view,
                       .binning = line_.registers.binning,
                       .tails = pipeline_.tails(),
                       .outputs = pipeline_.has_barrier() ? std::span(&before_barrier, 1) : std::span(views_)};
    const ObserverCost observer = observer_cost();
    std::vector<std::vector<double>> passes(graph.nodes.size() +
                                            1);  // seconds; the last: outputs, padding, and the schedule itself
    for (int i = -1; i < options_.repeat; ++i) {
      sim::PassTimes times(graph.nodes.size());
      double rest = measure(CLOCK_THREAD_CPUTIME_ID, [&] { run_band(graph, plan, 0, job, arena.get(), &times); }).cpu;
      if (i < 0) continue;
      for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        const double seen = times.seconds(n), calls = static_cast<double>(times.calls(n));
        passes[n].push_back(seen - calls * observer.inside);
        rest -= seen + calls * observer.outside;
      }
      passes.back().push_back(rest);
    }
    return add_up(graph, passes);
  }

  /// Passes as stages, in order.
  Json add_up(const isp::Graph& graph, const std::vector<std::vector<double>>& passes) const {
    Json stages = Json::array();
    std::vector<double> stage(static_cast<std::size_t>(options_.repeat));
    Json pass_figures = Json::array();
    const auto finish = [&](std::string_view name) {
      Json json{{"name", name}};
      json.update(figures(stage));
      if (pass_figures.size() > 1) json["passes"] = pass_figures;
      stages.push_back(std::move(json));
      stage.assign(stage.size(), 0);
      pass_figures = Json::array();
    };
    for (std::size_t n = 0; n < passes.size(); ++n) {
      for (std::size_t i = 0; i < stage.size(); ++i) stage[i] += passes[n][i];
      pass_figures.push_back(figures(passes[n]));
      if (n == graph.nodes.size())
        finish("outputs and schedule");
      else if (graph.nodes[n].last)
        finish(graph.nodes[n].stage);
    }
    return stages;
  }

  const BenchOptions& options_;
  Line line_;
  sim::RawBuffer frame_;
  isp::PhonePipeline pipeline_;
  std::vector<firmware::Picture> pictures_;
  std::vector<isp::OutputView> views_;
};

std::string table(const Json& result) {
  Table rows({"stage", ">MP/CPU s", ">MP/s", ">best MP/s", ">ms"});
  const double megapixels = 1e-6 * result["width"].get<double>() * result["height"].get<double>();
  const auto add = [&](const std::string& name, const Json& figures) {
    const double cpu = figures["mp_per_cpu_second"], wall = figures["mp_per_second"],
                 best = figures["best_mp_per_second"];
    rows.add({name, format("%.0f", cpu), format("%.0f", wall), format("%.0f", best),
              format("%.2f", 1e3 * megapixels / wall)});
  };
  for (const Json& stage : result["stages"]) {
    add(stage["name"], stage);
    int pass = 0;
    for (const Json& figures : stage.value("passes", Json::array())) add("  pass " + std::to_string(pass++), figures);
  }
  add("the whole line", result["line"]);
  return rows.text();
}

void bench(const BenchOptions& options) {
  const Json result = Bench(options).run();
  if (options.json) {
    std::fputs(firmware::write_json(result).c_str(), stdout);
    return;
  }
  std::printf(
      "%s, %d x %d, 12 bits, gain 4; %s; median of %d; registers %s\nstages on one thread, the whole line on %d\n\n%s",
      result["profile"].get<std::string>().c_str(), result["width"].get<int>(), result["height"].get<int>(),
      result["target"].get<std::string>().c_str(), options.repeat, result["registers_hash"].get<std::string>().c_str(),
      options.line.threads, table(result).c_str());
}

}  // namespace

void add_bench(CLI::App& app) {
  const auto options = std::make_shared<BenchOptions>();
  CLI::App& command = *app.add_subcommand(
      "bench", "Measure the line's speed, stage by stage and whole, on a noisy 12-bit frame at gain 4");
  command.footer(
      "Examples:\n  sunny16 bench\n  sunny16 bench --profile lite --threads 2 --repeat 15\n  sunny16 bench --size "
      "2028:1520 --json");
  add_line_options(command, options->line);
  command.add_option("--repeat", options->repeat, "Runs, of which the median counts")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_flag("--json", options->json, "Print JSON");
  command.callback([options] { bench(*options); });
}

}  // namespace sunny16::cli
