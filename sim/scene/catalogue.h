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

/// In the order in which they are best listed. (A picture file, PhotoScene, is a scene too, but has no name.)
const std::vector<SceneName>& scene_names();

/// Throws SimulationError, which lists what exists, for other names.
std::unique_ptr<Scene> make_scene(std::string_view name);

}  // namespace sunny16::sim
