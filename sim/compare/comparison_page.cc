#include "sim/compare/comparison_page.h"

#include <algorithm>
#include <cmath>

#include "sim/compare/comparison_text.h"
#include "sim/report/heat_map.h"
#include "sim/report/html.h"
#include "sim/report/preview.h"
#include "sim/report/wipe.h"

namespace sunny16::sim {
namespace {

constexpr int kDetailWidth = 132, kDetailHeight = 100, kMapWidth = 1280;
constexpr std::size_t kLongest = 400;

/// A candidate has the same colour in all plots.
std::string colour_of(std::size_t candidate) { return "c" + std::to_string(candidate % kSeriesColours); }

/// Shares of pixels over the display code of their luminance, as lines.
Plot luminance_plot(std::span<const Candidate> candidates) {
  Plot plot{.title = "Luminance of the pictures",
            .x = {.label = "L*", .from = 0, .to = 100},
            .y = {.label = "pixels", .unit = "%"}};
  for (const Candidate& candidate : candidates) {
    constexpr int kBins = 100;
    Series series{.name = candidate.name, .y = std::vector<double>(kBins)};
    const auto y_plane = luminance(linear_picture(*candidate.picture).view());
    const double share = 100.0 / (static_cast<double>(y_plane.width()) * y_plane.height());
    for (int y = 0; y < y_plane.height(); ++y)
      for (int x = 0; x < y_plane.width(); ++x) {
        const double light = double{y_plane.row(y)[x]};
        const double l = light > 216.0 / 24389 ? 116 * std::cbrt(light) - 16 : 24389.0 / 27 * light;
        series.y[static_cast<std::size_t>(std::clamp(l, 0.0, kBins - 1.0))] += share;
      }
    for (int i = 0; i < kBins; ++i) series.x.push_back(i + 0.5);
    plot.series.push_back(std::move(series));
  }
  return plot;
}

/// Share of pixels that differ by no more.
Plot delta_e_plot(std::span<const Candidate> candidates, std::span<const Comparison> comparisons) {
  Plot plot{.title = "Pixels that differ by no more",
            .x = {.label = "CIEDE2000", .logarithmic = true},
            .y = {.label = "pixels", .unit = "%", .from = 0, .to = 100}};
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const isp::Image<float>& map = comparisons[i].pictures->delta_e2000;
    std::vector<float> sorted;
    for (int y = 0; y < map.height(); ++y) sorted.insert(sorted.end(), map.row(y), map.row(y) + map.width());
    std::ranges::sort(sorted);
    Series series{.name = candidates[i + 1].name, .colour = colour_of(i + 1)};
    for (int percent = 0; percent <= 100; ++percent) {
      const auto at = static_cast<std::size_t>(percent) * (sorted.size() - 1) / 100;
      series.x.push_back(std::max(0.01, double{sorted[at]}));
      series.y.push_back(percent);
    }
    plot.series.push_back(std::move(series));
  }
  return plot;
}

/// What display code the line makes of grey light: digital gain and tone curve.
Plot tone_plot(std::span<const Candidate> candidates) {
  using isp::ToneCurve;
  Plot plot{.title = "Tone: from the sensor to the display",
            .x = {.label = "light, in stops below the sensor's white", .from = -10, .to = 0},
            .y = {.label = "display code", .unit = "%", .from = 0, .to = 100}};
  for (const Candidate& candidate : candidates) {
    constexpr int kSteps = 101;
    Series series{.name = candidate.name};
    std::array<std::int16_t, kSteps> light{}, code{};
    for (int i = 0; i < kSteps; ++i) {
      series.x.push_back(-10 + 0.1 * i);
      const double linear = std::exp2(series.x.back()) * candidate.metadata->digital_gain * ToneCurve::In::white;
      light[static_cast<std::size_t>(i)] = static_cast<std::int16_t>(std::min(32767.0, linear + 0.5));
    }
    std::array<std::byte*, 3> in, out;
    in.fill(reinterpret_cast<std::byte*>(light.data())), out.fill(reinterpret_cast<std::byte*>(code.data()));
    isp::RowIo io;
    io.inputs[0].rows = in.data();
    io.outputs = out.data();
    ToneCurve::reference_row(isp::registers_of<ToneCurve>(*candidate.registers), io, {.count = kSteps});
    for (const std::int16_t v : code) series.y.push_back(100.0 * v / ToneCurve::Out::max);
    plot.series.push_back(std::move(series));
  }
  return plot;
}

std::string numbers(const Measured& measured, std::size_t candidate) {
  const auto& v = measured.values[candidate];
  return v ? significant(*v, 3) : "–";
}

/// The few figures that one looks for first.
std::vector<Fact> facts(const ComparisonPage& page, std::size_t candidate) {
  constexpr std::array<std::pair<const char*, const char*>, 6> kShown{
      {{"delta_e2000_mean", "CIEDE2000, mean"},
       {"delta_e2000_p95", "95th percentile"},
       {"psnr_db", "PSNR, dB"},
       {"ssim", "SSIM"},
       {"luminance_ev", "Luminance, EV"},
       {"white_balance_deg", "White balance, degrees"}}};
  std::vector<Fact> facts{
      {"In short", verdict(page.candidates[0].name, page.candidates[candidate].name, page.comparisons[candidate - 1])}};
  for (const auto& [key, label] : kShown)
    for (const Measured& m : page.measured)
      if (m.name == key) facts.push_back({label, numbers(m, candidate)});
  return facts;
}

void add_comparison(Page& page, const ComparisonPage& source, std::size_t candidate) {
  const Comparison& c = source.comparisons[candidate - 1];
  const std::string &first = source.candidates[0].name, &second = source.candidates[candidate].name;
  page.heading(second + " against " + first);
  page.facts(facts(source, candidate));
  if (c.equal()) return;
  if (c.pictures) {
    const PictureDifference& d = c.pictures->difference;
    const double most = std::max(1.0, 1.5 * d.delta_e2000_p95);
    const Picture8 map = heat_map(c.pictures->delta_e2000.view(), most, kMapWidth);
    page.figure(image(map.view(), "difference of the pictures"), "CIEDE2000",
                "black: equal, white: " + fixed(most, 1) + " and more; the largest, " + fixed(d.delta_e2000_max, 1) +
                    ", is at " + std::to_string(d.delta_e2000_max_x) + ", " + std::to_string(d.delta_e2000_max_y));
  }
  if (!c.stages.empty()) {
    page.heading("Stages");
    std::vector<double> bars;
    double most = 1e-9;
    for (const StageDifference& s : c.stages) most = std::max(most, s.mean_percent);
    for (const StageDifference& s : c.stages) bars.push_back(s.mean_percent / most);
    page.table(stage_table(first, second, c), bars);
    page.note(
        "In percent of the stage's range: black to white in linear light, all codes else. Bars show the mean. Below: "
        "the pixels of " +
        first + ", of " + second + ", and how they differ, where each stage differs most.");
    page.gallery(source.stages[candidate - 1]);
  }
  for (const auto& [name, values] : {std::pair{"Metadata", &c.metadata}, std::pair{"Tuning", &c.tuning}}) {
    if (values->empty()) continue;
    page.heading(name);
    page.table(value_table(first, second, *values, kLongest));
  }
}

}  // namespace

Html stage_figure(const StageDifference& difference, const StageOutput& first, const StageOutput& second,
                  const hal::RawFrame& frame) {
  const isp::Rect part = most_different_part(first, second, kDetailWidth, kDetailHeight);
  isp::Image<float> magnitudes(part.width, part.height);
  int most = 1;
  for (int y = 0; y < part.height; ++y)
    for (int x = 0; x < part.width; ++x) {
      const int d = difference_at(first, second, part.x + x, part.y + y);
      magnitudes.row(y)[x] = static_cast<float>(d);
      most = std::max(most, d);
    }
  const double range = range_of(first.encoding, frame.white - frame.black[isp::kGr]);
  const std::string& name = difference.stage;
  const auto pixels = [&](const Picture8& picture, const std::string& what) {
    return image(picture.view(), name + ", " + what, Enlarge::as_pixels);
  };
  return figure(
      strip({pixels(detail(first, frame, part), "the first"), pixels(detail(second, frame, part), "the second"),
             pixels(heat_map(magnitudes.view(), most, part.width), "the difference")}),
      name,
      "at " + std::to_string(part.x) + ", " + std::to_string(part.y) +
          "; white: " + significant(100 * most / range, 3) + " %");
}

std::string ComparisonPage::html() const {
  std::string names;
  for (const Candidate& candidate : candidates) names += (names.empty() ? "" : " | ") + candidate.name;
  Page page(names, names);
  if (!shot.empty()) page.note("On " + shot + ".");
  const auto all = [&](auto&& has) { return std::ranges::all_of(candidates, has); };
  const bool pictures = all([](const Candidate& s) { return s.picture.has_value(); });
  if (pictures) {
    std::vector<isp::Image<std::uint8_t>> bytes;
    std::vector<NamedPicture> named;
    for (const Candidate& candidate : candidates) bytes.push_back(picture_bytes(*candidate.picture));
    for (std::size_t i = 0; i < bytes.size(); ++i)
      named.push_back({candidates[i].name, std::as_const(bytes[i]).view()});
    page.add(wipe_view(named));
  }
  if (!measured.empty()) {
    page.heading("Side by side");
    page.table(measured_table(candidates, measured));
  }
  std::vector<Plot> plots;
  if (pictures) plots = {delta_e_plot(candidates, comparisons), luminance_plot(candidates)};
  if (all([](const Candidate& s) { return s.registers != nullptr; })) plots.push_back(tone_plot(candidates));
  page.plots(plots);
  for (std::size_t i = 1; i < candidates.size(); ++i) add_comparison(page, *this, i);
  return page.html();
}

}  // namespace sunny16::sim
