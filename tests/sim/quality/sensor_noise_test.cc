// Noise of every shipped sensor, by photon transfer from its simulated frames, against the figures that its file names
// sources for; beside them, what Raspberry Pi's tuning files believe, of which the models know nothing.
#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "firmware/tuning/camera_tuning.h"
#include "sim/camera/shot.h"
#include "sim/metrics/photon_transfer.h"
#include "sim/metrics/raw_plane.h"
#include "tests/data_dir.h"

namespace sunny16::sim {
namespace {

isp::Image<float> greens(const Bench& bench, const isp::Image<float>& electrons, const Exposure& exposure) {
  return raw_plane(bench.record(electrons, exposure, 2), isp::kGr);
}

PhotonTransfer transfer_of(const Bench& bench, double gain) {
  const double white_s = bench.exposure_for(1, gain);
  const isp::Image<float> electrons = bench.electrons(bench.timing(0, white_s), 2);
  std::uint64_t frame = 0;
  const auto point = [&](double time_s) {
    const Exposure first{.time_s = time_s, .analogue_gain = gain, .frame = frame++};
    Exposure second = first;
    second.frame = frame++;
    const isp::Image<float> a = greens(bench, electrons, first), b = greens(bench, electrons, second);
    return photon_transfer_point(std::as_const(a).view(), std::as_const(b).view(), {0, 0, a.width(), a.height()},
                                 time_s);
  };
  std::vector<PhotonTransferPoint> light;
  for (const double part : {0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9, 1.5, 3.0})
    light.push_back(point(part * white_s));
  return photon_transfer(light, point(0));
}

/// Electrons from black to white at unit gain that a tuning's noise implies; nothing without the shared files.
std::string believed(const std::string& kind, const std::string& sensor) {
  const auto data = data_dir();
  if (!data) return "not known (SKIPPED: no data folder)";
  const auto file = *data / "tuning" / kind / (sensor + ".json");
  if (!std::filesystem::exists(file)) return "no file";
  return std::to_string(static_cast<int>(1 / firmware::load_tuning(file).noise.base.shot)) + " e-";
}

TEST_CASE("Photon transfer finds each sensor as its file describes it") {
  for (const std::string& name : module_names()) {
    for (const double wanted : {1.0, 8.0}) {
      // One sensitivity, no vignette: an even field.
      ShotSettings settings{.scene = "flat-field", .sensor = name, .window = {384, 384}, .lux = 500};
      const Bench bench = set_up(settings);
      const SensorModel& sensor = bench.setup().module.sensor;
      const double gain = gain_of_code(sensor, code_of_gain(sensor, wanted));
      const Conversion known = conversion(sensor, bench.setup().mode, gain);
      const PhotonTransfer found = transfer_of(bench, gain);
      CAPTURE(name);
      CAPTURE(gain);
      // Binned numbers are averages: their noise is that of the sum of so many pixels.
      const double pixels = known.averaged, noise_dn = known.read_noise_e() / known.electrons_per_dn;
      CHECK(found.system_gain_dn_per_e * pixels == doctest::Approx(1 / known.electrons_per_dn).epsilon(0.02));
      if (noise_dn * noise_dn >= 0.24) {
        CHECK(found.read_noise_e / pixels == doctest::Approx(known.read_noise_e()).epsilon(0.05));
        CHECK(found.saturation_capacity_e / pixels == doctest::Approx(known.saturation_e).epsilon(0.02));
      } else {  // steps of the converter hide the noise (EMVA 1288, 6.6): an upper bound, and darks that are too quiet
        CHECK(found.read_noise_e / pixels >= 0.95 * known.read_noise_e());
        CHECK(found.saturation_capacity_e / pixels == doctest::Approx(known.saturation_e).epsilon(0.07));
      }
      if (wanted == 1)
        MESSAGE(name << ": full scale measured " << found.saturation_capacity_e / pixels * gain << " e-, file "
                     << sensor.full_well_e << "; read noise " << found.read_noise_e / pixels << " e-, file "
                     << known.read_noise_e() << "; rpi.noise of vc4 implies " << believed("vc4", name) << ", of pisp "
                     << believed("pisp", name));
    }
  }
}

}  // namespace
}  // namespace sunny16::sim
