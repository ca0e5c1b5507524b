// Which look made a picture, as metadata and picture files have it: enough to make the picture again.
#pragma once

#include <string>

#include "isp/core/describe.h"

namespace sunny16::firmware {

struct LookRecord {
  std::string pack{}, name{};  ///< "signature", "authentic"
  std::string version{};       ///< the pack's
  std::string hash{};          ///< of all in the look that changes a picture: 16 hexadecimal digits
  double strength = 1;         ///< how much of it was applied
  double skin_protection = 0;  ///< how far it spared hue and chroma of skin

  bool empty() const { return name.empty(); }
  /// "signature/authentic"
  std::string full_name() const { return pack + "/" + name; }
};

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::LookRecord> {
  using L = firmware::LookRecord;
  static constexpr auto fields = std::tuple{
      field<&L::pack>("pack", 0, 0, "", "The look's pack; empty: no look."),
      field<&L::name>("name", 0, 0, "", "The look."),
      field<&L::version>("version", 0, 0, "", "The pack's version."),
      field<&L::hash>("hash", 0, 0, "", "Of all in the look that changes a picture, 16 hexadecimal digits."),
      field<&L::strength>("strength", 0, 1, "ratio", "How much of the look was applied."),
      field<&L::skin_protection>("skin_protection", 0, 1, "ratio", "How far it spared hue and chroma of skin.")};
};
