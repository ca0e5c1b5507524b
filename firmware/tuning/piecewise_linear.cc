#include "firmware/tuning/piecewise_linear.h"

#include <algorithm>

namespace sunny16::firmware {

double piecewise_linear(const std::vector<double>& x, const std::vector<double>& y, double v) {
  if (!(v > x.front())) return y.front();
  if (v >= x.back()) return y.back();
  const auto i = static_cast<std::size_t>(std::upper_bound(x.begin(), x.end(), v) - x.begin());
  return y[i - 1] + (y[i] - y[i - 1]) * ((v - x[i - 1]) / (x[i] - x[i - 1]));
}

std::string piecewise_linear_problem(std::string_view x_name, const std::vector<double>& x, std::string_view y_name,
                                     const std::vector<double>& y) {
  if (x.empty()) return "." + std::string(x_name) + ": found no node, allowed one or more";
  for (std::size_t i = 1; i < x.size(); ++i)
    if (!(x[i] > x[i - 1]))
      return "." + std::string(x_name) + "[" + std::to_string(i) +
             "]: found one not above the one before, allowed rising";
  if (x.size() != y.size())
    return "." + std::string(y_name) + ": found " + std::to_string(y.size()) + " values, allowed " +
           std::to_string(x.size());
  return {};
}

}  // namespace sunny16::firmware
