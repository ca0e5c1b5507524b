// Captures as clients see them: those of this run, with their progress, and those that earlier runs stored.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/capture/session_types.h"

namespace sunny16::firmware {

/// Newest first. Of a capture in both lists the session knows the state and the library the files; one that is over and
/// no longer in the library was deleted.
std::vector<CaptureInfo> merge_captures(const std::vector<CaptureInfo>& of_session,
                                        const std::vector<CaptureInfo>& of_library);

/// Still at work: neither deleted nor added to by anybody else.
bool in_progress(const CaptureInfo& capture);

}  // namespace sunny16::firmware
