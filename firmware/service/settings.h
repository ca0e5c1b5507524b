// How the daemon is set up. The table's rows are the program's flags and the keys of its configuration file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "isp/core/describe.h"

namespace sunny16::firmware {

enum class PreviewLine : std::uint8_t { full, lite, board };
enum class FaceFinder : std::uint8_t { off, on };
enum class Transport : std::uint8_t { automatic, tls, plain };
enum class LogLevel : std::uint8_t { debug, info, warning, error };

struct Settings {
  std::string tuning;
  std::string board;
  std::string look = "default";
  int preview_width = 1920;
  int preview_quality = 80;
  PreviewLine preview_line = PreviewLine::full;
  FaceFinder faces = FaceFinder::on;
  std::string detector, detector_labels;
  int threads = 2;
  int ring_frames = 8;
  std::string address;
  int port = 8080;
  Transport transport = Transport::automatic;
  bool no_auth = false;
  std::string allowed_hosts;
  double request_rate = 100;
  std::string state;
  std::string storage;
  double quota = 4;
  double reserve = 0.1;
  LogLevel log_level = LogLevel::info;

  /// Where the daemon listens: the address that was set, else everywhere, or this machine alone with no_auth.
  std::string listen_address() const;
  /// Folder of tokens and certificate: the one that was set, else systemd's STATE_DIRECTORY, else the user's own.
  std::filesystem::path state_folder() const;
  std::filesystem::path storage_folder() const;
  /// Packs of looks that were installed.
  std::filesystem::path looks_folder() const { return state_folder() / "looks"; }
};

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct EnumNames<firmware::PreviewLine> {
  static constexpr std::array<std::string_view, 3> names{"full", "lite", "board"};
};
template <>
struct EnumNames<firmware::FaceFinder> {
  static constexpr std::array<std::string_view, 2> names{"off", "on"};
};
template <>
struct EnumNames<firmware::Transport> {
  static constexpr std::array<std::string_view, 3> names{"auto", "tls", "plain"};
};
template <>
struct EnumNames<firmware::LogLevel> {
  static constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
};

template <>
struct Describe<firmware::Settings> {
  using S = firmware::Settings;
  static constexpr auto fields = std::tuple{
      field<&S::tuning>("tuning", 0, 0, "", "A tuning file, Sunny16's or Raspberry Pi's; empty: the one that is known for the sensor."),
      field<&S::board>("board", 0, 0, "",
                       "Profile of the board, which says what looks its cameras have: a name, or a file; empty: this machine's."),
      field<&S::look>("look", 0, 0, "", "The look that is on until one is chosen: a name; default: the profile's; none."),
      field<&S::preview_width>("preview_width", 16, 16384, "px", "Widest preview picture."),
      field<&S::preview_quality>("preview_quality", 1, 100, "", "JPEG quality of the preview."),
      field<&S::preview_line>("preview_line", 0, 0, "",
                              "What develops the preview: the full line, the faster lite, or the board's own processor, "
                              "whose colours and tone are then its own."),
      field<&S::faces>("faces", 0, 0, "", "Look for faces, where the component that finds them is installed."),
      field<&S::detector>("detector", 0, 0, "",
                          "Look for objects with this ONNX model; sensor: take what a network on the sensor found."),
      field<&S::detector_labels>("detector_labels", 0, 0, "",
                                 "File with the names of the model's classes, one a line; empty: MODEL.labels.txt beside "
                                 "the model, or its own."),
      field<&S::threads>("threads", 1, 64, "", "Threads that develop a frame."),
      field<&S::ring_frames>("ring_frames", 2, 256, "", "Raw frames kept in memory for captures without shutter lag."),
      field<&S::address>("address", 0, 0, "", "Listen here; empty: everywhere, or on 127.0.0.1 with no-auth."),
      field<&S::port>("port", 0, 65535, "", "Listen on this port; 0: any that is free, which the log tells."),
      field<&S::transport>("transport", 0, 0, "",
                           "tls, plain, or auto: TLS except on a loopback address. Plain HTTP shows tokens to the "
                           "network."),
      field<&S::no_auth>("no_auth", 0, 1, "", "Everybody may do everything; on a loopback address only."),
      field<&S::allowed_hosts>("allowed_hosts", 0, 0, "",
                               "Further names by which clients may call this machine, separated by commas."),
      field<&S::request_rate>("request_rate", 1, 1e6, "1/s",
                              "Requests that an address may make, for long; a burst may have those of two seconds, "
                              "and all addresses together four times as many. Health is not counted."),
      field<&S::state>("state", 0, 0, "", "Folder of tokens and certificate; empty: systemd's, or the user's own."),
      field<&S::storage>("storage", 0, 0, "", "Folder of captures; empty: captures, in the state folder."),
      field<&S::quota>("quota", 0.001, 1e6, "GB", "What captures may take together."),
      field<&S::reserve>("reserve", 0, 1e6, "GB", "What captures leave free on the disk."),
      field<&S::log_level>("log_level", 0, 0, "", "The least that is logged.")};
};

}  // namespace sunny16::isp
