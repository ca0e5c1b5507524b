/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What turns the sensor of vimc, the kernel's virtual media controller, into a Bayer sensor that libcamera believes in:
 * make_module includes this in a copy of vimc-sensor.c. Three sizes, 10 bits on a black level of 64, and the controls
 * of a sensor behind CSI-2; exposure and gain scale the test pattern as they would scale light.
 */

static const struct v4l2_area fake_sizes[] = {{3280, 2464}, {1640, 1232}, {640, 480}};

enum { FAKE_BLACK = 64, FAKE_WHITE = 1023, FAKE_UNITY_LINES = 1000, FAKE_GAIN_SCALE = 256 };

static u32 fake_exposure_lines = FAKE_UNITY_LINES, fake_gain_code;

static int fake_enum_mbus_code(struct v4l2_subdev *sd, struct v4l2_subdev_state *state,
                               struct v4l2_subdev_mbus_code_enum *code) {
  if (code->index > 0) return -EINVAL;
  code->code = MEDIA_BUS_FMT_SRGGB10_1X10;
  return 0;
}

static int fake_enum_frame_size(struct v4l2_subdev *sd, struct v4l2_subdev_state *state,
                                struct v4l2_subdev_frame_size_enum *size) {
  if (size->index >= ARRAY_SIZE(fake_sizes)) return -EINVAL;
  size->min_width = size->max_width = fake_sizes[size->index].width;
  size->min_height = size->max_height = fake_sizes[size->index].height;
  return 0;
}

static int fake_set_fmt(struct v4l2_subdev *sd, struct v4l2_subdev_state *state, struct v4l2_subdev_format *wanted) {
  struct v4l2_mbus_framefmt *format = &wanted->format;
  const struct v4l2_area *size =
      v4l2_find_nearest_size(fake_sizes, ARRAY_SIZE(fake_sizes), width, height, format->width, format->height);

  format->code = MEDIA_BUS_FMT_SRGGB10_1X10;
  format->width = size->width;
  format->height = size->height;
  return vimc_sensor_set_fmt(sd, state, wanted);
}

/* The whole pixel array, whichever crop is asked for. */
static int fake_get_selection(struct v4l2_subdev *sd, struct v4l2_subdev_state *state,
                              struct v4l2_subdev_selection *selection) {
  selection->r = (struct v4l2_rect){0, 0, fake_sizes[0].width, fake_sizes[0].height};
  return 0;
}

static void *vimc_sensor_process_frame(struct vimc_ent_device *ved, const void *sink_frame);

static void *fake_process_frame(struct vimc_ent_device *ved, const void *sink_frame) {
  struct vimc_sensor_device *sensor = container_of(ved, struct vimc_sensor_device, ved);
  u16 *sample = vimc_sensor_process_frame(ved, sink_frame);
  const u16 *end = sample + sensor->hw.size.width * sensor->hw.size.height;
  const u32 gain = FAKE_GAIN_SCALE * FAKE_GAIN_SCALE / (FAKE_GAIN_SCALE - fake_gain_code);
  const u32 factor = fake_exposure_lines * gain / FAKE_UNITY_LINES;

  for (; sample < end; ++sample) *sample = min_t(u32, *sample * factor / FAKE_GAIN_SCALE + FAKE_BLACK, FAKE_WHITE);
  return sensor->frame;
}

static int fake_set_control(struct v4l2_ctrl *control) {
  if (control->id == V4L2_CID_EXPOSURE) fake_exposure_lines = control->val;
  if (control->id == V4L2_CID_ANALOGUE_GAIN) fake_gain_code = control->val;
  return 0;
}

static const struct v4l2_ctrl_ops fake_control_ops = {.s_ctrl = fake_set_control};

static void fake_add_controls(struct v4l2_ctrl_handler *handler) {
  v4l2_ctrl_new_std(handler, &fake_control_ops, V4L2_CID_EXPOSURE, 4, 3000, 1, FAKE_UNITY_LINES);
  v4l2_ctrl_new_std(handler, &fake_control_ops, V4L2_CID_ANALOGUE_GAIN, 0, 232, 1, 0);
  v4l2_ctrl_new_std(handler, &fake_control_ops, V4L2_CID_VBLANK, 4, 65535, 1, 32);
  v4l2_ctrl_new_std(handler, &fake_control_ops, V4L2_CID_HBLANK, 168, 168, 1, 168);
  v4l2_ctrl_new_std(handler, &fake_control_ops, V4L2_CID_PIXEL_RATE, 182400000, 182400000, 1, 182400000);
}
