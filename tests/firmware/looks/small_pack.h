// A pack that tests spoil.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "firmware/looks/look_pack.h"
#include "firmware/looks/pack_folder.h"

namespace sunny16::firmware::test {

using Json = nlohmann::ordered_json;

/// Swaps red and blue: nobody could miss it.
inline const std::string kSwap = "LUT_3D_SIZE 2\n0 0 0\n0 0 1\n0 1 0\n0 1 1\n1 0 0\n1 0 1\n1 1 0\n1 1 1\n";

inline Json small_json(const std::string& name = "trial") {
  Json json = Json::parse(R"({"sunny16_look_pack": 1, "name": "", "title": "Trial", "version": "1.2.3",
                              "maker": "a test", "licence": "CC0-1.0",
                              "looks": [{"name": "dark", "title": "Dark", "stages": {"vignette": {"strength": 1.5}},
                                         "sharpness": 0.5},
                                        {"name": "swapped", "title": "Swapped", "cube": "swap.cube"}]})");
  json["name"] = name;
  return json;
}

inline PackFiles files_of(const Json& json) { return {json.dump(), {{"swap.cube", kSwap}}}; }
inline PackFiles small_pack(const std::string& name = "trial") { return files_of(small_json(name)); }

}  // namespace sunny16::firmware::test
