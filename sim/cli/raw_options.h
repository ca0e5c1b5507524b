// What the command line says of raw data that does not describe itself.
#pragma once

#include <string>

#include "hal/replay/raw_description.h"
#include "sim/cli/commands.h"

namespace sunny16::cli {

struct RawOptions {
  std::string format, black, white;
};

inline void add_raw_options(CLI::App& command, RawOptions& options) {
  command.add_option("--raw-format", options.format,
                     "Of headerless raw: WxH:FORMAT[:STRIDE], with libcamera's format names");
  command.add_option("--black", options.black, "Black level, DN: one, or four for R,Gr,Gb,B");
  command.add_option("--white", options.white, "White level, DN");
}

/// Throws hal::InputError.
inline hal::RawDescription description(const RawOptions& options) {
  hal::RawDescription d;
  if (!options.format.empty()) d.format = hal::RawFormat::parse(options.format);
  if (!options.black.empty()) d.black = hal::parse_black(options.black);
  if (!options.white.empty()) d.white = hal::parse_white(options.white);
  return d;
}

}  // namespace sunny16::cli
