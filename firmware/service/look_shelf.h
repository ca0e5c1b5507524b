// The looks of a running camera: what it has, which one is on, and packs that come and go meanwhile. What was chosen
// last is kept in a file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/capture/camera_session.h"
#include "firmware/looks/board_profile.h"
#include "isp/core/describe.h"

namespace sunny16::firmware {

struct LookInfo {
  std::string name{};  ///< "signature/authentic"
  std::string title{}, summary{}, version{}, hash{};
};

struct PackState {
  PackInfo info{};
  bool shipped = false, installed = false, available = false;
  std::vector<std::string> looks{};
};

/// What a user chooses; see LookShelf::select.
struct LookChoice {
  std::string look{};
  double strength = 1;
};

/// All that the API tells of looks.
struct LookOverview {
  std::string board, current, default_look;
  double strength = 1;
  std::vector<Feature> features;
  std::vector<LookInfo> looks;
  std::vector<PackState> packs;
  std::vector<std::string> problems;
};

/// Not for several threads at once. The session outlives it.
class LookShelf {
 public:
  /// `kept`: the file of the last choice, whose folder exists; empty: none is kept.
  LookShelf(CameraSession& session, BoardProfile board, LookLibrary library, std::filesystem::path kept = {});

  LookOverview overview() const;
  /// Throws SessionError where the camera has not got it.
  void require(Feature feature) const;
  /// A pack's files. Throws SessionError.
  PackFiles files_of(std::string_view pack) const;
  /// Its contact sheet, a JPEG. Throws SessionError where there is none.
  std::string sheet_of(std::string_view pack) const;
  /// By name; "default": the profile's own; "none": the tuning alone; empty: the one that is on. Throws SessionError
  /// that lists what the camera has.
  void select(const LookChoice& choice);
  /// The same, for the runs to come, too. Throws OutputError where that cannot be stored; then it is on in this one.
  void choose(const LookChoice& choice);
  /// Selects what was chosen last; false: nothing was. Throws TuningError and SessionError; then nothing has changed.
  bool restore();
  /// Throws TuningError, OutputError, and SessionError where the camera takes no packs. A look of the pack that is on
  /// is replaced by its new self; if the pack is bad, the last good one stays on.
  PackState install(const PackFiles& files);
  /// Throws SessionError.
  void remove(std::string_view pack);

 private:
  CameraProfile profile() const { return profile_of(board_, session_.status().model); }
  const LookLibrary::Entry* find(std::string_view pack) const;
  PackState state_of(const LookLibrary::Entry& entry) const;
  void renew(std::string_view pack);

  CameraSession& session_;
  const BoardProfile board_;
  LookLibrary library_;
  const std::filesystem::path kept_;
  std::string name_;  ///< of the look that is on, as it was asked for
};

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct Describe<firmware::LookInfo> {
  using L = firmware::LookInfo;
  static constexpr auto fields =
      std::tuple{field<&L::name>("name", 0, 0, "", "The pack's name and the look's: signature/authentic."),
                 field<&L::title>("title", 0, 0, "", "What people read."),
                 field<&L::summary>("summary", 0, 0, "", "What it is for."),
                 field<&L::version>("version", 0, 0, "", "The pack's version."),
                 field<&L::hash>("hash", 0, 0, "", "Of all in the look that changes a picture.")};
};

template <>
struct Describe<firmware::LookChoice> {
  using L = firmware::LookChoice;
  static constexpr auto fields = std::tuple{
      field<&L::look>("look", 0, 0, "",
                      "A look by its name, alone or with its pack's (signature/authentic); default; none; empty: the "
                      "one that is on."),
      field<&L::strength>("strength", 0, 1, "ratio", "How much of the look; 1 is all.")};
};

template <>
struct Describe<firmware::PackState> {
  using P = firmware::PackState;
  static constexpr auto fields =
      std::tuple{field<&P::info>("info", 0, 0, "", "What the pack says of itself."),
                 field<&P::shipped>("shipped", 0, 1, "", "A pack of this name came with the program."),
                 field<&P::installed>("installed", 0, 1, "", "This one was installed since, and can be removed."),
                 field<&P::available>("available", 0, 1, "", "This camera has it."),
                 field<&P::looks>("looks", 0, 0, "", "The names of its looks.")};
};

template <>
struct Describe<firmware::LookOverview> {
  using L = firmware::LookOverview;
  static constexpr auto fields =
      std::tuple{field<&L::board>("board", 0, 0, "", "The profile that says what the camera has."),
                 field<&L::current>("current", 0, 0, "", "The look that is on; none: the tuning alone."),
                 field<&L::default_look>("default_look", 0, 0, "", "The look that is on at first; empty: none."),
                 field<&L::strength>("strength", 0, 1, "ratio", "How much of the current look."),
                 field<&L::features>("features", 0, 0, "", "What the camera can do with looks."),
                 field<&L::looks>("looks", 0, 0, "", "Those that this camera has."),
                 field<&L::packs>("packs", 0, 0, "", "All packs of this machine, and whether this camera has them."),
                 field<&L::problems>("problems", 0, 0, "", "Packs that cannot be read, a line each.")};
};

}  // namespace sunny16::isp
