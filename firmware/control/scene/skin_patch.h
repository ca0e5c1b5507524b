// The largest connected patch of skin's colour: a face is compact, and hair and clothes differ from it; sand, wood and
// walls of that colour are neither.
#pragma once

#include "firmware/control/scene/scene_picture.h"

namespace sunny16::firmware {

using CellMask = std::array<bool, ScenePicture::kColumns * ScenePicture::kRows>;

struct SkinPatch {
  double share = 0;     ///< of the picture's cells
  double fill = 0;      ///< part of its bounding box that it fills
  double contrast = 0;  ///< mean difference between its cells' luminance and that of those around it, EV
};

/// Cells that share a side are connected; zeros where no cell is of that colour.
SkinPatch largest_skin_patch(const ScenePicture& picture, const CellMask& is_skin);

}  // namespace sunny16::firmware
