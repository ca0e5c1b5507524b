#include "sim/recognition/scene_training.h"

#include "isp/core/exact_math.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;
using firmware::kSceneInputs;
using firmware::kSceneKinds;
using firmware::SceneInputs;
using Row = std::vector<double>;

struct Example {
  SceneInputs inputs;
  std::size_t kind;
};

/// What a camera may know of the same shot.
std::vector<Example> examples_of(const std::vector<SceneSample>& samples) {
  std::vector<Example> examples;
  for (const SceneSample& sample : samples)
    for (int known = 0; known < 4; ++known) {
      firmware::SceneStatistics s = known & 1 ? sample.with_faces : sample.statistics;
      if (known == 2) s.light = 0, s.light_known = 0;
      if (known == 3 || sample.seed % 2 == 0) s.nearness = 0, s.nearness_known = 0;
      examples.push_back({firmware::scene_inputs(s), static_cast<std::size_t>(sample.kind) - 1});
    }
  return examples;
}

/// Mean and inverse deviation of each input.
struct Scale {
  SceneInputs mean{}, inverse{};

  explicit Scale(const std::vector<Example>& examples) {
    const auto count = static_cast<double>(examples.size());
    for (const Example& e : examples)
      for (std::size_t i = 0; i < kSceneInputs; ++i) mean[i] += e.inputs[i] / count;
    constexpr double kLeast = 0.02;  // an input that hardly varies shall not become all noise
    for (std::size_t i = 0; i < kSceneInputs; ++i) {
      double variance = 0;
      for (const Example& e : examples) variance += (e.inputs[i] - mean[i]) * (e.inputs[i] - mean[i]) / count;
      inverse[i] = 1 / exact::max(exact::sqrt(variance), kLeast);
    }
  }
};

/// About normal: the sum of four even ones.
double noise(Dice& dice) {
  return (dice.between(-1, 1) + dice.between(-1, 1) + dice.between(-1, 1) + dice.between(-1, 1)) * 0.866;
}

/// Weights with their gradients' running moments (Kingma and Ba, 'Adam', 2015).
struct Layer {
  Row weights, gradient, first, second;

  Layer(std::size_t size, double spread, Dice& dice) : weights(size), gradient(size), first(size), second(size) {
    for (double& w : weights) w = spread * noise(dice);
  }
  void step(double rate, double decay, int number) {
    constexpr double kFirst = 0.9, kSecond = 0.99, kLeast = 1e-8;
    const double unbias_first = 1 - exact::pow(kFirst, number), unbias_second = 1 - exact::pow(kSecond, number);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double g = gradient[i] + decay * weights[i];
      first[i] += (1 - kFirst) * (g - first[i]);
      second[i] += (1 - kSecond) * (g * g - second[i]);
      weights[i] -= rate * (first[i] / unbias_first) / (exact::sqrt(second[i] / unbias_second) + kLeast);
      gradient[i] = 0;
    }
  }
};

struct Network {
  std::size_t hidden;
  Layer in, out;

  Network(std::size_t units, Dice& dice)
      : hidden(units),
        in(units * (kSceneInputs + 1), 1 / exact::sqrt(kSceneInputs), dice),
        out(kSceneKinds * (units + 1), 1 / exact::sqrt(static_cast<double>(units)), dice) {}

  /// Adds an example's gradient, `weight` of it.
  void learn(const SceneInputs& x, std::size_t kind, double weight) {
    Row active(hidden), back(hidden);
    for (std::size_t h = 0; h < hidden; ++h) {
      const double* w = &in.weights[h * (kSceneInputs + 1)];
      double sum = w[kSceneInputs];
      for (std::size_t i = 0; i < kSceneInputs; ++i) sum += w[i] * x[i];
      active[h] = exact::max(sum, 0);
    }
    std::array<double, kSceneKinds> likely{};
    double most = -1e300, total = 0;
    for (std::size_t k = 0; k < kSceneKinds; ++k) {
      const double* w = &out.weights[k * (hidden + 1)];
      likely[k] = w[hidden];
      for (std::size_t h = 0; h < hidden; ++h) likely[k] += w[h] * active[h];
      most = exact::max(most, likely[k]);
    }
    for (double& v : likely) total += v = exact::exp(v - most);
    for (std::size_t k = 0; k < kSceneKinds; ++k) {
      const double error = weight * (likely[k] / total - (k == kind ? 1 : 0));
      const double* w = &out.weights[k * (hidden + 1)];
      double* g = &out.gradient[k * (hidden + 1)];
      g[hidden] += error;
      for (std::size_t h = 0; h < hidden; ++h) g[h] += error * active[h], back[h] += error * w[h];
    }
    for (std::size_t h = 0; h < hidden; ++h) {
      if (active[h] <= 0) continue;
      double* g = &in.gradient[h * (kSceneInputs + 1)];
      g[kSceneInputs] += back[h];
      for (std::size_t i = 0; i < kSceneInputs; ++i) g[i] += back[h] * x[i];
    }
  }
};

std::int32_t rounded(double v) {
  return static_cast<std::int32_t>(exact::floor(v * firmware::SceneNetwork::kScale + 0.5));
}

}  // namespace

firmware::SceneNetwork train(const std::vector<SceneSample>& samples, const TrainingOptions& options) {
  constexpr std::size_t kBatch = 64;
  constexpr double kRate = 0.01;
  const std::vector<Example> examples = examples_of(samples);
  const Scale scale(examples);
  Dice dice(1);
  Network network(static_cast<std::size_t>(options.hidden), dice);
  const auto batches = examples.size() / kBatch + 1;
  int number = 0;
  for (int round = 0; round < options.rounds; ++round) {
    const double rate = kRate * (1 - static_cast<double>(round) / options.rounds);
    Dice shaken(static_cast<std::uint32_t>(round + 2));
    for (std::size_t batch = 0; batch < batches; ++batch) {
      for (std::size_t e = batch; e < examples.size(); e += batches) {
        SceneInputs x;
        for (std::size_t i = 0; i < kSceneInputs; ++i)
          x[i] = (examples[e].inputs[i] - scale.mean[i]) * scale.inverse[i] + options.jitter * noise(shaken);
        network.learn(x, examples[e].kind, 1.0 / kBatch);
      }
      ++number;
      network.in.step(rate, options.decay, number);
      network.out.step(rate, options.decay, number);
    }
  }
  // Scale and mean become part of the first layer.
  firmware::SceneNetwork rounded_network{.hidden = network.hidden, .first = {}, .second = {}};
  for (std::size_t h = 0; h < network.hidden; ++h) {
    const double* w = &network.in.weights[h * (kSceneInputs + 1)];
    double bias = w[kSceneInputs];
    for (std::size_t i = 0; i < kSceneInputs; ++i) {
      rounded_network.first.push_back(rounded(w[i] * scale.inverse[i]));
      bias -= w[i] * scale.inverse[i] * scale.mean[i];
    }
    rounded_network.first.push_back(rounded(bias));
  }
  for (const double w : network.out.weights) rounded_network.second.push_back(rounded(w));
  return rounded_network;
}

std::string weights_header(const firmware::SceneNetwork& network, const std::string& provenance) {
  const auto table = [](const char* name, const std::vector<std::int32_t>& weights) {
    std::string text = "inline constexpr std::int32_t " + std::string(name) + "[]{";
    std::size_t width = 1000;
    for (const std::int32_t w : weights) {
      const std::string number = std::to_string(w) + ",";
      if (width + number.size() > 116) text += "\n    ", width = 4;
      text += number, width += number.size();
    }
    text.back() = '}';
    return text + ";\n";
  };
  return "// Weights of the scene classifier, written by scripts/train-scenes: " + provenance +
         "\n// clang-format off\n#pragma once\n\n#include <cstddef>\n#include <cstdint>\n\nnamespace sunny16::firmware "
         "{\n\ninline constexpr std::size_t kSceneHidden = " +
         std::to_string(network.hidden) + ";\n/// A row of inputs and a bias for each hidden unit.\n" +
         table("kSceneFirstLayer", network.first) + "/// A row of hidden units and a bias for each kind.\n" +
         table("kSceneSecondLayer", network.second) + "\n}  // namespace sunny16::firmware\n";
}

}  // namespace sunny16::sim
