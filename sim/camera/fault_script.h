// What goes wrong with a simulated camera, and when.
//
//   {"faults": [{"fault": "drop", "at_frame": 100, "count": 3},
//               {"fault": "disconnect", "at_s": 12.5, "for_s": 2}]}
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "isp/core/describe.h"

namespace sunny16::sim {

enum class FaultKind : std::uint8_t {
  stop,          ///< no frame comes, for for_s or for good; the sensor counts on
  drop,          ///< `count` frames are lost
  late,          ///< `count` frames come late_ms later than they should
  zero_rows,     ///< `count` frames with `rows` rows of zeros from first_row on
  damage_rows,   ///< the same with rows of random bytes
  bad_metadata,  ///< `count` frames that say exposure 0, gain 0 and time 0
  lose_command,  ///< the next `count` requests that carry commands never reach the sensor
  disconnect,    ///< the camera goes, for for_s or for good
  hang,          ///< the next stop() takes for_s longer
  absent,        ///< the camera is not there from the beginning on (at_s 0), for for_s or for good
};

/// An event happens as the first frame is read out that lies at or after its moment: the camera's frame at_frame,
/// counted from its first start on, or at_s seconds after the camera was made.
struct FaultEvent {
  FaultKind fault = FaultKind::stop;
  int at_frame = -1;  ///< -1: at_s counts
  double at_s = -1;
  int count = 1;
  double for_s = 0;  ///< 0: for good
  double late_ms = 0;
  int first_row = 0, rows = 0;

  std::string problem() const;
};

struct FaultScript {
  static constexpr std::size_t kMostEvents = 1000;

  std::vector<FaultEvent> faults;
  std::string problem() const;
};

/// `name` is what messages call the text. Throws firmware::TuningError.
FaultScript parse_fault_script(std::string_view json, std::string_view name);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct EnumNames<sim::FaultKind> {
  static constexpr std::array<std::string_view, 10> names{"stop",        "drop",         "late",         "zero_rows",
                                                          "damage_rows", "bad_metadata", "lose_command", "disconnect",
                                                          "hang",        "absent"};
};

template <>
struct Describe<sim::FaultEvent> {
  using E = sim::FaultEvent;
  static constexpr auto fields =
      std::tuple{field<&E::fault>("fault", 0, 0, "", "What goes wrong."),
                 field<&E::at_frame>("at_frame", 0, 2e9, "frames", "When: frames since the camera's first start."),
                 field<&E::at_s>("at_s", 0, 1e9, "s", "When: seconds since the camera was made."),
                 field<&E::count>("count", 1, 1e6, "", "Frames, or requests with commands, that it befalls."),
                 field<&E::for_s>("for_s", 1e-3, 1e6, "s", "How long it lasts; without it, for good."),
                 field<&E::late_ms>("late_ms", 1e-3, 1e6, "ms", "By how much a frame is late."),
                 field<&E::first_row>("first_row", 0, 16383, "px", "First of the rows that are damaged."),
                 field<&E::rows>("rows", 1, 16384, "px", "How many.")};
};

template <>
struct Describe<sim::FaultScript> {
  static constexpr auto fields =
      std::tuple{field<&sim::FaultScript::faults>("faults", 0, 0, "", "Events, in any order.")};
};

}  // namespace sunny16::isp
