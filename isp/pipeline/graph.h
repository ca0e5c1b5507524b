// The line as data: passes bound to their registers, in execution order.
//
// phone_pipeline.h builds a Graph from its list of stages; executors and the planner see only this. Nodes appear after their
// inputs. A disabled stage has no node at all.
#pragma once

#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "isp/stage/stage.h"
#include "isp/stage/tap.h"

namespace sunny16::isp {

/// Input index that stands for the raw frame's own rows.
inline constexpr int kRawRows = -1;

struct Node {
  using Function = void (*)(const void* registers, const RowIo&, Span);

  std::string_view stage;
  int pass = 0;             ///< within its stage
  bool last = true;         ///< writes its stage's output
  PassShape shape;
  std::array<int, kMaxInputs> inputs{};  ///< node indices, or kRawRows
  const void* registers = nullptr;
  Function reference = nullptr, fast = nullptr;
};

/// A tap bound to its registers: counts the rows that `node` has written, before any later stage changes them.
struct BoundTap {
  using Function = void (*)(const void* registers, const RowIo&, Span, Statistics&);

  std::string_view name;
  int node = 0;
  int border_x = 0;  ///< samples read left and right of the span
  const void* registers = nullptr;
  Function reference = nullptr, fast = nullptr;
};

/// [first, end) on one axis.
struct Range {
  int first = 0, end = 0;
  friend constexpr bool operator==(Range, Range) = default;
};

/// A distance on both axes.
struct Reach {
  int x = 0, y = 0;  ///< pixels; even
};

struct Graph {
  FrameGeometry frame;  ///< what the nodes see (after binning)
  std::vector<Node> nodes;
  std::vector<BoundTap> taps;

  int last() const { return static_cast<int>(nodes.size()) - 1; }

  /// Appends the stage's passes behind the last node. `registers` must outlive the graph.
  template <RowStage S>
  void append(const typename S::Registers& registers) {
    if (!registers.enabled) return;
    const int input = last(), first = input + 1;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (nodes.push_back(bind<S, std::tuple_element_t<I, typename S::Passes>>(registers, static_cast<int>(I), input, first)), ...);
    }(std::make_index_sequence<std::tuple_size_v<typename S::Passes>>());
    nodes.back().last = true;
  }

  /// Lets a tap count the last node's rows.
  template <Tap T>
  void append_tap(const typename T::Registers& registers) {
    using Registers = typename T::Registers;
    if (!registers.enabled) return;
    BoundTap tap{.name = T::name, .node = last(), .border_x = T::border_x, .registers = &registers};
    tap.reference = [](const void* r, const RowIo& io, Span s, Statistics& sums) {
      T::reference_row(*static_cast<const Registers*>(r), io, s, sums);
    };
    tap.fast = [](const void* r, const RowIo& io, Span s, Statistics& sums) {
      T::fast_row(*static_cast<const Registers*>(r), io, s, sums);
    };
    taps.push_back(tap);
  }

 private:
  template <class S, Pass<typename S::Registers> P>
  static Node bind(const typename S::Registers& registers, int pass, int input, int first) {
    using Registers = typename S::Registers;
    Node node{.stage = S::name, .pass = pass, .last = false, .shape = P::shape, .inputs = {}, .registers = &registers};
    for (int i = 0; i < node.shape.input_count; ++i) {
      const int source = node.shape.inputs[static_cast<std::size_t>(i)].source;
      node.inputs[static_cast<std::size_t>(i)] = source == kStageInput ? input : first + source;
    }
    node.reference = [](const void* r, const RowIo& io, Span s) { P::reference_row(*static_cast<const Registers*>(r), io, s); };
    node.fast = [](const void* r, const RowIo& io, Span s) { P::fast_row(*static_cast<const Registers*>(r), io, s); };
    return node;
  }
};

/// Pixels per sample of a grid, on each axis.
constexpr int scale_of(Grid grid) { return grid == Grid::full ? 1 : 2; }
constexpr int round_up_even(int v) { return v + (v & 1); }

/// How far outside the frame each node's rows are computed: 0 for a stage's output (its readers see reflected rows), and as far as
/// their chain reads for inner passes.
std::vector<Reach> extensions(const Graph&);
/// How far outside the frame each node's rows are read, beyond what is computed: the padding its readers need.
std::vector<Reach> paddings(const Graph&, const std::vector<Reach>& extensions);

/// Rows of an input, in picture rows relative to 2 * quad_row, that a pass reads when it makes `quad_row`: [first, last].
struct RowWindow {
  int first = 0, last = 0;
};
constexpr RowWindow input_window(Grid input, int border_y) {
  return input == Grid::full ? RowWindow{-border_y, 1 + border_y} : RowWindow{-2 * border_y, 1 + 2 * border_y};
}

constexpr int floor_half(int v) { return v >> 1; }

}  // namespace sunny16::isp
