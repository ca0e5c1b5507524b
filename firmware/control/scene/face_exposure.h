// How much brighter or darker a picture is exposed for the sake of faces.
//
// A weighted mean of the picture does not do: in front of a window the light behind a face outshines it, and stays
// white whatever happens. So the light of faces is measured by itself. They shall be as bright as the picture's mean,
// or a little to either side, as skin is dark or light; and for their sake the rest is not given up: there are limits.
//
// Exposures are time x gain, us.
#pragma once

#include <optional>

#include "firmware/control/scene/face_guide.h"

namespace sunny16::firmware {

class FaceExposure {
 public:
  /// What a frame says.
  struct Frame {
    double applied = 0;    ///< its exposure
    double picture = 0;    ///< the exposure that would suit the picture without faces
    bool clipped = false;  ///< so much of it is white that `picture` is a guess, which is too low
    FaceLight faces{};
  };

  /// The exposure to aim at; `target` is the mean level that pictures shall have.
  double aim(const Frame& frame, double target);
  /// Of what was aimed at last, beside the picture's own.
  double stops() const { return stops_; }
  /// There are no faces.
  void forget() { *this = {}; }

 private:
  struct Reference {
    double picture, face;
  };
  std::optional<Reference> reference_{};  ///< of the last frame whose `picture` was no guess
  double stops_ = 0;
};

}  // namespace sunny16::firmware
