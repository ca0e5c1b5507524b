// .cube files: any text is a table whose colours are finite and that is written and read again, or one printable line.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "firmware/looks/cube_file.h"
#include "firmware/tuning/json_reader.h"

using namespace sunny16;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const firmware::CubeFile file = firmware::parse_cube({reinterpret_cast<const char*>(data), size}, "fuzz");
    for (const firmware::Rgb& colour : {firmware::Rgb{0, 0, 0}, {0.3, 0.9, 0.1}, {1, 1, 1}, {-1e9, 1e9, 0.5}})
      for (const double v : file.apply(colour))
        if (!std::isfinite(v)) std::abort();
    const isp::ColourCube cube = to_colour_cube(file, 3);
    if (firmware::parse_cube(firmware::cube_text(cube, file.title), "again").cube.nodes != cube.nodes) std::abort();
  } catch (const firmware::TuningError& error) {
    for (const char c : std::string_view(error.what()))
      if (c < 0x20 || c >= 0x7F) std::abort();
  }
  return 0;
}
