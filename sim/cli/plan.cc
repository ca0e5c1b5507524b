// sunny16 plan: how the line streams. What is fused, held and computed twice can be read because it is printed.
#include "isp/pipeline/plan.h"

#include "firmware/capture/frame_line.h"
#include "firmware/tuning/json_reader.h"
#include "sim/cli/line_options.h"
#include "sim/cli/table.h"

namespace sunny16::cli {
namespace {

using Json = nlohmann::ordered_json;

struct PlanCommand {
  LineOptions line;
  int cache_kib = static_cast<int>(firmware::kCacheBytes >> 10), tile_width = 0;
  bool json = false;
};

/// How much more each node computes than the frame's samples, because tiles and bands compute their surroundings again:
/// a fraction.
std::vector<double> halo_costs(const isp::Graph& graph, const isp::Plan& plan, std::span<const isp::OutputTail> tails) {
  std::vector<std::int64_t> rows(graph.nodes.size()), columns(graph.nodes.size());
  isp::Schedule schedule(graph, plan.owners, plan.extensions);
  for (const isp::Range band : plan.bands)
    schedule.run(
        graph, tails, band, [&](int owner, int) { rows[static_cast<std::size_t>(owner)] += 2; },
        [](const isp::OutputTail&, int) {});
  for (int tile = 0; tile < plan.tiles; ++tile) {
    const auto spans = plan.spans(graph, tails, plan.tile(graph, tile));
    for (std::size_t n = 0; n < spans.size(); ++n) columns[n] += spans[n].end - spans[n].first;
  }
  std::vector<double> costs;
  const double samples = static_cast<double>(graph.frame.width) * graph.frame.height;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n)
    costs.push_back(static_cast<double>(columns[n] * rows[static_cast<std::size_t>(plan.owners[n])]) / samples - 1);
  return costs;
}

/// What a pass reads: the input's name, and how far around, in the input's samples.
Json reads(const isp::Graph& graph, const isp::Node& node) {
  Json inputs = Json::array();
  for (int i = 0; i < node.shape.input_count; ++i) {
    const auto slot = static_cast<std::size_t>(i);
    const int input = node.inputs[slot];
    std::string from = "raw";
    if (input != isp::kRawRows) {
      const isp::Node& source = graph.nodes[static_cast<std::size_t>(input)];
      from = source.last ? std::string(source.stage) : std::string(source.stage) + "/" + std::to_string(source.pass);
    }
    inputs.push_back(
        {{"from", from}, {"border", {node.shape.inputs[slot].border_x, node.shape.inputs[slot].border_y}}});
  }
  return inputs;
}

Json describe(const isp::Graph& graph, const isp::Plan& plan, std::span<const isp::OutputTail> tails) {
  constexpr std::array<const char*, 3> kGrids{"full", "quad", "half"};
  const std::vector<double> halo = halo_costs(graph, plan, tails);
  Json passes = Json::array();
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const isp::Node& node = graph.nodes[n];
    const isp::Layout& layout = node.shape.out;
    const bool own = plan.owners[n] == static_cast<int>(n);
    passes.push_back({{"stage", node.stage},
                      {"pass", node.pass},
                      {"reads", reads(graph, node)},
                      {"grid", kGrids[static_cast<std::size_t>(layout.grid)]},
                      {"planes", layout.planes},
                      {"bytes", layout.bytes},
                      {"in_place", !own},
                      {"live_rows", own ? 2 * plan.rings[n].capacity : 0},
                      {"ring_bytes", own ? plan.rings[n].bytes : 0},
                      {"halo", halo[n]}});
  }
  return {{"tile_width", plan.tile_width},   {"tiles", plan.tiles},
          {"bands", plan.bands.size()},      {"border", {plan.border.x, plan.border.y}},
          {"arena_bytes", plan.arena_bytes}, {"passes", std::move(passes)}};
}

std::string table(const Json& plan) {
  Table rows({"stage", ">pass", "reads: columns x rows around", "grid", ">planes", ">bytes", ">live rows", ">KiB",
              "ring", ">halo %"});
  std::string stage;
  for (const Json& pass : plan["passes"]) {
    std::string inputs;
    for (const Json& input : pass["reads"]) {
      const int x = input["border"][0], y = input["border"][1];
      inputs +=
          (inputs.empty() ? "" : ", ") + input["from"].get<std::string>() + (x || y ? format(" %dx%d", x, y) : "");
    }
    const bool in_place = pass["in_place"];
    const auto name = pass["stage"].get<std::string>();
    rows.add({name == stage ? "" : name, std::to_string(pass["pass"].get<int>()), inputs,
              pass["grid"].get<std::string>(), std::to_string(pass["planes"].get<int>()),
              std::to_string(pass["bytes"].get<int>()), in_place ? "" : std::to_string(pass["live_rows"].get<int>()),
              in_place ? "" : format("%.1f", pass["ring_bytes"].get<double>() / 1024), in_place ? "in place" : "own",
              format("%.1f", 100 * pass["halo"].get<double>())});
    stage = name;
  }
  return rows.text();
}

void plan(const PlanCommand& options) {
  const Line line = make_line(options.line);
  const isp::PhonePipeline pipeline(line.registers);
  const isp::Plan made = isp::Plan::make(pipeline.graph(), pipeline.tails(),
                                         {.tile_width = options.tile_width,
                                          .bands = options.line.threads,
                                          .cache_bytes = static_cast<std::size_t>(options.cache_kib) << 10});
  Json json{{"profile", line.profile_name()},
            {"width", line.width},
            {"height", line.height},
            {"cache_bytes", options.cache_kib * 1024}};
  json.update(describe(pipeline.graph(), made, pipeline.tails()));
  if (options.json) {
    std::fputs(firmware::write_json(json).c_str(), stdout);
    return;
  }
  std::printf("%s, %d x %d, planned for %d KiB of cache a core\n\n%s\n", line.profile_name().c_str(), line.width,
              line.height, options.cache_kib, table(json).c_str());
  std::printf("%d tiles of %d columns, %zu bands; arena %.1f KiB a thread\n", made.tiles, made.tile_width,
              made.bands.size(), static_cast<double>(made.arena_bytes) / 1024);
  std::printf("summed border: %d columns, %d rows on each side\n", made.border.x, made.border.y);
}

}  // namespace

void add_plan(CLI::App& app) {
  const auto options = std::make_shared<PlanCommand>();
  CLI::App& command =
      *app.add_subcommand("plan", "Print the passes of the line, the rows they keep alive, and what halos cost");
  command.footer(
      "Examples:\n  sunny16 plan\n  sunny16 plan --profile lite --cache 512 --threads 4\n  sunny16 plan --set "
      "sharpen.bands=1 --json");
  add_line_options(command, options->line);
  command.add_option("--cache", options->cache_kib, "A core's L2 cache, KiB")
      ->check(CLI::Range(16, 1 << 20))
      ->capture_default_str();
  command.add_option("--tile-width", options->tile_width, "Columns of a tile (0: what fits the cache)")
      ->check(CLI::Range(0, isp::kMaxSide));
  command.add_flag("--json", options->json, "Print JSON");
  command.callback([options] { plan(*options); });
}

}  // namespace sunny16::cli
