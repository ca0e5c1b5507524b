// A page of a report: it stands alone, all pictures are in it, and nothing is loaded.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/output/picture_file.h"
#include "sim/report/plot.h"
#include "sim/report/table.h"

namespace sunny16::sim {

/// HTML that is ready to stand in a page. All that has another type is text, and will be escaped.
struct Html {
  std::string text;
};

/// What a reader takes in at a glance, or looks up.
struct Fact {
  std::string name, value;
};

/// How a picture is enlarged.
enum class Enlarge : std::uint8_t { smoothly, as_pixels };

Html image(firmware::Rgb8 picture, std::string_view alt, Enlarge enlarge = Enlarge::smoothly, int quality = 90);
Html figure(const Html& content, std::string_view name, std::string_view note = {});
Html figure(const Plot& plot);
/// Pictures that touch each other, in one line.
Html strip(const std::vector<Html>& pictures);

class Page {
 public:
  /// `title` is what a browser's tab says, `heading` the page's first line.
  Page(std::string_view title, std::string_view heading);

  void heading(std::string_view text);
  void note(std::string_view text);
  /// A line of facts, name over value.
  void facts(std::span<const Fact> facts);
  /// A table of names and values.
  void list(std::span<const Fact> facts);
  void table(const Table& table, const std::vector<double>& bars = {}) { add({table.html(bars)}); }
  void figure(const Html& content, std::string_view name, std::string_view note = {}) {
    add(sim::figure(content, name, note));
  }
  void plot(const Plot& plot) { plots({plot}); }
  void plots(const std::vector<Plot>& plots);
  /// Figures side by side, two or three in a line.
  void row(const std::vector<Html>& figures) { group("pair", figures); }
  /// Many of them, smaller.
  void gallery(const std::vector<Html>& figures) { group("gallery", figures); }
  void add(const Html& html) { body_ += html.text; }

  std::string html() const;

 private:
  void group(std::string_view css_class, const std::vector<Html>& figures);

  std::string title_, body_;
};

}  // namespace sunny16::sim
