// XMP (ISO 16684-1): what EXIF has no place for, the look and where faces are (Metadata Working Group's regions), as it
// stands in JPEG (APP1), PNG (iTXt), TIFF and DNG (tag 700).
#pragma once

#include <string>

#include "firmware/output/picture_info.h"

namespace sunny16::firmware {

/// The namespace of our properties: LookPack, LookName, LookVersion, LookHash.
inline constexpr const char* kXmpNamespace = "urn:sunny16:picture:1.0:";

/// A packet that names the look and the faces; empty where there is neither.
std::string xmp_packet(const PictureInfo& info);

}  // namespace sunny16::firmware
