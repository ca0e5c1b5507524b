// sunny16 stages: the line's stages in order, from their types and parameter tables.
#include "sim/cli/stages.h"

#include "firmware/tuning/camera_tuning.h"
#include "firmware/tuning/described_text.h"
#include "sim/cli/commands.h"
#include "sim/cli/table.h"

namespace sunny16::cli {
namespace {

using Json = nlohmann::ordered_json;

template <class S>
Json passes() {
  constexpr std::array<const char*, 3> kGrids{"full", "quad", "half"};
  Json list = Json::array();
  const auto add = [&](const isp::PassShape& shape) {
    Json inputs = Json::array();
    for (int i = 0; i < shape.input_count; ++i) {
      const isp::InputShape& input = shape.inputs[static_cast<std::size_t>(i)];
      const std::string from = input.source == isp::kStageInput ? "input" : "pass " + std::to_string(input.source);
      inputs.push_back({{"from", from}, {"border", {input.border_x, input.border_y}}});
    }
    list.push_back({{"reads", inputs},
                    {"grid", kGrids[static_cast<std::size_t>(shape.out.grid)]},
                    {"planes", shape.out.planes},
                    {"bytes", shape.out.bytes},
                    {"in_place", shape.in_place}});
  };
  [&]<class... P>(std::type_identity<std::tuple<P...>>) {
    (add(P::shape), ...);
  }(std::type_identity<typename S::Passes>{});
  return list;
}

/// A stage, an output's stage or a tap: what it reads and writes, as far as its type says, and its parameters.
template <class S>
Json describe() {
  Json stage{{"name", S::name}};
  if constexpr (requires { typename S::In; }) stage["in"] = S::In::name;
  if constexpr (requires { typename S::Out; }) stage["out"] = S::Out::name;
  if constexpr (requires { typename S::Passes; }) stage["passes"] = passes<S>();
  stage["parameters"] = firmware::object_schema<typename S::Tuning>(false)["properties"];
  return stage;
}

template <class List>
Json describe_all() {
  Json stages = Json::array();
  [&]<class... S>(std::type_identity<std::tuple<S...>>) {
    (stages.push_back(describe<S>()), ...);
  }(std::type_identity<List>{});
  return stages;
}

std::string domains(const Json& stage) {
  return stage.value("in", "") + (stage.contains("out") ? " -> " + stage["out"].get<std::string>() : "");
}

template <class S>
std::string human() {
  Table rows({"  parameter", ">default", ">from", ">to", "unit", "meaning"});
  typename S::Tuning initial;
  int count = 0;
  isp::for_each_field(initial, [&](const auto& row, const auto& value) {
    using T = std::remove_cvref_t<decltype(value)>;
    const bool ranged = firmware::Numeric<T> && !std::is_same_v<T, bool>;
    rows.add({"  " + std::string(row.name), firmware::to_json(value).dump(),
              ranged ? firmware::number_text(row.minimum) : "", ranged ? firmware::number_text(row.maximum) : "",
              std::string(row.unit), std::string(row.prose)});
    ++count;
  });
  const std::string line = domains(describe<S>());
  return std::string(S::name) + (line.empty() ? "" : ": " + line) + "\n" + (count ? rows.text() : "") + "\n";
}

template <class List>
std::string human_all() {
  std::string text;
  [&]<class... S>(std::type_identity<std::tuple<S...>>) { ((text += human<S>()), ...); }(std::type_identity<List>{});
  return text;
}

std::string markdown_row(const Json& stage) {
  std::string row = "| [`" + stage["name"].get<std::string>() + "`](tuning.md#stages" +
                    stage["name"].get<std::string>() + ") | " + stage.value("in", "") + " | " + stage.value("out", "") +
                    " | ";
  std::string reads;
  bool in_place = true;
  for (const Json& pass : stage.value("passes", Json::array())) {
    reads += reads.empty() ? "" : "; ";
    std::string inputs;
    for (const Json& input : pass["reads"]) {
      const int x = input["border"][0], y = input["border"][1];
      inputs +=
          (inputs.empty() ? "" : ", ") + input["from"].get<std::string>() + (x || y ? format(" %d x %d", x, y) : "");
    }
    reads += inputs;
    in_place = in_place && pass["in_place"].get<bool>();
  }
  const auto count = stage.value("passes", Json::array()).size();
  return row + (count ? std::to_string(count) : "") + " | " + (count && in_place ? "in place" : reads) + " |\n";
}

std::string markdown_table(const Json& stages) {
  std::string text = "| stage | in | out | passes | each pass reads |\n|---|---|---|---|---|\n";
  for (const Json& stage : stages) text += markdown_row(stage);
  return text + "\n";
}

void stages(bool json, bool markdown) {
  if (json) {
    const Json all{{"line", describe_all<isp::PhoneStages>()},
                   {"frame", describe_all<isp::FrameStages>()},
                   {"outputs", describe_all<isp::OutputStages>()},
                   {"taps", describe_all<isp::PhoneTaps>()}};
    std::fputs(firmware::write_json(all).c_str(), stdout);
  } else if (markdown) {
    std::fputs(stages_markdown().c_str(), stdout);
  } else {
    std::fputs((human_all<isp::PhoneStages>() + human_all<isp::FrameStages>() + human_all<isp::OutputStages>() +
                human_all<isp::PhoneTaps>())
                   .c_str(),
               stdout);
  }
}

}  // namespace

std::string stages_markdown() {
  return "# Stages\n\nGenerated by `sunny16 docs --update` from the list of stages; do not edit. Parameters are in "
         "[tuning.md](tuning.md), domains in\n"
         "[architecture.md](../architecture.md#domains).\n\n"
         "A pass makes a row from rows around it: \"input 2 x 1\" reads two columns and one row on each side, counted "
         "in the input's own\n"
         "samples. A pass that works in place keeps no rows of its own.\n\n"
         "## The line, in order\n\n" +
         markdown_table(describe_all<isp::PhoneStages>()) + "## Behind a barrier, where the tuning asks for it\n\n" +
         markdown_table(describe_all<isp::FrameStages>()) + "## Each output, behind the line\n\n" +
         markdown_table(describe_all<isp::OutputStages>()) + "## Statistics, counted beside the line\n\n" +
         markdown_table(describe_all<isp::PhoneTaps>());
}

void add_stages(CLI::App& app) {
  CLI::App& command = *app.add_subcommand("stages", "List the line's stages: domains, parameters, ranges, units");
  command.footer("Examples:\n  sunny16 stages\n  sunny16 stages --json");
  const auto json = std::make_shared<bool>(), markdown = std::make_shared<bool>();
  CLI::Option* as_json = command.add_flag("--json", *json, "Print JSON, with each parameter's schema");
  command.add_flag("--markdown", *markdown, "Print docs/generated/stages.md")->excludes(as_json);
  command.callback([json, markdown] { stages(*json, *markdown); });
}

void add_schema(CLI::App& app) {
  CLI::App& command = *app.add_subcommand("schema", "Print the JSON Schema of tuning files");
  command.footer("Examples:\n  sunny16 schema > sunny16-tuning.schema.json");
  command.callback([] { std::fputs(firmware::tuning_schema_text().c_str(), stdout); });
}

}  // namespace sunny16::cli
