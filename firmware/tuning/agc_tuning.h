// Automatic exposure: what is metered, how bright it shall be, and how exposure is split into time and gain.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "isp/core/describe.h"

namespace sunny16::firmware {

/// Weights of the picture's parts, row by row from the top left.
struct MeteringMode {
  std::string name;
  int columns = 1, rows = 1;
  std::vector<double> weights{1};

  /// The same weighting on another grid: each zone gets the mean weight of the area it covers.
  std::vector<double> resampled(int to_columns, int to_rows) const;
  std::string problem() const;
};

/// A ladder: exposure time grows to shutter_us[i], then gain to gain[i], and so on up.
struct ExposureMode {
  std::string name;
  std::vector<double> shutter_us{100, 10000, 30000, 60000, 66666};
  std::vector<double> gain{1, 2, 4, 6, 16};

  std::string problem() const;
};

/// A brightness over illuminance, piecewise linear in lux.
struct LuxCurve {
  std::vector<double> lux{0};
  std::vector<double> value{0.16};

  double at(double illuminance) const;
  std::string problem() const;
};

enum class Bound : std::uint8_t { lower, upper };

/// The mean of the histogram between two quantiles shall be at least (lower) or at most (upper) the target.
struct ExposureConstraint {
  Bound bound = Bound::lower;
  double q_lo = 0.98, q_hi = 1;
  LuxCurve target{{0}, {0.5}};

  std::string problem() const;
};

struct ConstraintMode {
  std::string name;
  std::vector<ExposureConstraint> constraints;
};

/// Keeps a channel's exposure at least (lower) or at most (upper) `factor` times another channel's.
struct ChannelConstraint {
  Bound bound = Bound::upper;
  int channel = 0;
  double factor = 8;
};

/// One exposure control loop. The first mode of each list is the default.
struct AgcChannel {
  std::vector<MeteringMode> metering_modes{
      {"centre-weighted", 5, 5, {0, 1, 1, 1, 0, 1, 2, 3, 2, 1, 1, 3, 3, 3, 1, 1, 2, 3, 2, 1, 0, 1, 1, 1, 0}},
      {"spot", 5, 5, {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}},
      {"matrix", 1, 1, {1}}};
  std::vector<ExposureMode> exposure_modes{{"normal", {100, 10000, 30000, 60000, 66666}, {1, 2, 4, 6, 16}},
                                           {"short", {100, 5000, 10000, 20000, 66666}, {1, 2, 4, 6, 16}},
                                           {"long", {100, 10000, 30000, 60000, 120000}, {1, 2, 4, 6, 16}}};
  std::vector<ConstraintMode> constraint_modes{
      {"normal", {{Bound::lower, 0.98, 1, {{0}, {0.5}}}}},
      {"highlight", {{Bound::lower, 0.98, 1, {{0}, {0.5}}}, {Bound::upper, 0.98, 1, {{0}, {0.8}}}}},
      {"shadows", {{Bound::lower, 0, 0.5, {{0}, {0.17}}}}}};
  LuxCurve y_target{{0, 1000, 10000}, {0.16, 0.165, 0.17}};
  std::vector<ChannelConstraint> channel_constraints;
  double base_ev = 1;
  double speed = 0.2;
  int startup_frames = 10;
  int convergence_frames = 6;
};

struct AgcTuning {
  std::vector<AgcChannel> channels{AgcChannel{}};

  std::string problem() const { return channels.empty() ? ".channels: found none, allowed one or more" : ""; }
};

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct EnumNames<firmware::Bound> {
  static constexpr std::array<std::string_view, 2> names{"lower", "upper"};
};

template <>
struct Describe<firmware::MeteringMode> {
  using M = firmware::MeteringMode;
  static constexpr auto fields = std::tuple{
      field<&M::name>("name", 0, 0, "", "What a request calls it."),
      field<&M::columns>("columns", 1, 64, "", "Zones across."), field<&M::rows>("rows", 1, 64, "", "Zones down."),
      field<&M::weights>("weights", 0, 1000, "ratio", "Weight of each zone, row by row.")};
};

template <>
struct Describe<firmware::ExposureMode> {
  using M = firmware::ExposureMode;
  static constexpr auto fields =
      std::tuple{field<&M::name>("name", 0, 0, "", "What a request calls it."),
                 field<&M::shutter_us>("shutter_us", 1, 1e9, "us", "Exposure times of the ladder's steps."),
                 field<&M::gain>("gain", 1, 1000, "ratio", "Analogue gains of the ladder's steps.")};
};

template <>
struct Describe<firmware::LuxCurve> {
  using C = firmware::LuxCurve;
  static constexpr auto fields =
      std::tuple{field<&C::lux>("lux", 0, 1e6, "lx", "Nodes, rising."),
                 field<&C::value>("value", 0, 1, "ratio", "Fraction of white at each node.")};
};

template <>
struct Describe<firmware::ExposureConstraint> {
  using C = firmware::ExposureConstraint;
  static constexpr auto fields =
      std::tuple{field<&C::bound>("bound", 0, 0, "", "Whether the target is the least or the most."),
                 field<&C::q_lo>("q_lo", 0, 1, "ratio", "Lower quantile of the pixels that it looks at."),
                 field<&C::q_hi>("q_hi", 0, 1, "ratio", "Upper quantile."),
                 field<&C::target>("target", 0, 0, "", "Their mean, as a fraction of white.")};
};

template <>
struct Describe<firmware::ConstraintMode> {
  using M = firmware::ConstraintMode;
  static constexpr auto fields = std::tuple{field<&M::name>("name", 0, 0, "", "What a request calls it."),
                                            field<&M::constraints>("constraints", 0, 0, "", "Applied in order.")};
};

template <>
struct Describe<firmware::ChannelConstraint> {
  using C = firmware::ChannelConstraint;
  static constexpr auto fields =
      std::tuple{field<&C::bound>("bound", 0, 0, "", "Whether the factor is the least or the most."),
                 field<&C::channel>("channel", 0, 15, "", "The other channel."),
                 field<&C::factor>("factor", 0.001, 1000, "ratio", "Exposure relative to the other channel's.")};
};

template <>
struct Describe<firmware::AgcChannel> {
  using A = firmware::AgcChannel;
  static constexpr auto fields = std::tuple{
      field<&A::metering_modes>("metering_modes", 0, 0, "", "Weightings of the picture."),
      field<&A::exposure_modes>("exposure_modes", 0, 0, "", "Splits of exposure into time and gain."),
      field<&A::constraint_modes>("constraint_modes", 0, 0, "", "Limits on the brightness of parts of the histogram."),
      field<&A::y_target>("y_target", 0, 0, "", "Weighted mean luminance aimed at, as a fraction of white."),
      field<&A::channel_constraints>("channel_constraints", 0, 0, "", "Limits relative to other channels."),
      field<&A::base_ev>("base_ev", 0.01, 100, "ratio", "Factor on y_target."),
      field<&A::speed>("speed", 0.01, 1, "ratio", "Share of the way to the target made in a frame."),
      field<&A::startup_frames>("startup_frames", 0, 100, "", "Frames at the start in which the way is made at once."),
      field<&A::convergence_frames>("convergence_frames", 0, 100, "",
                                    "Frames not shown at the start, for exposure to settle.")};
};

template <>
struct Describe<firmware::AgcTuning> {
  static constexpr auto fields = std::tuple{field<&firmware::AgcTuning::channels>(
      "channels", 0, 0, "", "The first is the normal exposure; others serve HDR and night modes.")};
};

}  // namespace sunny16::isp
