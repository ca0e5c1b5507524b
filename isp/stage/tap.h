// What a tap is: it reads rows of a domain between two stages and adds to the frame's Statistics.
//
// The executor calls a tap for each sample of the frame exactly once, never for a halo sample, in any order and
// division. A tap may read `border_x` samples left and right of its span, and adds integers only.
#pragma once

#include "isp/core/statistics.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

template <class T>
concept Tap = requires(const typename T::Tuning& tuning, const Conditions& conditions,
                       const typename T::Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  { T::name } -> std::convertible_to<std::string_view>;
  typename T::In;
  requires Described<typename T::Tuning>;
  requires RegisterBlock<typename T::Registers>;
  { T::border_x } -> std::convertible_to<int>;
  { T::derive(tuning, conditions) } -> std::same_as<typename T::Registers>;
  { registers.enabled } -> std::convertible_to<int>;  ///< 0: the tap is left out of the plan
  { T::reference_row(registers, io, span, statistics) } -> std::same_as<void>;
  { T::fast_row(registers, io, span, statistics) } -> std::same_as<void>;
};

}  // namespace sunny16::isp
