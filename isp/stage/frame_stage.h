// What a frame stage is: it needs the whole frame before it can make its first row (a warp, a pyramid), so it stands
// behind a barrier: the line before it is run to the end, into planes.
//
// `reference_rows` is the specification; `fast_rows` gives the same bits. Both make rows [first, end) of the output and
// nothing else, so that a caller may run bands of rows in parallel.
#pragma once

#include <array>
#include <concepts>

#include "isp/core/plane.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

template <class Domain>
using FrameView = std::array<PlaneView<typename Domain::Sample>, Domain::layout.planes>;
template <class Domain>
using ConstFrameView = std::array<PlaneView<const typename Domain::Sample>, Domain::layout.planes>;

template <class S>
concept FrameStage = requires(const typename S::Tuning& tuning, const Conditions& conditions,
                              const typename S::Registers& registers, const ConstFrameView<typename S::In>& in,
                              const FrameView<typename S::Out>& out, int first, int end) {
  { S::name } -> std::convertible_to<std::string_view>;
  requires Described<typename S::Tuning>;
  requires RegisterBlock<typename S::Registers>;
  { S::derive(tuning, conditions) } -> std::same_as<typename S::Registers>;
  { registers.enabled } -> std::convertible_to<int>;  ///< 0: the stage and its barrier are left out
  { S::reference_rows(registers, in, out, first, end) } -> std::same_as<void>;
  { S::fast_rows(registers, in, out, first, end) } -> std::same_as<void>;
};

}  // namespace sunny16::isp
