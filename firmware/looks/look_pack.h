// Packs of looks. A pack is a folder: pack.json, and the files that it names: .cube tables, and a contact sheet.
//
//   {"sunny16_look_pack": 1, "name": "signature", "title": "Signature", "version": "1.0.0", "maker": ...,
//    "licence": ..., "sheet": "sheet.jpg",
//    "looks": [{"name": "authentic", "title": "Authentic", "summary": "...",
//               "stages": {"vignette": {"strength": 0.7}}, "cube": "authentic.cube", "sharpness": 0.9}]}
//
// A stage that a look names is on, with its defaults but for the fields that the look gives; any of them may be a curve
// over gain, colour temperature or lux, as in tuning files. Stages that it does not name are the camera tuning's.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "firmware/looks/look.h"

namespace sunny16::firmware {

inline constexpr std::string_view kPackFile = "pack.json";
inline constexpr int kPackVersion = 1;

struct PackLimits {
  std::size_t json_bytes = std::size_t{1} << 20;
  std::size_t looks = 64;
  std::size_t cube_bytes = std::size_t{64} << 20;    ///< of all cubes together
  std::size_t sheet_bytes = std::size_t{512} << 10;  ///< of the contact sheet
  int sheet_side = 8192;                             ///< px
};

/// A pack's files, wherever they came from: a folder, or a request's body.
struct PackFiles {
  std::string json{};
  std::map<std::string, std::string> cubes{};   ///< text by file name
  std::map<std::string, std::string> sheets{};  ///< bytes by file name; a pack names one, or none
};

/// What a pack says of itself.
struct PackInfo {
  std::string name{}, title{}, version{}, maker{}, licence{};
  std::string sheet{};  ///< file name; empty: none

  std::string problem() const;
};

/// A look as pack.json has it, beside its stages.
struct LookEntry {
  std::string name{}, title{}, summary{};
  std::string cube{};
  double sharpness = 1;

  std::string problem() const;
};

struct LookPack {
  PackInfo info;
  LookList looks;
  std::string sheet{};  ///< JPEG; empty: none
};

/// Reads a pack; `name` is what messages call it. Throws TuningError for what cannot be read, files that are missing,
/// and files that nothing names.
LookPack parse_pack(const PackFiles& files, std::string_view name);

/// The files of a folder's pack. No path leads out of it, and links are not followed. Throws TuningError.
PackFiles read_pack_files(const std::filesystem::path& folder);

LookPack load_pack(const std::filesystem::path& folder);

/// As files, from which parse_pack reads the same looks.
PackFiles pack_files(const LookPack& pack);

/// Lower-case letters, digits and hyphens, 1 to 40 of them, not beginning or ending with a hyphen.
bool is_look_name(std::string_view name);

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::PackInfo> {
  using P = firmware::PackInfo;
  static constexpr auto fields =
      std::tuple{field<&P::name>("name", 0, 0, "", "Lower-case letters, digits and hyphens."),
                 field<&P::title>("title", 0, 0, "", "What people read."),
                 field<&P::version>("version", 0, 0, "", "Three numbers: 1.0.0."),
                 field<&P::maker>("maker", 0, 0, "", "Who made it."),
                 field<&P::licence>("licence", 0, 0, "", "SPDX identifier, or the licence in words."),
                 field<&P::sheet>("sheet", 0, 0, "",
                                  "A .jpg file of the pack that shows what its looks do, at most 512 KiB; empty: "
                                  "none.")};
};

template <>
struct sunny16::isp::Describe<sunny16::firmware::LookEntry> {
  using L = firmware::LookEntry;
  static constexpr auto fields = std::tuple{
      field<&L::name>("name", 0, 0, "", "Lower-case letters, digits and hyphens."),
      field<&L::title>("title", 0, 0, "", "What people read."),
      field<&L::summary>("summary", 0, 0, "", "What it is for, in a line."),
      field<&L::cube>("cube", 0, 0, "", "A .cube file of the pack, which the stage lut_3d applies."),
      field<&L::sharpness>("sharpness", 0, 4, "ratio", "Factor on the strength of the tuning's sharpening.")};
};
