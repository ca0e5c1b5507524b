// What a board and the camera on it are sold with: packs of looks, features, the look that is on at first.
//
//   {"sunny16_board": 1, "name": "rpi5", "title": "Raspberry Pi 5", "machines": ["raspberrypi,5-model-b"],
//    "packs": ["house", "filters"], "features": ["preview_look", "user_packs"], "default_look": "house/natural",
//    "models": [{"sensor": "imx477", "title": "...", "keeps": ["signature"], "default_look": "signature/authentic"}]}
//
// `packs` are those of the newest cameras. A model that is older has an entry of its own, which says what it keeps of
// what it was sold with.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/looks/look_library.h"
#include "isp/core/describe.h"

namespace sunny16::firmware {

enum class Feature : std::uint8_t {
  preview_look,  ///< the preview shows the look, not only the pictures
  user_packs,    ///< packs may be installed at run time
  captions,      ///< pictures may have a frame with a caption
};

/// A camera that differs from the board's newest: told by its sensor.
struct ModelProfile {
  std::string sensor{}, title{};
  std::vector<std::string> keeps{};  ///< packs, beside the board's
  std::string default_look{};        ///< empty: the board's
};

struct BoardProfile {
  std::string name, title;
  std::vector<std::string> machines;
  std::vector<std::string> packs;
  std::vector<Feature> features;
  std::string default_look;
  std::vector<ModelProfile> models;

  std::string problem() const;
};

/// Throws TuningError; `name` is what messages call the text.
BoardProfile parse_board(std::string_view text, std::string_view name);

/// A profile of the folder by its name ("rpi5"), or any file by its path (with a slash, or ending in .json). Throws
/// TuningError; of an unknown name, it lists those that exist.
BoardProfile load_board(const std::filesystem::path& folder, std::string_view name_or_path);

/// All profiles of the folder, in alphabetical order.
std::vector<BoardProfile> load_boards(const std::filesystem::path& folder);

/// The profile whose machines name this one, as the device tree's `compatible` below `root` does; else "desktop".
BoardProfile board_of_machine(const std::filesystem::path& folder, const std::filesystem::path& root = "/");

/// What one camera has.
struct CameraProfile {
  std::string board;   ///< "rpi5"
  std::string camera;  ///< "imx477 on rpi5", for messages
  std::vector<std::string> packs;
  std::vector<Feature> features;
  std::string default_look;

  bool has(Feature feature) const;
  /// What to say where it has not: what it has instead.
  std::string lacks(Feature feature) const;
};

/// `model`: the camera's, in which a sensor's name stands as a word: "imx477", "simulated imx477".
CameraProfile profile_of(const BoardProfile& board, const std::string& model);

/// Packs that the profile lists; and installed ones, where it may have any, unless they bear the name of a shipped
/// pack.
bool has_pack(const CameraProfile& profile, const LookLibrary::Entry& entry);

/// The looks of the library's packs that the camera has.
LookList looks_of(const CameraProfile& profile, const LookLibrary& library);

/// One of them by its name; empty or "default": the profile's own. Throws TuningError that lists what the camera has.
std::shared_ptr<const Look> look_of(const CameraProfile& profile, const LookLibrary& library, std::string_view name);

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct EnumNames<firmware::Feature> {
  static constexpr std::array<std::string_view, 3> names{"preview_look", "user_packs", "captions"};
};

template <>
struct Describe<firmware::ModelProfile> {
  using M = firmware::ModelProfile;
  static constexpr auto fields =
      std::tuple{field<&M::sensor>("sensor", 0, 0, "", "The sensor's model."),
                 field<&M::title>("title", 0, 0, "", "What people call the camera."),
                 field<&M::keeps>("keeps", 0, 0, "", "Packs that it was sold with and keeps, beside the board's."),
                 field<&M::default_look>("default_look", 0, 0, "", "On at first; empty: the board's.")};
};

template <>
struct Describe<firmware::BoardProfile> {
  using B = firmware::BoardProfile;
  static constexpr auto fields = std::tuple{
      field<&B::name>("name", 0, 0, "", "What the setting `board` takes."),
      field<&B::title>("title", 0, 0, "", "What people call the board."),
      field<&B::machines>("machines", 0, 0, "", "Names by which its device tree is compatible."),
      field<&B::packs>("packs", 0, 0, "", "Packs of looks that its newest cameras have."),
      field<&B::features>("features", 0, 0, "",
                          "preview_look: the preview shows the look, not only the pictures; user_packs: packs "
                          "may be installed; captions: pictures may have a frame with a caption."),
      field<&B::default_look>("default_look", 0, 0, "", "The look that is on at first; empty: none."),
      field<&B::models>("models", 0, 0, "", "Cameras that differ from the newest.")};
};

}  // namespace sunny16::isp
