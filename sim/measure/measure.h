// The metrics by name: each takes what it needs of a subject, and tells numbers, tables and plots.
#pragma once

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/tuning/camera_tuning.h"
#include "firmware/tuning/described_json.h"
#include "sim/measure/subject.h"
#include "sim/report/plot.h"

namespace sunny16::sim {

struct NamedTuning {
  std::string name;
  firmware::CameraTuning tuning;
};

struct MeasureOptions {
  std::optional<isp::Rect> roi;
  /// Centres of a ColorChecker's corner patches: dark skin, bluish green, black, white. Else the truth's, else found.
  std::optional<std::array<Position, 4>> chart;
  const Subject* reference = nullptr;    ///< what fidelity and texture compare with; else the truth
  std::span<const NamedTuning> tunings;  ///< whose noise is told beside the measured one
};

struct Measurement {
  std::string metric;             ///< its name on the command line
  nlohmann::ordered_json values;  ///< keys carry their unit
  std::vector<Plot> plots;
  std::map<std::string, std::string> prose;  ///< what a key means, for people
};

/// Adds the members of an object to another.
inline void append(nlohmann::ordered_json& to, const nlohmann::ordered_json& from) {
  for (const auto& [key, value] : from.items()) to[key] = value;
}

/// The JSON of a described result, whose fields' prose is kept.
template <isp::Described T>
nlohmann::ordered_json told(const T& result, Measurement& out) {
  isp::for_each_field(result, [&](const auto& row, const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    out.prose[std::string(row.name)] = row.prose;
    if constexpr (isp::Described<F>) told(field, out);
  });
  return firmware::to_json(result);
}

struct Metric {
  std::string_view name, title;
  std::string_view needs;  ///< in words
  /// Whether what it needs is there without a further word from the user.
  bool (*applies)(const Subject&);
  Measurement (*measure)(const Subject&, const MeasureOptions&);
};

/// Of one subject each; in the order in which reports show them.
std::span<const Metric> metrics();

/// Centres of the corner patches of a ColorChecker that is found without help. Throws MetricError, which says why none
/// was found and how to tell where it is.
std::array<Position, 4> find_chart(const Subject& subject);

/// Photon transfer (EMVA 1288) of raw frames of an even light: pairs of equal exposure, some of them dark. Throws
/// MetricError.
Measurement measure_photon_transfer(std::span<const Subject> frames, const MeasureOptions& options);

}  // namespace sunny16::sim
