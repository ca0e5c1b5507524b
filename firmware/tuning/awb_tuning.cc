#include "firmware/tuning/awb_tuning.h"

#include "firmware/tuning/adaptive.h"
#include "firmware/tuning/piecewise_linear.h"

namespace sunny16::firmware {

double AwbPrior::at(double colour_temperature) const {
  return piecewise_linear(temperature, likelihood, colour_temperature);
}

std::string AwbPrior::problem() const {
  return piecewise_linear_problem("temperature", temperature, "likelihood", likelihood);
}

GreyPoint AwbTuning::grey_at(double temperature) const {
  std::vector<double> temperatures;
  for (const GreyPoint& point : ct_curve) temperatures.push_back(point.temperature);
  const Between between = locate(Axis::colour_temperature, temperatures, temperature);
  const GreyPoint &from = ct_curve[between.first], &to = ct_curve[between.second];
  return {between.mix(from.temperature, to.temperature), between.mix(from.r, to.r), between.mix(from.b, to.b)};
}

double AwbTuning::likelihood(double lux, double colour_temperature) const {
  if (priors.empty()) return 1;
  std::vector<double> at, likelihoods;
  for (const AwbPrior& prior : priors) {
    at.push_back(prior.lux);
    likelihoods.push_back(prior.at(colour_temperature));
  }
  return piecewise_linear(at, likelihoods, lux);
}

std::string AwbTuning::problem() const {
  const auto not_rising = [](const std::string& name, std::size_t i) {
    return "." + name + "[" + std::to_string(i) + "]: found one not above the one before, allowed rising";
  };
  for (std::size_t i = 1; i < ct_curve.size(); ++i)
    if (!(ct_curve[i].temperature > ct_curve[i - 1].temperature)) return not_rising("ct_curve", i);
  for (std::size_t i = 1; i < priors.size(); ++i)
    if (!(priors[i].lux > priors[i - 1].lux)) return not_rising("priors", i);
  for (std::size_t i = 0; i < modes.size(); ++i)
    if (!(modes[i].lowest <= modes[i].highest))
      return ".modes[" + std::to_string(i) + "]: found lowest above highest, allowed lowest <= highest";
  return {};
}

}  // namespace sunny16::firmware
