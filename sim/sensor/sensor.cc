#include "sim/sensor/sensor.h"

#include "firmware/control/colour.h"
#include "isp/core/exact_math.h"
#include "sim/sensor/random.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;
using firmware::Vector3;

/// CIE XYZ of a black body, Y = 1: B. Kang et al., "Design of advanced color temperature control system for HDTV
/// applications", Journal of the Korean Physical Society 41(6), 2002.
Vector3 black_body(double temperature) {
  const double t = 1e3 / temperature;
  const double x = temperature <= 4000 ? ((-0.2661239 * t - 0.2343589) * t + 0.8776956) * t + 0.179910
                                       : ((-3.0258469 * t + 2.1070379) * t + 0.2226347) * t + 0.240390;
  const double y = temperature <= 2222   ? ((-1.1063814 * x - 1.34811020) * x + 2.18555832) * x - 0.20219683
                   : temperature <= 4000 ? ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867
                                         : ((3.0817580 * x - 5.87338670) * x + 3.75112997) * x - 0.37001483;
  return {x / y, 1, (1 - x - y) / y};
}

/// Colours of a sensor under a light, from its calibrations as a DNG reader understands them.
struct CameraColour {
  Vector3 neutral;              ///< camera RGB of white, green 1
  isp::Matrix3 srgb_to_camera;  ///< linear sRGB of the adapted eye to camera RGB
};

CameraColour camera_colour(const PlainSensor& sensor, double temperature) {
  const hal::ColourCalibration &cool = sensor.calibrations.front(), &warm = sensor.calibrations.back();
  const double from = 1 / cool.illuminant_temperature, to = 1 / warm.illuminant_temperature;
  const double weight = exact::clamp((1 / temperature - from) / (to - from), 0, 1);
  isp::Matrix3 xyz_to_camera;
  for (std::size_t i = 0; i < 9; ++i)
    xyz_to_camera[i] = cool.xyz_to_camera[i] * (1 - weight) + warm.xyz_to_camera[i] * weight;
  Vector3 neutral = firmware::multiply(xyz_to_camera, black_body(temperature));
  neutral = {neutral[0] / neutral[1], 1, neutral[2] / neutral[1]};
  isp::Matrix3 m = *firmware::inverse(firmware::render_from_calibrations(sensor.calibrations, neutral)->camera_to_srgb);
  for (std::size_t i = 0; i < 9; ++i) m[i] *= neutral[i / 3];
  return {neutral, m};
}

}  // namespace

double PlainSensor::dark_noise(double gain) const {
  return exact::sqrt(pixel_noise * pixel_noise + converter_noise * converter_noise / (gain * gain));
}

isp::NoiseProfile PlainSensor::noise(double gain) const {
  const double range = white() - black, well = full_well / gain, dark = dark_noise(gain) / well;
  return {.shot = 1 / well, .read = dark * dark + 1 / (12 * range * range)};  // a DN's width has the variance 1/12
}

PlainSensor imx477() {
  // XYZ to camera under standard illuminant A and D65, from colour matrices and the white-balance curve of libcamera's
  // src/ipa/rpi/vc4/data/imx477.json.
  PlainSensor sensor{.name = "imx477", .calibrations = {}};
  sensor.calibrations = {{.illuminant_temperature = 2856,
                          .xyz_to_camera = {0.7000, -0.3139, 0.1392, -0.2214, 0.9898, 0.7121, 0.0062, 0.0959, 0.8514},
                          .camera_to_xyz_d50 = {}},
                         {.illuminant_temperature = 6504,
                          .xyz_to_camera = {0.4283, -0.0947, -0.0036, -0.1852, 0.8642, 0.2864, 0.0881, 0.0585, 0.5278},
                          .camera_to_xyz_d50 = {}}};
  return sensor;
}

hal::RawFrame expose(const PlainSensor& sensor, const Lens& lens, const LightImage& light, const Exposure& exposure) {
  const int width = light.width() / 3, height = light.height();
  const auto colour = camera_colour(sensor, exposure.colour_temperature);
  const double gain = exposure.analogue_gain, per_dn = sensor.electrons_per_dn(gain), dark = sensor.dark_noise(gain);
  const double white = exposure.white_level * sensor.full_well / gain;  // electrons
  constexpr std::array<int, 4> kColours{0, 1, 1, 2};

  auto samples =
      std::make_shared<std::vector<std::byte>>(2 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  std::size_t at = 0;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const float* rgb = light.row(y) + 3 * x;
      const auto c = static_cast<std::size_t>(kColours[isp::quad_plane(sensor.phase, x, y)]);
      const double* m = &colour.srgb_to_camera[3 * c];
      const double lit = (m[0] * rgb[0] + m[1] * rgb[1] + m[2] * rgb[2]) /
                         lens.gain(static_cast<int>(c), squared_radius(x, y, width, height));
      const auto [photons, amplifier] = pixel_uniforms(exposure.seed, exposure.frame, x, y);
      // Pixels of our range of gains saturate at the converter, not in the well.
      const double electrons = poisson_quantile(white * lit, photons) + dark * normal_quantile(amplifier);
      const double dn = exact::clamp(exact::floor(sensor.black + electrons / per_dn + 0.5), 0, sensor.white());
      const auto value = static_cast<unsigned>(dn);
      (*samples)[at++] = static_cast<std::byte>(value & 0xFF);
      (*samples)[at++] = static_cast<std::byte>(value >> 8);
    }

  hal::RawFrame frame;
  frame.raw = {.bytes = *samples,
               .width = width,
               .height = height,
               .stride = 2 * static_cast<std::size_t>(width),
               .phase = sensor.phase};
  frame.storage = std::move(samples);
  frame.bits = sensor.bits;
  frame.black.fill(sensor.black);
  frame.white = sensor.white();
  frame.applied.exposure_us = 10000 / gain;
  frame.applied.analogue_gain = gain;
  frame.sequence = exposure.frame;
  frame.make = "Sunny16";
  frame.model = "simulated " + sensor.name;
  frame.unique_model = frame.make + ' ' + frame.model;
  frame.calibrations = sensor.calibrations;
  frame.as_shot_neutral = colour.neutral;
  frame.noise = sensor.noise(gain);
  frame.shading = std::make_shared<isp::GainMesh>(lens.gain_mesh(width, height));
  return frame;
}

}  // namespace sunny16::sim
