// A camera on an optical bench: a module before a lit scene, and what it records.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "hal/api/raw_frame.h"
#include "sim/optics/image_formation.h"
#include "sim/optics/lens.h"
#include "sim/scene/scene.h"
#include "sim/sensor/expose.h"
#include "sim/sensor/module_file.h"
#include "sim/sensor/response.h"

namespace sunny16::sim {

struct BenchSetup {
  CameraModule module;
  SensorMode mode = {};
  std::shared_ptr<const Scene> scene = nullptr;
  Lamp light = {};                           ///< the main light of the scene
  std::optional<double> lens_position = {};  ///< dioptres; else focused on the scene
};

class Bench {
 public:
  explicit Bench(BenchSetup setup);

  const BenchSetup& setup() const { return setup_; }
  const SampleGrid& grid() const { return grid_; }
  const Lens& lens() const { return lens_; }
  const std::vector<Lamp>& lamps() const { return lamps_; }
  /// Camera RGB of white in the main light, green 1.
  std::array<double, 3> neutral() const { return sim::neutral(observer_, lamps_[0].spectrum); }

  /// Whether one frame sees other light than the next.
  bool changes() const;
  /// When the rows of a frame are exposed that starts at a time.
  RowTiming timing(double start_s, double exposure_s) const;
  /// Mean photoelectrons a second at each sample; of one lamp alone at its mean power, or of all.
  isp::Image<float> electrons(const RowTiming& timing, int threads) const;
  isp::Image<float> electrons_of_lamp(std::size_t lamp, int threads) const;
  /// Linear sRGB of the scene as an eye sees it that has adapted to the main light; 1 is a white surface in it.
  isp::Image<float> truth(const RowTiming& timing, int threads) const;

  /// The frame that the sensor makes of it, with all that its file would say.
  hal::RawFrame record(const isp::Image<float>& electrons_s, const Exposure& exposure, int threads) const;

  /// An exposure time at which a white surface in the main light reaches a part of saturation.
  double exposure_for(double part_of_white, double analogue_gain) const;

 private:
  BenchSetup setup_;
  SampleGrid grid_;
  Observer observer_;
  std::vector<Lamp> lamps_;
  Palette palette_, eye_;
  Lens lens_;
  std::vector<hal::ColourCalibration> calibrations_;
  std::shared_ptr<const isp::GainMesh> shading_;
};

}  // namespace sunny16::sim
