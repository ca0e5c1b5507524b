#include "sim/measure/measure.h"

#include "sim/measure/metrics.h"

namespace sunny16::sim {
namespace {

template <TargetKind kind>
bool shows(const Subject& subject) {
  return subject.has(kind);
}
bool shows_greys(const Subject& subject) {
  return subject.has(TargetKind::grey_step) || subject.has(TargetKind::colour_checker);
}
/// Pictures of a known scene can always be held against it.
bool is_known(const Subject& subject) { return subject.truth().has_value() && !subject.raw(); }

constexpr Metric kMetrics[]{
    {"colour", "Colour", "a ColorChecker", shows<TargetKind::colour_checker>, measure_colour},
    {"sfr", "Sharpness: slanted edges", "a slanted edge: --roi", shows<TargetKind::edge>, measure_edges},
    {"star", "Sharpness: Siemens star", "a simulated shot of a star", shows<TargetKind::star>, measure_star},
    {"texture", "Texture: dead leaves", "dead leaves, and their truth", shows<TargetKind::dead_leaves>,
     measure_texture},
    {"oecf", "Tone: opto-electronic conversion", "grey steps, or a ColorChecker", shows_greys, measure_oecf},
    {"noise", "Noise and dynamic range", "grey steps, a ColorChecker, or an even region: --roi", shows_greys,
     measure_noise},
    {"visual_noise", "Visual noise", "grey steps, a ColorChecker, or an even region: --roi", shows_greys,
     measure_visual_noise},
    {"shading", "Shading", "an evenly lit picture", shows<TargetKind::flat>, measure_shading},
    {"banding", "Banding", "an evenly lit picture, or region: --roi", shows<TargetKind::flat>, measure_banding},
    {"dots", "Distortion and lateral colour", "a simulated shot of dots", shows<TargetKind::dots>, measure_dots},
    {"psnr", "Fidelity: PSNR and SSIM", "--reference, or a simulated shot's truth", is_known, measure_fidelity},
};

}  // namespace

std::span<const Metric> metrics() { return kMetrics; }

}  // namespace sunny16::sim
