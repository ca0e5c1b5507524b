// The tuning of a camera module for this pipeline. Reading one takes any kind of file; its content tells which.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "firmware/tuning/tuning_file.h"
#include "isp/pipeline/phone_pipeline.h"

namespace sunny16::firmware {

/// Its resolve() gives the isp::Tunings that derive_line takes.
using CameraTuning = Tuning<isp::TunedStages>;

/// Reads a Sunny16 tuning, or a Raspberry Pi tuning file. Throws TuningError.
CameraTuning load_tuning(const std::filesystem::path& file);

/// The same from text; `name` stands for the file in messages.
CameraTuning parse_tuning(std::string_view text, std::string_view name);

/// As a file's text; parse_tuning gives back the same tuning (without notes).
std::string tuning_text(const CameraTuning& tuning);

/// `--set stage.field=value`.
void set_parameter(CameraTuning& tuning, std::string_view assignment);

/// JSON Schema (draft 2020-12) of tuning files.
std::string tuning_schema_text();

/// docs/generated/tuning.md.
std::string tuning_reference_text();

}  // namespace sunny16::firmware
