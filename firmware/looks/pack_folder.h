// Writes a pack's folder so that it appears, changes or vanishes at once.
#pragma once

#include <filesystem>

#include "firmware/looks/look_pack.h"

namespace sunny16::firmware {

/// Folders that an interrupted write left behind begin with this.
inline constexpr char kAsidePrefix = '.';

/// Puts the files in the place of `folder`, whose parent exists: of nothing, or of a pack with nothing beside it.
/// Throws OutputError; then the folder is as it was.
void write_pack_folder(const std::filesystem::path& folder, const PackFiles& files);

/// Throws OutputError.
void remove_pack_folder(const std::filesystem::path& folder);

}  // namespace sunny16::firmware
