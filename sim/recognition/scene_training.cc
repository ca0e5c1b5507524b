#include "sim/recognition/scene_training.h"

#include "isp/core/exact_math.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;
using firmware::kSceneInputs;
using firmware::kSceneKinds;
using firmware::SceneInputs;
using Row = std::vector<double>;

using Target = std::array<double, kSceneKinds>;

/// A shot as cameras may see it: by who looked for faces, and what they know.
struct Example {
  static constexpr std::size_t kKnown = 4;  ///< bit 0: illuminance, bit 1: focus distance
  std::array<std::array<SceneInputs, kKnown>, 2> inputs;
  Target target{};
  double weight = 1;
};

std::vector<Example> examples_of(const std::vector<SceneSample>& samples) {
  std::array<double, kSceneKinds + 1> shots{};
  for (const SceneSample& sample : samples) ++shots[static_cast<std::size_t>(sample.kind)];
  std::vector<Example> examples;
  for (const SceneSample& sample : samples) {
    Example example;
    for (const FaceFinder finder : {FaceFinder::nobody, FaceFinder::detector})
      for (std::size_t known = 0; known < Example::kKnown; ++known) {
        firmware::SceneStatistics s = sample.seen_by(finder);
        if (!(known & 1)) s.light = 0, s.light_known = 0;
        if (!(known & 2)) s.nearness = 0, s.nearness_known = 0;
        example.inputs[static_cast<std::size_t>(finder)][known] = firmware::scene_inputs(s);
      }
    const auto kind = static_cast<std::size_t>(sample.kind);
    if (kind == 0)
      example.target.fill(1.0 / kSceneKinds);
    else
      example.target[kind - 1] = 1;
    example.weight = static_cast<double>(samples.size()) / (shots[kind] * (kSceneKinds + 1));
    examples.push_back(example);
  }
  return examples;
}

/// Mean and inverse deviation of each input.
struct Scale {
  SceneInputs mean{}, inverse{};

  explicit Scale(const std::vector<Example>& examples) {
    constexpr double kLeast = 0.02;  // an input that hardly varies shall not become all noise
    const double part = 1 / static_cast<double>(examples.size() * 2 * Example::kKnown);
    const auto for_each_view = [&](auto&& f) {
      for (const Example& example : examples)
        for (const auto& finder : example.inputs)
          for (const SceneInputs& inputs : finder)
            for (std::size_t i = 0; i < kSceneInputs; ++i) f(i, inputs[i]);
    };
    SceneInputs variance{};
    for_each_view([&](std::size_t i, double v) { mean[i] += part * v; });
    for_each_view([&](std::size_t i, double v) { variance[i] += part * (v - mean[i]) * (v - mean[i]); });
    for (std::size_t i = 0; i < kSceneInputs; ++i) inverse[i] = 1 / exact::max(exact::sqrt(variance[i]), kLeast);
  }
  SceneInputs operator()(const SceneInputs& inputs) const {
    SceneInputs scaled;
    for (std::size_t i = 0; i < kSceneInputs; ++i) scaled[i] = (inputs[i] - mean[i]) * inverse[i];
    return scaled;
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

/// Noise is added to what is measured. What is counted or known is exact: rows without a unit.
SceneInputs noise_of_inputs(double jitter) {
  SceneInputs amounts{};
  std::size_t i = 0;
  const firmware::SceneStatistics any;
  isp::for_each_field(any, [&](const auto& row, double) { amounts[i++] = row.unit.empty() ? 0 : jitter; });
  return amounts;
}

struct Network {
  std::size_t hidden;
  Layer in, out;
  Row active, back;  ///< of the hidden units

  Network(std::size_t units, Dice& dice)
      : hidden(units),
        in(units * (kSceneInputs + 1), 1 / exact::sqrt(kSceneInputs), dice),
        out(kSceneKinds * (units + 1), 1 / exact::sqrt(static_cast<double>(units)), dice),
        active(units),
        back(units) {}

  /// Adds an example's gradient, `weight` of it.
  void learn(const SceneInputs& x, const Target& target, double weight) {
    for (std::size_t h = 0; h < hidden; ++h) {
      const double* w = &in.weights[h * (kSceneInputs + 1)];
      double sum = w[kSceneInputs];
      for (std::size_t i = 0; i < kSceneInputs; ++i) sum += w[i] * x[i];
      active[h] = exact::max(sum, 0), back[h] = 0;
    }
    Target likely{};
    double most = -1e300, total = 0;
    for (std::size_t k = 0; k < kSceneKinds; ++k) {
      const double* w = &out.weights[k * (hidden + 1)];
      likely[k] = w[hidden];
      for (std::size_t h = 0; h < hidden; ++h) likely[k] += w[h] * active[h];
      most = exact::max(most, likely[k]);
    }
    for (double& v : likely) total += v = exact::exp(v - most);
    for (std::size_t k = 0; k < kSceneKinds; ++k) {
      const double error = weight * (likely[k] / total - target[k]);
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
  void step(double rate, double decay, int number) {
    in.step(rate, decay, number);
    out.step(rate, decay, number);
  }
};

/// What a camera sees of an example this time; now and then half of it is another's, and it is no kind any more.
struct View {
  SceneInputs inputs;
  Target target;

  View(const std::vector<Example>& examples, const Example& example, std::size_t finder, double mixed, Dice& dice)
      : target(example.target) {
    constexpr double kLightKnown = 0.7, kFocusKnown = 0.6;
    const std::size_t known = (dice.chance(kLightKnown) ? 1u : 0u) + (dice.chance(kFocusKnown) ? 2u : 0u);
    inputs = example.inputs[finder][known];
    if (!dice.chance(mixed)) return;
    const auto last = static_cast<double>(examples.size()) - 1e-6;
    const Example& other = examples[static_cast<std::size_t>(dice.between(0, last))];
    if (other.target == target) return;
    for (std::size_t i = 0; i < kSceneInputs; ++i)
      if (dice.chance(0.5)) inputs[i] = other.inputs[finder][known][i];
    target.fill(1.0 / kSceneKinds);
  }
};

Network train_member(const std::vector<Example>& examples, const Scale& scale, const TrainingOptions& options,
                     std::uint32_t member) {
  constexpr std::size_t kBatch = 64;
  constexpr double kRate = 0.01;
  Dice first(member + 1);
  Network network(static_cast<std::size_t>(options.hidden), first);
  const SceneInputs amounts = noise_of_inputs(options.jitter);
  const auto batches = 2 * examples.size() / kBatch + 1;
  int number = 0;
  for (int round = 0; round < options.rounds; ++round) {
    const double rate = kRate * (1 - static_cast<double>(round) / options.rounds);
    Dice dice(1000 * (member + 1) + static_cast<std::uint32_t>(round));
    for (std::size_t batch = 0; batch < batches; ++batch) {
      for (std::size_t i = batch; i < 2 * examples.size(); i += batches) {
        const Example& example = examples[i / 2];
        const View view(examples, example, i % 2, options.mixed, dice);
        SceneInputs x = scale(view.inputs);
        for (std::size_t k = 0; k < kSceneInputs; ++k) x[k] += amounts[k] * noise(dice);
        network.learn(x, view.target, example.weight / kBatch);
      }
      network.step(rate, options.decay, ++number);
    }
  }
  return network;
}

std::int32_t rounded(double v) {
  return static_cast<std::int32_t>(exact::floor(v * firmware::SceneNetwork::kScale + 0.5));
}

}  // namespace

firmware::SceneNetwork train(const std::vector<SceneSample>& samples, const TrainingOptions& options) {
  const std::vector<Example> examples = examples_of(samples);
  const Scale scale(examples);
  std::vector<Network> members;
  for (int i = 0; i < options.members; ++i)
    members.push_back(train_member(examples, scale, options, static_cast<std::uint32_t>(i)));

  firmware::SceneNetwork all;
  for (const Network& member : members) {
    all.hidden += member.hidden;
    for (std::size_t h = 0; h < member.hidden; ++h) {  // scale and mean become part of the first layer
      const double* w = &member.in.weights[h * (kSceneInputs + 1)];
      double bias = w[kSceneInputs];
      for (std::size_t i = 0; i < kSceneInputs; ++i) {
        all.first.push_back(rounded(w[i] * scale.inverse[i]));
        bias -= w[i] * scale.inverse[i] * scale.mean[i];
      }
      all.first.push_back(rounded(bias));
    }
  }
  for (std::size_t kind = 0; kind < kSceneKinds; ++kind) {
    double bias = 0;
    for (const Network& member : members) {
      const double* w = &member.out.weights[kind * (member.hidden + 1)];
      for (std::size_t h = 0; h < member.hidden; ++h) all.second.push_back(rounded(w[h] / options.members));
      bias += w[member.hidden] / options.members;
    }
    all.second.push_back(rounded(bias));
  }
  return all;
}

firmware::SceneNetwork softened(firmware::SceneNetwork network, double softness) {
  for (std::int32_t& w : network.second) w = rounded(w / softness / firmware::SceneNetwork::kScale);
  return network;
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
