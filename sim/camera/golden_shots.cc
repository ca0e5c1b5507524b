#include "sim/camera/golden_shots.h"

#include <array>
#include <cstdio>
#include <span>

#include "isp/core/hash.h"
#include "sim/camera/shot.h"

namespace sunny16::sim {
namespace {

struct Shot {
  const char *scene, *sequence, *sensor, *mode, *illuminant;
  double lux;
};

/// Every module but variants, every readout, each kind of light, what moves and what flickers.
constexpr std::array kShots{
    Shot{"still-life", "none", "imx708", "", "D65", 200},
    Shot{"still-life", "hand-shake", "imx477", "", "3200K", 20},
    Shot{"color-checker", "none", "imx219", "", "F11", 500},
    Shot{"night-street", "none", "imx477", "2028:1520", "HP1", 5},
    Shot{"interior-window", "none", "ov5647", "", "D50", 300},
    Shot{"backlit-subject", "moving-objects", "imx519", "", "D55", 5000},
    Shot{"flat-field", "flicker-50", "imx296", "", "A", 100},
    Shot{"siemens-star", "none", "imx296_mono", "", "LED", 1000},
    Shot{"landscape", "pan", "phone50", "", "D75", 20000},
    Shot{"slanted-edge", "none", "phone50", "8192:6144", "A:0.3+D65:0.7", 1000},
    Shot{"dead-leaves-colour", "none", "phone108", "", "E", 50},
    Shot{"zone-plate", "none", "phone200", "16384:12288", "D65", 1000},
};
constexpr std::array<int, 2> kWindow{96, 72};

template <class T>
std::uint64_t hash_rows(const isp::Image<T>& image) {
  std::uint64_t h = isp::kHashSeed;
  for (int y = 0; y < image.height(); ++y)
    h = isp::hash_bytes(std::as_bytes(std::span(image.row(y), static_cast<std::size_t>(image.width()))), h);
  return h;
}

}  // namespace

std::string simulated_golden_text(int threads) {
  std::string text = "# Made by `sunny16 golden --update`; see sim/camera/golden_shots.h.\n";
  for (const Shot& shot : kShots) {
    ShotSettings settings;
    settings.scene = shot.scene, settings.sequence = shot.sequence, settings.sensor = shot.sensor;
    settings.mode = shot.mode, settings.window = kWindow, settings.illuminant = shot.illuminant;
    settings.lux = shot.lux, settings.seed = 16, settings.frame = 3;
    const Bench bench = set_up(settings);
    const Exposure exposure = exposure_of(bench, settings);
    const RowTiming timing = bench.timing(frame_start(bench, exposure.time_s, settings.frame), exposure.time_s);
    const isp::Image<float> light = bench.electrons(timing, threads);

    std::string name = settings.scene;
    if (settings.sequence != kNoSequence) name += '/' + settings.sequence;
    name +=
        '/' + settings.sensor + (settings.mode.empty() ? "" : '/' + settings.mode) + '/' + settings.illuminant + '/';
    const auto add = [&](const char* what, std::uint64_t hash) {
      char digits[20];
      std::snprintf(digits, sizeof digits, " %016llx\n", static_cast<unsigned long long>(hash));
      text += name + what + digits;
    };
    add("light", hash_rows(light));
    add("frame", isp::hash_bytes(bench.record(light, exposure, threads).raw.bytes));
    add("truth", hash_rows(bench.truth(timing, threads)));
  }
  return text;
}

}  // namespace sunny16::sim
