// Lens shading as DNG files carry it: GainMap opcodes of OpcodeList2 (DNG 1.6, chapter 7).
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "isp/core/conditions.h"

namespace sunny16::hal {

/// The mesh of gains that an opcode list's GainMaps make over a `width` x `height` active picture; null if it has none.
/// Maps are resampled where their nodes are not the mesh's; several maps on one channel multiply. Other opcodes, and
/// maps over a part of the picture, are passed over. Throws InputError for a list that is damaged.
std::shared_ptr<const isp::GainMesh> gain_mesh(std::span<const std::byte> opcode_list, int width, int height,
                                               isp::CfaPhase phase);

}  // namespace sunny16::hal
