// Reads the text of a .cube file line by line. Numbers are read the same way in every locale.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/looks/cube_file.h"

namespace sunny16::firmware {

class CubeParser {
 public:
  CubeParser(std::string_view text, std::string_view name) : rest_(text), name_(name) {}

  /// Throws TuningError.
  CubeFile parse();

 private:
  using Words = std::vector<std::string_view>;

  /// The next line that is neither empty nor a comment, without its ending.
  std::optional<std::string_view> next_line();
  void read_keyword(const Words& words, std::string_view line);
  void read_title(std::string_view line);
  void read_size(const Words& words, int& size, int most);
  void read_domain(const Words& words, std::optional<Rgb>& end);
  void read_range(const Words& words, std::optional<std::array<double, 2>>& range);
  void settle_inputs();
  void set_input(InputRange& input, const Rgb& minimum, const Rgb& maximum) const;
  void read_rows(const Words& first);
  Rgb row_of(const Words& words) const;
  double number(std::string_view word) const;
  void refuse_more(bool again, std::string_view keyword) const;
  [[noreturn]] void fail(std::string_view found, std::string_view allowed) const;

  std::string_view rest_;
  std::string name_;
  int line_ = 0;
  CubeFile file_;
  int shaper_size_ = 0;
  std::optional<Rgb> domain_min_, domain_max_;
  std::optional<std::array<double, 2>> shaper_range_, cube_range_;
};

}  // namespace sunny16::firmware
