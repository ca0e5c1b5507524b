// Parameter tables: each field of a Tuning struct is described once, beside the struct, and everything that lists, reads,
// writes, checks or fuzzes parameters walks that table.
//
//   struct BlackLevelTuning { bool enabled = true; };
//   template <> struct Describe<BlackLevelTuning> {
//     static constexpr auto fields = std::tuple{
//         field<&BlackLevelTuning::enabled>("enabled", 0, 1, "", "Subtract the sensor's black level.")};
//   };
//
// A struct with an undescribed field does not compile (see Described).
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace sunny16::isp {

/// One row of a parameter table. `minimum` and `maximum` bound numbers, and each element of arrays of numbers.
template <auto Member>
struct Field {
  std::string_view name;
  double minimum, maximum;
  std::string_view unit;  ///< SI symbol, "ratio", "DN", "px", "EV" or empty
  std::string_view prose;
  static constexpr auto member = Member;
};

template <auto Member>
constexpr Field<Member> field(std::string_view name, double minimum, double maximum, std::string_view unit,
                              std::string_view prose) {
  return {name, minimum, maximum, unit, prose};
}

/// Specialised beside each described struct with a tuple `fields`.
template <class T>
struct Describe;

/// Specialised for enums that appear in tunings: `static constexpr std::array<std::string_view, N> names`, in value order.
template <class E>
struct EnumNames;

namespace detail {
struct Any {
  template <class T>
  constexpr operator T() const;
};
template <class T, class... A>
constexpr std::size_t arity() {
  if constexpr (requires { T{std::declval<A>()..., Any{}}; })
    return arity<T, A..., Any>();
  else
    return sizeof...(A);
}
}  // namespace detail

/// True for structs whose every field has a row in the table.
template <class T>
concept Described = requires { Describe<T>::fields; } &&
                    std::tuple_size_v<std::remove_cvref_t<decltype(Describe<T>::fields)>> == detail::arity<T>();

/// Calls f(field_row, value) for each field of a described struct, in order.
template <class T, class F>
constexpr void for_each_field(T& value, F&& f) {
  std::apply([&](const auto&... row) { (f(row, value.*(row.member)), ...); },
             Describe<std::remove_const_t<T>>::fields);
}

}  // namespace sunny16::isp
