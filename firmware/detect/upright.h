// Boxes on a picture as the sensor sees it, and on the same picture turned to stand upright.
#pragma once

#include "firmware/control/scene/boxes.h"
#include "firmware/output/orient.h"

namespace sunny16::firmware {

inline Box mirrored(Box box, bool x, bool y) {
  if (x) box[0] = 1 - box[0] - box[2];
  if (y) box[1] = 1 - box[1] - box[3];
  return box;
}

inline Box transposed(const Box& box, bool transpose) { return transpose ? Box{box[1], box[0], box[3], box[2]} : box; }

inline Box upright_box(const Box& on_sensor, Orientation turn) {
  return mirrored(transposed(on_sensor, turn.transpose), turn.mirror_x, turn.mirror_y);
}

inline Box sensor_box(const Box& upright, Orientation turn) {
  return transposed(mirrored(upright, turn.mirror_x, turn.mirror_y), turn.transpose);
}

}  // namespace sunny16::firmware
