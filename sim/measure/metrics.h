// The metrics that measure.h lists, one for each family of targets.
#pragma once

#include "sim/measure/measure.h"

namespace sunny16::sim {

Measurement measure_colour(const Subject& subject, const MeasureOptions& options);
Measurement measure_edges(const Subject& subject, const MeasureOptions& options);
Measurement measure_star(const Subject& subject, const MeasureOptions& options);
Measurement measure_texture(const Subject& subject, const MeasureOptions& options);
Measurement measure_oecf(const Subject& subject, const MeasureOptions& options);
Measurement measure_noise(const Subject& subject, const MeasureOptions& options);
Measurement measure_visual_noise(const Subject& subject, const MeasureOptions& options);
Measurement measure_shading(const Subject& subject, const MeasureOptions& options);
Measurement measure_banding(const Subject& subject, const MeasureOptions& options);
Measurement measure_dots(const Subject& subject, const MeasureOptions& options);
Measurement measure_fidelity(const Subject& subject, const MeasureOptions& options);

/// The patches of the subject's ColorChecker: as the options say, as the truth says, or as found.
std::vector<Quadrilateral> colour_checker_patches(const Subject& subject, const MeasureOptions& options);

/// The steps of a grey scale: the truth's, or the grey patches of a ColorChecker.
std::vector<GreyStep> grey_steps(const Subject& subject, const MeasureOptions& options);

/// A region of the options, of the truth's flat target, or all of the picture.
isp::Rect even_region(const Subject& subject, const MeasureOptions& options);

}  // namespace sunny16::sim
