// A recorded frame from a file, whatever kind of file it is.
#pragma once

#include <filesystem>

#include "hal/replay/input_error.h"
#include "hal/replay/raw_description.h"

namespace sunny16::hal {

/// The largest file that is read: a frame of the largest size with 16-bit samples and as much again.
inline constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{1} << 30;

/// Opens a DNG or another camera file, a grey PNG with CFA data, or headerless raw. The content decides, not the name:
/// what is none of the first needs a raw format, from `description` or from the sidecar `FILE.json`. Levels in
/// `description` replace those of the sidecar, and those replace the file's own. Throws InputError, whose text begins
/// with the file's path.
RawFrame open_frame(const std::filesystem::path& path, const RawDescription& description = {});

}  // namespace sunny16::hal
