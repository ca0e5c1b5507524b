// Runs one stage over a whole frame of given samples: the set-up of the stages' behaviour and conformance tests.
#pragma once

#include <cstring>
#include <string>
#include <vector>

#include "isp/pipeline/executor.h"

namespace sunny16::isp::test {

/// Samples of one domain over a canonical frame, plane after plane without padding. Sample is the domain's.
template <class Domain>
struct Samples {
  using Sample = typename Domain::Sample;
  int width, height;  ///< pixels of the frame, even
  std::vector<Sample> values;

  Samples(int frame_width, int frame_height) : width(frame_width), height(frame_height), values(plane_size() * Domain::layout.planes) {}
  int columns() const { return width / scale_of(Domain::layout.grid); }
  int rows() const { return height / scale_of(Domain::layout.grid); }
  std::size_t plane_size() const { return static_cast<std::size_t>(columns()) * static_cast<std::size_t>(rows()); }
  Sample& at(int plane, int x, int y) {
    return values[static_cast<std::size_t>(plane) * plane_size() + static_cast<std::size_t>(y) * static_cast<std::size_t>(columns()) +
                  static_cast<std::size_t>(x)];
  }
  const Sample& at(int plane, int x, int y) const { return const_cast<Samples*>(this)->at(plane, x, y); }
  /// Sets every sample to f(plane, x, y).
  template <class F>
  Samples& fill(F&& f) {
    for (int plane = 0; plane < Domain::layout.planes; ++plane)
      for (int y = 0; y < rows(); ++y)
        for (int x = 0; x < columns(); ++x) at(plane, x, y) = static_cast<Sample>(f(plane, x, y));
    return *this;
  }
  friend bool operator==(const Samples&, const Samples&) = default;
};

/// A node that delivers given samples, in place of the line before a stage.
template <class Domain>
Node source_node(const Samples<Domain>& samples) {
  Node node{.stage = "source", .shape = {.out = Domain::layout, .inputs = {}, .input_count = 0}, .registers = &samples};
  node.fast = node.reference = [](const void* registers, const RowIo& io, Span span) {
    const auto& from = *static_cast<const Samples<Domain>*>(registers);
    for (int plane = 0; plane < Domain::layout.planes; ++plane)
      for (int x = 0; x < span.count && span.x + x < from.columns(); ++x)
        io.out<typename Domain::Sample>(plane)[x] = from.at(plane, span.x + x, span.y);
  };
  return node;
}

/// The stage's output over the whole frame. A stage whose registers say it is off gives its input.
template <RowStage S>
Samples<typename S::Out> run_stage(const typename S::Registers& registers, const Samples<typename S::In>& in,
                                   Kernels kernels = Kernels::fast) {
  Graph graph{.frame = FrameGeometry::canonical(in.width, in.height, CfaPhase::rggb), .nodes = {source_node(in)}, .taps = {}};
  graph.append<S>(registers);
  Samples<typename S::Out> out(in.width, in.height);
  run_whole(graph, {}, kernels, [&](const Node& node, const RowStorage& rows) {
    if (&node != &graph.nodes.back()) return;
    const int scale = scale_of(S::Out::layout.grid);
    for (int plane = 0; plane < S::Out::layout.planes; ++plane)
      for (int y = 0; y < out.rows(); ++y)
        std::memcpy(&out.at(plane, 0, y), rows.at(plane, 0, y * scale), sizeof(out.at(0, 0, 0)) * static_cast<std::size_t>(out.columns()));
  });
  return out;
}

/// A hash of (seed, x): test patterns that are the same everywhere.
constexpr std::uint32_t scramble(std::uint32_t seed, std::uint32_t x) {
  std::uint32_t h = seed * 0x9E3779B9u ^ x * 0x85EBCA6Bu;
  h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
  h = (h ^ (h >> 12)) * 0x297A2D39u;
  return h ^ (h >> 15);
}

/// Inputs that try a kernel: noise over the domain's whole range, its extremes in checkers and stripes, steps and ramps.
/// `minimum`..`maximum` is the domain's range.
template <class Domain>
std::vector<std::pair<std::string, Samples<Domain>>> trying_inputs(int width, int height, int minimum, int maximum) {
  std::vector<std::pair<std::string, Samples<Domain>>> result;
  const auto add = [&](std::string name, auto&& f) { result.emplace_back(std::move(name), Samples<Domain>(width, height).fill(f)); };
  const auto range = static_cast<std::uint32_t>(maximum - minimum) + 1;
  const auto noise = [=](std::uint32_t seed, int plane, int x, int y) {
    return minimum + static_cast<int>(scramble(seed, static_cast<std::uint32_t>((plane * 4096 + y) * 16384 + x)) % range);
  };
  add("noise", [=](int p, int x, int y) { return noise(1, p, x, y); });
  add("minimum", [=](int, int, int) { return minimum; });
  add("maximum", [=](int, int, int) { return maximum; });
  add("extremes", [=](int p, int x, int y) { return noise(2, p, x, y) & 1 ? maximum : minimum; });
  add("checker", [=](int, int x, int y) { return (x + y) & 1 ? maximum : minimum; });
  add("columns", [=](int p, int x, int) { return (x + p) & 1 ? maximum : minimum; });
  add("ramp", [=](int p, int x, int y) { return minimum + static_cast<int>((static_cast<std::uint32_t>(x * 251 + y * 13 + p * 1031)) % range); });
  add("small noise", [=](int p, int x, int y) { return std::clamp((minimum + maximum) / 2 + noise(3, p, x, y) % 64, minimum, maximum); });
  return result;
}

}  // namespace sunny16::isp::test
