#include "hal/replay/input_file.h"

#include <fstream>
#include <string>
#include <system_error>

namespace sunny16::hal {
namespace {

namespace fs = std::filesystem;

std::vector<std::byte> read(const fs::path& path, std::uintmax_t most) {
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

}  // namespace

std::vector<std::byte> read_input_file(const fs::path& path, std::uintmax_t most) {
  return with_path(path, [&] { return read(path, most); });
}

}  // namespace sunny16::hal
