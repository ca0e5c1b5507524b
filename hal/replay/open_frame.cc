#include "hal/replay/open_frame.h"

#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "hal/replay/dng.h"
#include "hal/replay/raw_file.h"
#include "hal/replay/sidecar.h"
#include "hal/replay/tiff_check.h"

namespace sunny16::hal {
namespace {

namespace fs = std::filesystem;

std::vector<std::byte> read_file(const fs::path& path, std::uintmax_t most) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) throw InputError("no such file");
  if (!fs::is_regular_file(status)) throw InputError("not a regular file");
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) throw InputError(error.message());
  if (size == 0) throw InputError("the file is empty");
  if (size > most)
    throw InputError("the file has " + std::to_string(size) + " bytes; allowed are at most " + std::to_string(most));
  std::vector<std::byte> bytes(size);
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError("cannot be opened for reading");
  if (!in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size)))
    throw InputError("reading stopped at byte " + std::to_string(in.gcount()));
  return bytes;
}

/// Runs `read`, and puts the path before the text of its errors.
template <class F>
auto with_path(const fs::path& path, F&& read) {
  try {
    return read();
  } catch (const InputError& error) {
    throw InputError(path.string() + ": " + error.what());
  }
}

/// The sidecar of a file, under what was given on the command line. Without one, the description alone.
Sidecar describe(const fs::path& path, const RawDescription& given) {
  const fs::path json = path.string() + ".json";
  Sidecar sidecar;
  if (std::error_code error; fs::exists(json, error))
    sidecar = with_path(json, [&] {
      const std::vector<std::byte> bytes = read_file(json, kMaxSidecarBytes);
      return parse_sidecar({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    });
  RawDescription& description = sidecar.description;
  if (given.format) description.format = given.format;
  if (given.black) description.black = given.black;
  if (given.white) description.white = given.white;
  return sidecar;
}

}  // namespace

RawFrame open_frame(const fs::path& path, const RawDescription& given) {
  std::vector<std::byte> bytes = with_path(path, [&] { return read_file(path, kMaxFileBytes); });
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
