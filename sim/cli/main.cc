// sunny16: the camera's line on the desk.
#include <cstdio>
#include <exception>

#include "firmware/capture/frame_line.h"
#include "firmware/output/output_error.h"
#include "firmware/tuning/json_reader.h"
#include "hal/replay/input_error.h"
#include "sim/cli/commands.h"

namespace sunny16::cli {
namespace {

constexpr int kUsage = 2, kFailure = 1;

int run(int argc, char** argv) {
  CLI::App app{"Sunny16: a phone-class camera in 16-bit fixed point.", "sunny16"};
  app.set_version_flag("--version", SUNNY16_VERSION);
  app.require_subcommand(1);
  add_develop(app);

  const auto report = [](const std::exception& error, int code) {
    std::fprintf(stderr, "sunny16: %s\n", error.what());
    return code;
  };
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : kUsage;
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
  } catch (const std::exception& error) {
    return report(error, kFailure);
  }
  return 0;
}

}  // namespace
}  // namespace sunny16::cli

int main(int argc, char** argv) { return sunny16::cli::run(argc, argv); }
