#include "sim/measure/measure_report.h"

#include <algorithm>

#include "sim/measure/metrics.h"
#include "sim/report/html.h"
#include "sim/report/page.h"
#include "sim/report/preview.h"

namespace sunny16::sim {
namespace {

constexpr int kPictureWidth = 1280;

std::string_view title_of(const std::string& metric) {
  for (const Metric& m : metrics())
    if (m.name == metric) return m.title;
  return "Photon transfer (EMVA 1288)";
}

/// Plain numbers and words, each with what it means.
void add_figures(Table& table, const Measurement& m, const std::string& path, const nlohmann::ordered_json& value) {
  const std::string key = path.substr(path.rfind('.') + 1);
  const auto meaning = m.prose.find(key);
  const std::string prose = meaning == m.prose.end() ? "" : meaning->second;
  if (value.is_object()) {
    for (const auto& [name, member] : value.items())
      add_figures(table, m, path.empty() ? name : path + "." + name, member);
  } else if (value.is_number_float()) {
    table.add({path, significant(value.get<double>(), 4), prose});
  } else if (value.is_primitive()) {
    table.add({path, value.is_string() ? value.get<std::string>() : value.dump(), prose});
  }
}

/// Rows of objects, such as patches or edges: their plain members as columns.
void add_tables(Page& page, const nlohmann::ordered_json& value) {
  for (const auto& [key, rows] : value.items()) {
    if (!rows.is_array() || rows.empty() || !rows[0].is_object()) continue;
    Table::Row headings;
    std::vector<std::string> columns;
    for (const auto& [column, cell] : rows[0].items())
      if (cell.is_primitive()) columns.push_back(column), headings.push_back(cell.is_string() ? column : ">" + column);
    Table table(headings);
    for (const auto& row : rows) {
      Table::Row cells;
      for (const std::string& column : columns) {
        const auto& cell = row[column];
        cells.push_back(cell.is_string()         ? cell.get<std::string>()
                        : cell.is_number_float() ? significant(cell.get<double>(), 4)
                                                 : cell.dump());
      }
      table.add(cells);
    }
    page.table(table);
  }
}

/// The picture, with the outlines of what can be measured in it.
Html picture(const Subject& subject) {
  const auto& light = subject.light();
  const int width = light[0].width(), height = light[0].height();
  isp::Image<float> rgb(3 * width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (std::size_t c = 0; c < 3; ++c) rgb.row(y)[3 * x + static_cast<int>(c)] = light[c].row(y)[x];
  Picture8 bytes = picture_bytes({.rgb = std::move(rgb), .transfer = Transfer::linear});
  const int thick = std::max(1, width / 900);
  const auto dot = [&](double x, double y) {
    for (int v = 0; v < thick; ++v)
      for (int u = 0; u < thick; ++u) {
        const int px = static_cast<int>(x) + u, py = static_cast<int>(y) + v;
        if (px < 0 || py < 0 || px >= width || py >= height) continue;
        std::uint8_t* at = bytes.row(py) + 3 * px;
        at[0] = 255, at[1] = 170, at[2] = 40;
      }
  };
  const auto outline = [&](const std::array<Position, 4>& corners) {
    for (std::size_t i = 0; i < 4; ++i) {
      const Position a = corners[i], b = corners[(i + 1) % 4];
      const double length = std::max({1.0, std::abs(b.x - a.x), std::abs(b.y - a.y)});
      for (double t = 0; t <= length; ++t) dot(a.x + (b.x - a.x) * t / length, a.y + (b.y - a.y) * t / length);
    }
  };
  for (std::size_t kind = 0; kind < isp::EnumNames<TargetKind>::names.size(); ++kind)
    for (const PlacedTarget& target : subject.targets(static_cast<TargetKind>(kind))) outline(corners(target));
  return image(reduced(std::as_const(bytes).view(), kPictureWidth).view(), subject.name());
}

std::vector<Fact> shot_facts(const ShotTruth& truth) {
  const ShotSettings& s = truth.settings;
  return {{"Scene", s.scene},
          {"Sensor", s.sensor},
          {"Light", s.illuminant + ", " + significant(s.lux, 4) + " lx, " + fixed(truth.colour_temperature, 0) + " K"},
          {"Exposure", fixed(s.shutter_us / 1000, 2) + " ms"},
          {"Gain", significant(s.gain, 4)},
          {"White", fixed(100 * truth.white_level, 0) + " % of saturation"}};
}

}  // namespace

std::string measure_report_html(std::span<const MeasuredSubject> results) {
  Page page("Measured · Sunny16", results.size() == 1 ? results.front().name : "Measured");
  for (const MeasuredSubject& result : results) {
    if (result.measurements.empty()) continue;
    if (results.size() > 1) page.heading(result.name);
    if (result.subject) {
      if (result.subject->truth()) page.facts(shot_facts(*result.subject->truth()));
      page.figure(picture(*result.subject), "The picture", "outlined: what is known to be measurable in it");
    }
    for (const Measurement& m : result.measurements) {
      page.heading(title_of(m.metric));
      Table figures({"Figure", ">Value", "What it is"});
      add_figures(figures, m, "", m.values);
      page.table(figures);
      if (!m.plots.empty()) page.plots(m.plots);
      add_tables(page, m.values);
    }
  }
  return page.html();
}

}  // namespace sunny16::sim
