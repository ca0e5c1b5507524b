// What a stage is.
//
// A *row stage* turns rows into rows. It names its input and output domains, describes its Tuning, and derives Registers (integers,
// everything that can change a byte) from Tuning and Conditions. Its work is one pass, or a chain of private passes that each have
// their own rows (the demosaic is one). Each pass has two implementations that give the same bits: `reference_row`, plain loops,
// is the specification; `fast_row` is the same in Highway vectors.
//
// Kernels never test for the frame's edge: the executor pads the rows that a stage reads by reflection (see `reflect`), and
// lets the inner passes of a chain run as far beyond the frame as their chain reads.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "isp/core/conditions.h"
#include "isp/core/describe.h"
#include "isp/core/hash.h"
#include "isp/core/layout.h"

namespace sunny16::isp {

inline constexpr int kMaxInputs = 4;
inline constexpr int kMaxPlanes = 12;
/// A fast row may write this many elements beyond the span's end (and none before its start), and read as many beyond its
/// window: the widest vector of bytes, less one. The executor's rows have that much slack.
inline constexpr int kSlack = 64;

/// Where a pass runs: `count` samples from column `x` of row `y`, in samples of its output's grid. A pass whose output
/// is a quad or half grid counts quads. Coordinates are absolute; inner passes of a chain may see negative ones.
struct Span {
  int x = 0, y = 0, count = 0;
};

/// The rows of one call. `input_rows[i]` lists, for input i, plane after plane, the rows -border_y .. +border_y (+1 more where
/// a full-grid input feeds a quad or half output: rows 2y - border_y .. 2y + 1 + border_y). All row pointers point at column
/// span.x (2 * span.x for a full input of a coarse output, span.x / 2 for a coarse input of a full output).
struct RowIo {
  struct Input {
    std::byte* const* rows = nullptr;
    int window = 1, border = 0;
  };
  std::array<Input, kMaxInputs> inputs;
  std::byte* const* outputs = nullptr;  ///< plane after plane; a pass with `pair` has row 2y of each plane, then row 2y + 1

  template <class T>
  const T* in(int input, int plane, int dy = 0) const {
    const Input& i = inputs[static_cast<std::size_t>(input)];
    return reinterpret_cast<const T*>(i.rows[plane * i.window + dy + i.border]);
  }
  template <class T>
  T* out(int plane) const {
    return reinterpret_cast<T*>(outputs[plane]);
  }
};

/// One input of a pass: the stage's own input (source == kStageInput) or the output of an earlier pass of its chain.
/// Borders in samples of the input's grid.
inline constexpr int kStageInput = -1;
struct InputShape {
  int source = kStageInput;
  int border_x = 0, border_y = 0;
};

struct PassShape {
  Layout out;
  std::array<InputShape, kMaxInputs> inputs{};
  int input_count = 1;
  bool in_place = false;  ///< point-wise: out row may be the in row (same planes, same sample size)
  bool pair = false;      ///< a full-grid output written two rows a call, from quad or half inputs
};

constexpr PassShape pointwise(Layout layout) { return {.out = layout, .inputs = {}, .input_count = 1, .in_place = true}; }
constexpr PassShape neighbourhood(Layout layout, int border_x, int border_y) {
  return {.out = layout, .inputs = {InputShape{kStageInput, border_x, border_y}}, .input_count = 1};
}

template <class Registers>
using RowFunction = void (*)(const Registers&, const RowIo&, Span);

template <class P, class Registers>
concept Pass = requires(const Registers& r, const RowIo& io, Span s) {
  { P::shape } -> std::convertible_to<PassShape>;
  { P::reference_row(r, io, s) } -> std::same_as<void>;
  { P::fast_row(r, io, s) } -> std::same_as<void>;
};

/// Registers are plain integers without padding, so that their bytes can be hashed, recorded and compared; or, where they share a
/// large table (see SharedTable), they tell the hash of all that they hold.
template <class R>
concept PlainRegisters = std::is_trivially_copyable_v<R> && std::has_unique_object_representations_v<R>;
template <class R>
concept RegisterBlock = PlainRegisters<R> || requires(const R& r, std::uint64_t seed) {
  { r.hash(seed) } -> std::same_as<std::uint64_t>;
};

template <RegisterBlock R>
std::uint64_t hash_registers(const R& registers, std::uint64_t seed = kHashSeed) {
  if constexpr (PlainRegisters<R>)
    return hash_object(registers, seed);
  else
    return registers.hash(seed);
}

template <class S>
concept RowStage = requires(const typename S::Tuning& tuning, const Conditions& conditions, const typename S::Registers& registers) {
  { S::name } -> std::convertible_to<std::string_view>;
  typename S::In;
  typename S::Out;
  requires Described<typename S::Tuning>;
  requires RegisterBlock<typename S::Registers>;
  { S::derive(tuning, conditions) } -> std::same_as<typename S::Registers>;
  { registers.enabled } -> std::convertible_to<int>;  ///< 0: the stage is left out of the plan; only where In and Out agree
  typename S::Passes;                                 ///< std::tuple of passes; the last one writes the stage's output
};

}  // namespace sunny16::isp
