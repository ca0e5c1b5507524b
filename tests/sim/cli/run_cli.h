// Runs the built `sunny16` as a user does, in a folder of the test's own.
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "sim/reference/bench_frame.h"
#include "tests/temp_dir.h"

namespace sunny16 {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Ran {
  int code;
  std::string out, error;
};

class CliFolder : public TempDir {
 public:
  /// `arguments` as in a shell; paths are relative to this folder.
  Ran run(const std::string& arguments) const {
    const TempDir streams;
    const std::string command = "cd '" + path().string() + "' && '" SUNNY16_BINARY "' " + arguments + " >'" +
                                (streams / "out").string() + "' 2>'" + (streams / "error").string() + "' </dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(streams / "out"), read_file(streams / "error")};
  }

  /// A headerless frame, described by kRawFrame.
  void add_frame(std::string_view name, int width = 64, int height = 48) const {
    const sim::RawBuffer frame = sim::bench_frame(width, height);
    file(name, {reinterpret_cast<const char*>(frame.bytes.data()), frame.bytes.size()});
  }
};

/// How add_frame's 64 x 48 frame is described on the command line.
inline const std::string kRawFrame = " --raw-format 64x48:SRGGB12 --black 256 --white 4095 ";

}  // namespace sunny16
