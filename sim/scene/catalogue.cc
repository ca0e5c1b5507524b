#include "sim/scene/catalogue.h"

#include <charconv>
#include <string>

#include "sim/light/simulation_error.h"
#include "sim/scene/backlit_subject.h"
#include "sim/scene/color_checker.h"
#include "sim/scene/dead_leaves.h"
#include "sim/scene/dot_grid.h"
#include "sim/scene/families/families.h"
#include "sim/scene/flat_field.h"
#include "sim/scene/interior_window.h"
#include "sim/scene/landscape.h"
#include "sim/scene/night_street.h"
#include "sim/scene/oecf.h"
#include "sim/scene/resolution_charts.h"
#include "sim/scene/resolution_wedges.h"
#include "sim/scene/slanted_edge.h"
#include "sim/scene/still_life.h"

namespace sunny16::sim {
namespace {

struct Entry {
  SceneName name;
  std::unique_ptr<Scene> (*make)();
};

template <class S, auto... arguments>
std::unique_ptr<Scene> made() {
  return std::make_unique<S>(arguments...);
}

const std::vector<Entry> kScenes{
    {{"still-life", "Charts on a wall, fruit, a vase, cloth and a bare bulb: the demo"}, made<StillLife>},
    {{"interior-window", "Dim room with a bright landscape in its window: over 100 dB"}, made<InteriorWindow>},
    {{"backlit-subject", "Two people, of fair and of dark skin, before a low sun"}, made<BacklitSubject>},
    {{"night-street", "Wet street with lamps, lit windows and an LED sign that flickers"}, made<NightStreet>},
    {{"landscape", "Meadow with flowers, a tree, hills and clouds in daylight"}, made<Landscape>},
    {{"color-checker", "ColorChecker Classic of 24 spectral patches on a grey card"}, made<ColorCheckerScene>},
    {{"slanted-edge", "ISO 12233: 3 x 3 squares turned by 5 degrees, contrast 4:1"}, made<SlantedEdges>},
    {{"oecf", "ISO 14524: 20 greys over 3.2 decades around the centre"}, made<OecfChart>},
    {{"flat-field", "An evenly lit white surface"}, made<FlatField>},
    {{"dead-leaves", "Overlapping discs with a natural picture's statistics, grey"}, made<DeadLeaves, false>},
    {{"dead-leaves-colour", "The same in colours"}, made<DeadLeaves, true>},
    {{"siemens-star", "ISO 12233: sinusoidal star of 144 cycles, with a grey ramp"}, made<SiemensStar>},
    {{"zone-plate", "Rings up to 1000 cycles per picture height, with a grey ramp"}, made<ZonePlate>},
    {{"resolution-wedges", "Wedges of lines from 200 to 2000 line widths per picture height"}, made<ResolutionWedges>},
    {{"dot-grid", "17 x 13 dots for distortion and lateral colour"}, made<DotGrid>},
};

/// What follows a family's name: nothing, or a colon and a whole number.
std::uint32_t seed_of(std::string_view text) {
  std::uint32_t seed = 1;
  if (text.empty()) return seed;
  const char* const end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data() + 1, end, seed);
  if (error != std::errc() || last != end)
    throw SimulationError("scene: found \"" + std::string(text) + "\" behind a family's name, allowed a seed, as in :7");
  return seed;
}

}  // namespace

const std::vector<SceneName>& scene_names() {
  static const std::vector<SceneName> kNames = [] {
    std::vector<SceneName> names;
    for (const Entry& entry : kScenes) names.push_back(entry.name);
    return names;
  }();
  return kNames;
}

std::unique_ptr<Scene> make_scene(std::string_view name) {
  std::string allowed;
  const std::string_view family = name.substr(0, name.find(':'));
  for (const SceneFamily& entry : scene_families())
    if (entry.name == family) return make_scene(entry, seed_of(name.substr(family.size())));
  for (const Entry& entry : kScenes) {
    if (entry.name.name == name) return entry.make();
    allowed += (allowed.empty() ? "" : " ") + std::string(entry.name.name);
  }
  for (const SceneFamily& entry : scene_families()) allowed += " " + std::string(entry.name);
  throw SimulationError("scene: found \"" + std::string(name) + "\", allowed " + allowed);
}

}  // namespace sunny16::sim
