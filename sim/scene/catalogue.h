// Every scene by its name.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "sim/scene/scene.h"

namespace sunny16::sim {

struct SceneName {
  std::string_view name, description;  ///< one line, without a full stop
};

/// In the order in which they are best listed. (A picture file, PhotoScene, is a scene too, but has no name; families
/// of scenes have a list of their own, scene_families().)
const std::vector<SceneName>& scene_names();

/// A scene by its name, or one of a family: "meadow" or, of another seed than 1, "meadow:7". Throws SimulationError,
/// which lists what exists, for other names.
std::unique_ptr<Scene> make_scene(std::string_view name);

}  // namespace sunny16::sim
