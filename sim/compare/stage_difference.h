// How far the outputs of two lines differ, stage by stage.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "isp/core/describe.h"
#include "isp/core/plane.h"
#include "sim/compare/stage_source.h"

namespace sunny16::sim {

/// Which of two lines has a stage.
enum class Presence : std::uint8_t { both, first, second };

/// What a stage's differences are a part of: black to white in the sensor's numbers and in linear light, all codes
/// else.
double range_of(Encoding encoding, double sensor_range);

/// Magnitudes of the differences of all samples, in percent of the stage's range. Zero where only one line has the
/// stage.
struct StageDifference {
  std::string stage;
  Presence in = Presence::both;
  double mean_percent = 0, rms_percent = 0, p99_percent = 0, max_percent = 0;
  int max_x = 0, max_y = 0;
  double differing_percent = 0;

  bool differs() const { return in != Presence::both || differing_percent > 0; }
};

/// Told of each stage that both lines have, while their outputs are there.
using StagePairVisitor = std::function<void(const StageDifference&, const StageOutput&, const StageOutput&)>;

/// Walks through both lines; stages are the same if they have the same name. Throws MetricError if the outputs have
/// different sizes.
std::vector<StageDifference> compare_stages(StageSource& first, StageSource& second,
                                            const StagePairVisitor& visit = {});

/// The first stage that differs or that one line has not; null if the lines are equal.
const StageDifference* first_difference(const std::vector<StageDifference>& stages);

/// The magnitude of a pixel's difference, in the stage's own unit: the largest of its colours.
int difference_at(const StageOutput& first, const StageOutput& second, int x, int y);

/// The part of at most `width` x `height` pixels in which the outputs differ most, at even x and y.
isp::Rect most_different_part(const StageOutput& first, const StageOutput& second, int width, int height);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct EnumNames<sim::Presence> {
  static constexpr std::array<std::string_view, 3> names{"both", "first", "second"};
};

template <>
struct Describe<sim::StageDifference> {
  using S = sim::StageDifference;
  static constexpr auto fields =
      std::tuple{field<&S::stage>("stage", 0, 0, "", "The stage's name."),
                 field<&S::in>("in", 0, 2, "", "Which line has it."),
                 field<&S::mean_percent>("mean_percent", 0, 1000, "%", "Mean of the differences' magnitudes."),
                 field<&S::rms_percent>("rms_percent", 0, 1000, "%", "Root of their mean square."),
                 field<&S::p99_percent>("p99_percent", 0, 1000, "%", "99 of 100 samples differ by no more."),
                 field<&S::max_percent>("max_percent", 0, 1000, "%", "The largest one."),
                 field<&S::max_x>("max_x", 0, 16385, "px", "Column of the first sample that differs so much."),
                 field<&S::max_y>("max_y", 0, 16385, "px", "Row of that sample."),
                 field<&S::differing_percent>("differing_percent", 0, 100, "%", "Samples that are not equal.")};
};

}  // namespace sunny16::isp
