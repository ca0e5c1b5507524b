// The shapes that tone curves are made of, in real numbers on 0..1. All are monotone.
#pragma once

#include <vector>

namespace sunny16::isp {

/// Two power curves that meet at mid-grey with the same slope `contrast`: a toe and a shoulder; 1 is the straight line.
double s_curve(double v, double grey, double contrast);

/// Straight lines through points of increasing x; level outside of them. The shorter list counts; of none it is v
/// itself.
double lines_through(const std::vector<double>& x, const std::vector<double>& y, double v);

/// The same points, joined by cubics that do not overshoot (Fritsch, Carlson, "Monotone piecewise cubic interpolation",
/// 1980). Two points are joined by a line.
double cubics_through(const std::vector<double>& x, const std::vector<double>& y, double v);

}  // namespace sunny16::isp
