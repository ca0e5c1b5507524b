// What changes over time, laid over any scene.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "sim/scene/catalogue.h"

namespace sunny16::sim {

/// A scene that is another but for what a sequence does to it. Targets are where they are at 0 s.
class Sequence : public Scene {
 public:
  explicit Sequence(std::unique_ptr<Scene> scene) : scene_(std::move(scene)) {}
  std::vector<Lamp> lamps(const Lamp& main) const override { return scene_->lamps(main); }
  std::span<const Spectrum> materials() const override { return scene_->materials(); }
  Colour light(Point at, double time, const Palette& palette) const override {
    return scene_->light(at, time, palette);
  }
  bool moves() const override { return scene_->moves(); }
  std::vector<Target> targets() const override { return scene_->targets(); }
  double distance_m() const override { return scene_->distance_m(); }

 protected:
  const Scene& scene() const { return *scene_; }

 private:
  std::unique_ptr<Scene> scene_;
};

/// The camera in a hand: waves from 1/2 to 12 Hz whose amplitudes fall with their frequency, their phases random. The
/// path starts at (0, 0) and repeats after kPeriod.
class HandShake final : public Sequence {
 public:
  static constexpr double kPeriod = 8;  ///< s

  /// `shift` is the root mean square of the way along each axis in picture heights, `turn` of the turn, in turns, about
  /// the picture's middle.
  HandShake(std::unique_ptr<Scene> scene, double shift, double turn, int seed);
  Colour light(Point at, double time, const Palette& palette) const override;
  bool moves() const override { return true; }

  struct Pose {
    Point shift;
    double sine = 0;  ///< of the turn, clockwise
  };
  Pose pose(double time) const;

 private:
  std::vector<Pose> path_;  ///< every millisecond
};

/// The camera turns to the right: the scene passes to the left by `speed` picture heights a second.
class Pan final : public Sequence {
 public:
  Pan(std::unique_ptr<Scene> scene, double speed) : Sequence(std::move(scene)), speed_(speed) {}
  Colour light(Point at, double time, const Palette& palette) const override {
    return scene().light({at.x + speed_ * time, at.y}, time, palette);
  }
  bool moves() const override { return true; }

 private:
  double speed_;
};

/// A ball, a striped disc and a chequered card, in the main lamp's full light, cross the scene again and again at 0.15
/// to 2 picture heights a second.
class MovingObjects final : public Sequence {
 public:
  using Sequence::Sequence;
  Colour light(Point at, double time, const Palette& palette) const override;
  bool moves() const override { return true; }
};

/// The main lamp comes on. It is the lamp that changes, not light().
class LightSwitchedOn final : public Sequence {
 public:
  LightSwitchedOn(std::unique_ptr<Scene> scene, double at_s) : Sequence(std::move(scene)), at_s_(at_s) {}
  std::vector<Lamp> lamps(const Lamp& main) const override;

 private:
  double at_s_;
};

/// Night falls: all light by the same part of it each second, and stays when it is down to `rest`.
class Dusk final : public Sequence {
 public:
  Dusk(std::unique_ptr<Scene> scene, double stops_per_s, double rest)
      : Sequence(std::move(scene)), stops_per_s_(stops_per_s), rest_(rest) {}
  Colour light(Point at, double time, const Palette& palette) const override;
  bool moves() const override { return true; }

 private:
  double stops_per_s_, rest_;
};

/// The main lamp on alternating current: a sine at twice the mains' frequency.
class MainsFlicker final : public Sequence {
 public:
  MainsFlicker(std::unique_ptr<Scene> scene, double mains_hz, double modulation)
      : Sequence(std::move(scene)), mains_hz_(mains_hz), modulation_(modulation) {}
  std::vector<Lamp> lamps(const Lamp& main) const override;

 private:
  double mains_hz_, modulation_;
};

const std::vector<SceneName>& sequence_names();

/// With the usual figures: a shake of 0.3 % of the height, 0.25 heights a second, on after 1/2 s, modulation 0.5,
/// a minute from full light to 1/200.
/// Throws SimulationError, which lists what exists, for other names.
std::unique_ptr<Scene> make_sequence(std::string_view name, std::unique_ptr<Scene> scene);

}  // namespace sunny16::sim
