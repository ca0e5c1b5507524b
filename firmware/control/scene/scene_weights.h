// Written by scripts/train-scenes.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sunny16::firmware {

inline constexpr std::size_t kSceneHidden = 1;
inline constexpr std::int32_t kSceneFirstLayer[37]{};
inline constexpr std::int32_t kSceneSecondLayer[18]{};

}  // namespace sunny16::firmware
