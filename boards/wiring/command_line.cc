#include "boards/wiring/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <string>

#include "firmware/tuning/described_text.h"

namespace sunny16::boards {
namespace {

constexpr const char* kConfigFile = "/etc/sunny16/sunny16d.toml";

/// CLI11 reads a configuration file to its end, which a device has not got. (The usual one may be missing.)
std::string refusal_of_config(const std::string& file) {
  constexpr std::uintmax_t kMost = 1 << 20;
  std::error_code error;
  if (std::filesystem::is_character_file(file, error)) return file + ": found a device, allowed a file";
  const std::uintmax_t size = std::filesystem::is_regular_file(file, error) ? std::filesystem::file_size(file) : 0;
  if (size > kMost) return file + ": found " + std::to_string(size) + " bytes, allowed " + std::to_string(kMost);
  return "";
}

template <class F>
std::string allowed_text(firmware::Bounds bounds) {
  if constexpr (std::is_enum_v<F>)
    return firmware::names_text<F>();
  else if constexpr (std::is_same_v<F, std::string>)
    return "TEXT";
  else
    return firmware::number_text(bounds.minimum) + " .. " + firmware::number_text(bounds.maximum);
}

std::string unquoted(const nlohmann::ordered_json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// One option for each row of T's table, which bounds it and words its errors.
template <isp::Described T>
void add_options(CLI::App& app, T& settings) {
  isp::for_each_field(settings, [&](const auto& row, auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    std::string name = "--" + std::string(row.name);
    std::ranges::replace(name, '_', '-');
    const std::string prose = std::string(row.prose) + (row.unit.empty() ? "" : " Unit: " + std::string(row.unit));
    if constexpr (std::is_same_v<F, bool>) {
      app.add_flag(name, field, prose);
    } else {
      const firmware::Bounds bounds{row.minimum, row.maximum};
      const auto read = [&field, name, bounds](const std::string& text) {
        firmware::read_value(firmware::json_from_text<F>(text, name), field, name, bounds);
      };
      app.add_option_function<std::string>(name, read, prose)
          ->type_name(allowed_text<F>(bounds))
          ->default_str(unquoted(firmware::to_json(field)))
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    }
  });
}

}  // namespace

std::optional<Invocation> parse_command_line(int argc, const char* const* argv, std::ostream& out) {
  using Task = Invocation::Task;
  Invocation invocation;
  CLI::App app{"sunny16d: a camera that exposes, balances, focuses and streams by itself.", "sunny16d"};
  app.footer(
      "Examples:\n"
      "  sunny16d --camera simulated --no-auth     then open http://127.0.0.1:8080/\n"
      "  sunny16d --camera libcamera --tuning imx708.json\n"
      "  sunny16d --camera simulated:imx477,night-street --lux 5 --log-level debug\n"
      "  sunny16d --print-config >rig.toml         the settings as a file\n"
      "  sunny16d --config rig.toml\n"
      "  sunny16d doctor                           what would keep the camera from working");
  app.set_version_flag("--version", SUNNY16_VERSION);
  app.set_config("--config", kConfigFile, "Configuration file: flags as keys, port = 8081")
      ->check(refusal_of_config, "");
  app.allow_config_extras(CLI::config_extras_mode::error);
  add_options(app, invocation.camera);
  add_options(app, invocation.settings);

  bool list = false, openapi = false, print_config = false;
  app.add_flag("--list-cameras", list, "List the cameras that there are")->configurable(false);
  app.add_flag("--openapi", openapi, "Print the OpenAPI document of the HTTP API")->configurable(false);
  app.add_flag("--print-config", print_config, "Print the settings as a configuration file")->configurable(false);
  CLI::App& doctor = *app.add_subcommand("doctor", "Look for what would keep the camera from working");
  doctor.fallthrough()->configurable(false);
  doctor.add_flag("--json", invocation.json, "Report for programs");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) throw ConfigError(error.what());
    app.exit(error, out, out);
    return std::nullopt;
  } catch (const firmware::TuningError& error) {
    throw ConfigError(error.what());
  }
  if (print_config) {
    out << app.config_to_str(true, true);
    return std::nullopt;
  }
  if (doctor.parsed()) invocation.task = Task::doctor;
  if (openapi) invocation.task = Task::print_openapi;
  if (list) invocation.task = Task::list_cameras;
  return invocation;
}

}  // namespace sunny16::boards
