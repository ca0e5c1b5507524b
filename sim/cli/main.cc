// sunny16: the camera's line on the desk.
#include <cstdio>
#include <exception>

#include "firmware/capture/frame_line.h"
#include "firmware/detect/detector.h"
#include "firmware/output/output_error.h"
#include "firmware/tuning/json_reader.h"
#include "hal/replay/input_error.h"
#include "sim/cli/commands.h"
#include "sim/light/simulation_error.h"
#include "sim/metrics/metric_error.h"

namespace sunny16::cli {
namespace {

constexpr int kUsage = 2, kFailure = 1;

/// Says which commands there are, if the first word is none of them.
void check_command(const CLI::App& app, const std::string& word) {
  std::string allowed;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() == word) return;
    allowed += " " + command->get_name();
  }
  if (!word.starts_with('-'))
    throw UsageError("found " + (word.empty() ? "no command" : "\"" + word + "\"") + ", allowed" + allowed +
                     "; --help says more");
}

int run(int argc, char** argv) {
  CLI::App app{"Sunny16: a phone-class camera in 16-bit fixed point.", "sunny16"};
  app.set_version_flag("--version", SUNNY16_VERSION);
  app.require_subcommand(1);
  for (const auto add : {add_develop, add_info, add_plan, add_stages, add_schema, add_docs, add_golden, add_bench,
                         add_simulate, add_measure, add_compare, add_look,
                         add_scenes})
    add(app);

  const auto report = [](const std::exception& error, int code) {
    std::fprintf(stderr, "sunny16: %s\n", error.what());
    return code;
  };
  try {
    check_command(app, argc > 1 ? argv[1] : "");
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // help and version
    return report(error, kUsage);
  } catch (const UsageError& error) {
    return report(error, kUsage);
  } catch (const hal::InputError& error) {
    return report(error, kUsage);
  } catch (const firmware::TuningError& error) {
    return report(error, kUsage);
  } catch (const firmware::RequestError& error) {
    return report(error, kUsage);
  } catch (const firmware::OutputError& error) {
    return report(error, kUsage);
  } catch (const firmware::DetectorError& error) {
    return report(error, kUsage);
  } catch (const sim::SimulationError& error) {
    return report(error, kUsage);
  } catch (const sim::MetricError& error) {
    return report(error, kUsage);
  } catch (const std::exception& error) {
    return report(error, kFailure);
  }
  return 0;
}

}  // namespace
}  // namespace sunny16::cli

int main(int argc, char** argv) { return sunny16::cli::run(argc, argv); }
