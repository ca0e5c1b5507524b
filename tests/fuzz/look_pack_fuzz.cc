// Packs of looks: any pack.json beside a cube is looks that can be written and read again, or one printable line.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "firmware/looks/look_pack.h"

using namespace sunny16;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  firmware::PackFiles files{{reinterpret_cast<const char*>(data), size}, {}};
  if (files.json.find("a.cube") != std::string::npos)
    files.cubes["a.cube"] = "LUT_3D_SIZE 2\n0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n";
  try {
    const firmware::LookPack pack = firmware::parse_pack(files, "fuzz");
    const firmware::LookPack again = firmware::parse_pack(firmware::pack_files(pack), "again");
    if (again.looks.size() != pack.looks.size()) std::abort();
    for (std::size_t i = 0; i < pack.looks.size(); ++i)
      if (again.looks[i]->record.hash != pack.looks[i]->record.hash) std::abort();
  } catch (const firmware::TuningError& error) {
    for (const char c : std::string_view(error.what()))
      if (c < 0x20 || c >= 0x7F) std::abort();
  }
  return 0;
}
