// Piecewise linear functions given as two lists, in the axis' own unit (see adaptive.h for curves over the light).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sunny16::firmware {

/// The function through (x[i], y[i]) at v, constant outside; x rises, both lists have the same length, at least 1.
double piecewise_linear(const std::vector<double>& x, const std::vector<double>& y, double v);

/// Empty if the lists are such; else the end of a message, as problem() of a described struct gives it.
std::string piecewise_linear_problem(std::string_view x_name, const std::vector<double>& x, std::string_view y_name,
                                     const std::vector<double>& y);

}  // namespace sunny16::firmware
