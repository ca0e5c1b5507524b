// The line that `plan` prints and `bench` measures: a profile with default tunings, and perhaps a look, on the
// benchmark's frame.
#pragma once

#include <string>
#include <vector>

#include "isp/pipeline/phone_pipeline.h"
#include "sim/cli/look_options.h"

namespace sunny16::cli {

struct LineOptions {
  std::string profile = "full", size;
  std::vector<std::string> sets;
  LookOptions look;
  int threads = 1;
};

void add_line_options(CLI::App& command, LineOptions& options);

struct Line {
  isp::Profile profile;
  int width, height;
  isp::LineRegisters registers;
  std::uint64_t hash;  ///< sim::bench_hash: of the registers, whatever the frame's size

  std::string profile_name() const { return std::string(isp::kProfileNames[static_cast<std::size_t>(profile)]); }
};

/// Throws UsageError and firmware::TuningError.
Line make_line(const LineOptions& options);

std::string hash_text(std::uint64_t hash);

}  // namespace sunny16::cli
