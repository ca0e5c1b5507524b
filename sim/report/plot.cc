#include "sim/report/plot.h"

#include <algorithm>
#include <array>

#include "isp/core/exact_math.h"
#include "sim/report/html.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

constexpr double kWidth = 560, kHeight = 300, kLeft = 58, kRight = 546, kTop = 40, kBottom = 256;

double log10(double v) { return exact::log2(v) * 0.30102999566398119521; }
double power_of_ten(double exponent) { return exact::pow(10, exponent); }
bool finite(double v) { return v - v == 0; }

/// Where values of an axis lie, in SVG's units.
struct Scale {
  double from, to, start, end;
  bool logarithmic;

  bool shows(double v) const { return finite(v) && (!logarithmic || v > 0); }
  double at(double v) const {
    const double part = logarithmic ? log10(v / from) / log10(to / from) : (v - from) / (to - from);
    return start + (end - start) * exact::clamp(part, 0, 1);
  }
};

Scale scale_of(const Axis& axis, const std::vector<double>& values, double start, double end) {
  Scale scale{.from = 0, .to = 0, .start = start, .end = end, .logarithmic = axis.logarithmic};
  bool any = false;
  for (const double v : values) {
    if (!scale.shows(v)) continue;
    scale.from = any ? std::min(scale.from, v) : v;
    scale.to = any ? std::max(scale.to, v) : v;
    any = true;
  }
  if (!any) scale.from = axis.logarithmic ? 1 : 0, scale.to = axis.logarithmic ? 10 : 1;
  if (!axis.logarithmic && scale.from > 0 && scale.from < scale.to / 2)
    scale.from = 0;  // an axis that nearly starts there
  if (scale.to - scale.from <= 1e-12 * exact::abs(scale.to)) {
    const double room = scale.from == 0 ? 1 : exact::abs(scale.from) / 2;
    scale.from -= axis.logarithmic ? scale.from / 2 : room, scale.to += room;
  }
  // Out to the next marks.
  const auto ticks = nice_ticks(scale.from, scale.to, axis.logarithmic);
  if (ticks.size() > 1) {
    const double first = axis.logarithmic ? ticks[1] / ticks[0] : ticks[1] - ticks[0];
    if (axis.logarithmic) {
      if (scale.from < ticks.front()) scale.from = exact::max(ticks.front() / first, scale.from / 1.2);
      if (scale.to > ticks.back()) scale.to = exact::min(ticks.back() * first, scale.to * 1.2);
    } else {
      if (scale.from < ticks.front()) scale.from = ticks.front() - first;
      if (scale.to > ticks.back()) scale.to = ticks.back() + first;
    }
  }
  scale.from = axis.from.value_or(scale.from), scale.to = axis.to.value_or(scale.to);
  return scale;
}

std::string number(double v) { return fixed(v, 1); }

std::string text(double x, double y, std::string_view anchor, std::string_view words) {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + std::string(anchor) + "\">" +
         escaped(words) + "</text>\n";
}

std::string line(double x1, double y1, double x2, double y2) {
  return "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) + "\" y2=\"" + number(y2) +
         "\"/>\n";
}

std::string label_of(const Axis& axis) { return axis.label + (axis.unit.empty() ? "" : ", " + axis.unit); }

std::string axes(const Plot& plot, const Scale& x, const Scale& y) {
  std::string out = "<g class=\"axes\">\n";
  for (const double tick : nice_ticks(x.from, x.to, x.logarithmic))
    out += line(x.at(tick), kTop, x.at(tick), kBottom) + text(x.at(tick), kBottom + 16, "middle", significant(tick, 6));
  for (const double tick : nice_ticks(y.from, y.to, y.logarithmic))
    out += line(kLeft, y.at(tick), kRight, y.at(tick)) + text(kLeft - 6, y.at(tick) + 4, "end", significant(tick, 6));
  return out + text((kLeft + kRight) / 2, kBottom + 36, "middle", label_of(plot.x)) +
         text(4, 16, "start", label_of(plot.y)) + "</g>\n";
}

/// Points of a polyline without its gaps; each run of two or more is drawn.
std::string lines(const Series& s, const Scale& x, const Scale& y) {
  std::string out, run;
  int points = 0;
  for (std::size_t i = 0; i <= s.x.size(); ++i) {
    if (i < s.x.size() && x.shows(s.x[i]) && y.shows(s.y[i])) {
      run += (points++ ? " " : "") + number(x.at(s.x[i])) + "," + number(y.at(s.y[i]));
      continue;
    }
    if (points > 1) out += "<polyline points=\"" + run + "\"/>\n";
    run.clear(), points = 0;
  }
  return out;
}

std::string dots(const Series& s, const Scale& x, const Scale& y) {
  std::string out;
  for (std::size_t i = 0; i < s.x.size(); ++i)
    if (x.shows(s.x[i]) && y.shows(s.y[i]))
      out += "<circle cx=\"" + number(x.at(s.x[i])) + "\" cy=\"" + number(y.at(s.y[i])) + "\" r=\"2.5\"/>\n";
  return out;
}

/// As wide as the places are apart; several series side by side.
std::string columns(const Series& s, const Scale& x, const Scale& y, double index, double count) {
  std::string out;
  const double room = s.x.size() > 1 ? exact::abs(x.at(s.x[1]) - x.at(s.x[0])) : (kRight - kLeft) / 4;
  const double width = 0.85 * room / count, foot = y.logarithmic ? kBottom : y.at(exact::max(0, y.from));
  for (std::size_t i = 0; i < s.x.size(); ++i) {
    if (!x.shows(s.x[i]) || !y.shows(s.y[i])) continue;
    const double top = y.at(s.y[i]);
    out += "<rect x=\"" + number(x.at(s.x[i]) + (index - count / 2) * width) + "\" y=\"" +
           number(exact::min(top, foot)) + "\" width=\"" + number(width) + "\" height=\"" +
           number(exact::abs(foot - top)) + "\"/>\n";
  }
  return out;
}

std::string band(const Series& s, const Scale& x, const Scale& y) {
  std::string there, back;
  for (std::size_t i = 0; i < s.x.size(); ++i) {
    if (!x.shows(s.x[i]) || !y.shows(s.low[i]) || !y.shows(s.high[i])) continue;
    const std::string at = number(x.at(s.x[i])) + ",";
    there += (there.empty() ? "" : " ") + at + number(y.at(s.high[i]));
    back = " " + at + number(y.at(s.low[i])) + back;
  }
  return there.empty() ? "" : "<polygon points=\"" + there + back + "\"/>\n";
}

std::string colour_of(const Plot& plot, std::size_t series) {
  if (!plot.series[series].colour.empty()) return plot.series[series].colour;
  std::size_t index = 0;
  for (std::size_t i = 0; i < series; ++i) index += plot.series[i].colour.empty();
  return "c" + std::to_string(index % kSeriesColours);
}

/// Names from the right to the left, at the top.
std::string legend(const Plot& plot) {
  constexpr double kCharacter = 6.2;
  std::string out = "<g class=\"legend\">\n";
  double x = kRight;
  for (std::size_t i = plot.series.size(); i-- > 0;) {
    const std::string& name = plot.series[i].name;
    out += text(x, 16, "end", name);
    x -= kCharacter * static_cast<double>(name.size()) + 16;
    out += "<rect class=\"" + colour_of(plot, i) + "\" x=\"" + number(x) + "\" y=\"7\" width=\"10\" height=\"10\"/>\n";
    x -= 14;
  }
  return out + "</g>\n";
}

}  // namespace

std::vector<double> nice_ticks(double from, double to, bool logarithmic, int most) {
  std::vector<double> ticks;
  constexpr double kSlack = 1e-9;
  if (logarithmic) {
    const double first = exact::floor(log10(from) + kSlack), last = exact::floor(log10(to) + kSlack);
    const bool few = log10(to / from) < 3;
    const double stride = exact::floor((last - first) / most) + 1;
    for (double decade = first; decade <= last; decade += stride)
      for (const double factor : {1.0, 2.0, 5.0}) {
        const double v = factor * power_of_ten(decade);
        if ((factor == 1 || few) && v >= from * (1 - kSlack) && v <= to * (1 + kSlack)) ticks.push_back(v);
      }
    return ticks;
  }
  if (!(to > from)) return {from};
  const double room = (to - from) / most, decade = power_of_ten(exact::floor(log10(room) + kSlack));
  double step = 10 * decade;
  for (const double factor : {5.0, 2.0, 1.0})
    if (factor * decade >= room * (1 - kSlack)) step = factor * decade;
  for (double k = exact::floor(from / step - kSlack) + 1; k * step <= to + kSlack * step; ++k)
    ticks.push_back(k * step);
  return ticks;
}

std::string svg(const Plot& plot) {
  std::vector<double> xs, ys;
  std::size_t bars = 0;
  for (const Series& s : plot.series) {
    xs.insert(xs.end(), s.x.begin(), s.x.end());
    for (const auto* values : {&s.y, &s.low, &s.high}) ys.insert(ys.end(), values->begin(), values->end());
    if (s.kind == Series::Kind::bars) ++bars, ys.push_back(0);
  }
  const Scale x = scale_of(plot.x, xs, kLeft, kRight), y = scale_of(plot.y, ys, kBottom, kTop);
  std::string out = "<svg class=\"plot\" viewBox=\"0 0 " + fixed(kWidth, 0) + " " + fixed(kHeight, 0) +
                    "\" role=\"img\" aria-label=\"" + escaped(plot.title) + "\">\n" + axes(plot, x, y);
  std::size_t bar = 0;
  for (std::size_t i = 0; i < plot.series.size(); ++i) {
    const Series& s = plot.series[i];
    out += "<g class=\"" + colour_of(plot, i) + "\">\n";
    if (!s.low.empty() && !s.high.empty()) out += band(s, x, y);
    if (s.kind == Series::Kind::line) out += lines(s, x, y);
    if (s.kind == Series::Kind::points) out += dots(s, x, y);
    if (s.kind == Series::Kind::bars) out += columns(s, x, y, static_cast<double>(bar++), static_cast<double>(bars));
    out += "</g>\n";
  }
  if (plot.series.size() > 1) out += legend(plot);
  return out + "</svg>\n";
}

}  // namespace sunny16::sim
