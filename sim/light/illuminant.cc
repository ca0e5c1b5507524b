#include "sim/light/illuminant.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "sim/light/cie_15_lamps.h"
#include "sim/light/cie_1931.h"
#include "sim/light/colour_temperature.h"
#include "sim/light/simulation_error.h"

namespace sunny16::sim {
namespace {

Spectrum illuminant_a() { return black_body(2848, 1.4350e-2); }

/// D illuminants are named after temperatures in which the second radiation constant was 1.4380e-2 m K.
Spectrum illuminant_d(double nominal) { return daylight(nominal * 1.4388 / 1.4380); }

struct Named {
  std::string_view name;
  Spectrum (*make)();
};

constexpr std::array kNamed{
    Named{"A", illuminant_a},
    Named{"D50", [] { return illuminant_d(5000); }},
    Named{"D55", [] { return illuminant_d(5500); }},
    Named{"D65", [] { return illuminant_d(6500); }},
    Named{"D75", [] { return illuminant_d(7500); }},
    Named{"E", [] { return Spectrum::constant(1); }},
    Named{"F2", [] { return cie_15::kF2; }},
    Named{"F11", [] { return cie_15::kF11; }},
    Named{"LED", [] { return cie_15::kLedB3; }},
    Named{"LED-B1", [] { return cie_15::kLedB1; }},
    Named{"LED-B2", [] { return cie_15::kLedB2; }},
    Named{"LED-B3", [] { return cie_15::kLedB3; }},
    Named{"LED-B4", [] { return cie_15::kLedB4; }},
    Named{"LED-B5", [] { return cie_15::kLedB5; }},
    Named{"LED-RGB1", [] { return cie_15::kLedRgb1; }},
    Named{"HP1", [] { return cie_15::kHp1; }},
};

constexpr double kColdest = 1000, kDaylightFrom = 4000, kHottest = 25000;  // K
constexpr double kLargestWeight = 1e6;
constexpr std::size_t kLongestText = 200;

[[noreturn]] void reject(std::string_view found) {
  std::string message = "illuminant: found \"";
  for (const char c : found.substr(0, 40)) message += c >= ' ' && c <= '~' ? c : '?';
  message += found.size() > 40 ? "...\", allowed" : "\", allowed";
  for (const Named& named : kNamed) message.append(" ").append(named.name);
  throw SimulationError(message +
                        ", a temperature from 1000K to 25000K as in 3200K, or a mixture of them with weights above 0 "
                        "as in A:0.3+D65:0.7");
}

/// A decimal number; 0, which is allowed nowhere, if the text is anything else.
double number(std::string_view text) {
  double v = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, v);
  return error == std::errc() && stop == end ? v : 0;
}

Spectrum single(std::string_view name) {
  const auto named = std::ranges::find(kNamed, name, &Named::name);
  if (named != kNamed.end()) return scaled_to_lux(named->make(), 1);
  const double kelvin = name.ends_with('K') ? number(name.substr(0, name.size() - 1)) : 0;
  if (!(kelvin >= kColdest && kelvin <= kHottest)) reject(name);
  return kelvin < kDaylightFrom ? black_body(kelvin) : daylight(kelvin);
}

}  // namespace

Illuminant parse_illuminant(std::string_view text) {
  if (text.size() > kLongestText) reject(text);
  Spectrum sum;
  for (std::size_t at = 0; at <= text.size();) {
    const std::string_view part = text.substr(at, text.find('+', at) - at);
    const std::string_view name = part.substr(0, part.find(':'));
    const double weight = name.size() < part.size() ? number(part.substr(name.size() + 1)) : 1;
    if (!(weight > 0 && weight <= kLargestWeight)) reject(part);
    sum = sum + single(name) * weight;
    at += part.size() + 1;
  }
  return {std::string(text), scaled_to_lux(sum, 1)};
}

std::vector<std::string_view> illuminant_names() {
  std::vector<std::string_view> names;
  for (const Named& named : kNamed) names.push_back(named.name);
  return names;
}

}  // namespace sunny16::sim
