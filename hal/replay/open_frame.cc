#include "hal/replay/open_frame.h"

#include <system_error>
#include <vector>

#include "hal/replay/dng.h"
#include "hal/replay/input_file.h"
#include "hal/replay/raw_file.h"
#include "hal/replay/sidecar.h"
#include "hal/replay/tiff_check.h"

namespace sunny16::hal {
namespace {

namespace fs = std::filesystem;

/// The sidecar of a file, under what was given on the command line. Without one, the description alone.
Sidecar describe(const fs::path& path, const RawDescription& given) {
  const fs::path json = path.string() + ".json";
  Sidecar sidecar;
  if (std::error_code error; fs::exists(json, error)) {
    const std::vector<std::byte> bytes = read_input_file(json, kMaxSidecarBytes);
    sidecar = with_path(json, [&] {
      return parse_sidecar({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    });
  }
  RawDescription& description = sidecar.description;
  if (given.format) description.format = given.format;
  if (given.black) description.black = given.black;
  if (given.white) description.white = given.white;
  return sidecar;
}

}  // namespace

RawFrame open_frame(const fs::path& path, const RawDescription& given) {
  std::vector<std::byte> bytes = read_input_file(path, kMaxFileBytes);
  if (!is_tiff(bytes)) {
    Sidecar sidecar = describe(path, given);
    if (is_png(bytes)) return with_path(path, [&] { return frame_from_png(std::move(bytes), std::move(sidecar)); });
    if (sidecar.description.format)
      return with_path(path, [&] { return frame_from_raw(std::move(bytes), std::move(sidecar)); });
  }
  return with_path(path, [&] {
    RawFrame frame = frame_from_camera_file(std::move(bytes));
    apply_levels(frame, given);
    return frame;
  });
}

}  // namespace sunny16::hal
