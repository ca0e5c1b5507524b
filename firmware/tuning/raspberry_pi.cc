#include "firmware/tuning/raspberry_pi.h"

#include <algorithm>
#include <map>

#include "firmware/tuning/raspberry_pi_af.h"
#include "firmware/tuning/raspberry_pi_agc.h"
#include "firmware/tuning/raspberry_pi_block.h"

namespace sunny16::firmware {
namespace {

using nlohmann::json;
using Notes = std::vector<std::string>;
using Block = RaspberryPiBlock;

/// Levels are in 65536ths of the sensor's range, whatever its bits.
constexpr double kFullScale = 65535;

void read_black_level(Block& block, RaspberryPiTuning& tuning, Notes&) {
  const Bounds levels{0, kFullScale - 1};
  const double all = block.number("black_level", 4096, levels);
  const double green = block.number("black_level_g", all, levels);
  tuning.sections.sensor.base.black = {block.number("black_level_r", all, levels), green, green,
                                       block.number("black_level_b", all, levels)};
}

/// libcamera models the deviation at gain g as sqrt(g) (constant + slope sqrt(v)), v in 16-bit levels above black: the
/// slope squared is a level's share of an electron's variance. Files leave the constant at 0, which says nothing of
/// read noise; ours is then 1.5 e- before and 2.6 e- after the amplifier, as small sensors have it.
void read_noise(Block& block, RaspberryPiTuning& tuning, Notes&) {
  double range = kFullScale;
  if (const auto& black = tuning.sections.sensor.base.black; !black.empty()) range -= black[1];
  const double slope = block.number("reference_slope", 2.767, {0.01, 100});
  const double constant = block.number("reference_constant", 0, {0, 10000}) / range;
  NoiseModel& noise = tuning.sections.noise.base;
  noise.shot = slope * slope / range;
  const auto electrons = [&](double e) { return e * noise.shot * e * noise.shot; };
  noise.read = constant > 0 ? 0 : electrons(1.5);
  noise.converter = constant > 0 ? constant * constant : electrons(2.6);
}

void read_lux(Block& block, RaspberryPiTuning& tuning, Notes&) {
  LuxModel& lux = tuning.sections.lux.base;
  lux.reference_exposure_us = block.number("reference_shutter_speed");
  lux.reference_gain = block.number("reference_gain");
  lux.reference_aperture = block.number("reference_aperture", 1);
  lux.reference_lux = block.number("reference_lux");
  lux.reference_luminance = block.number("reference_Y") / kFullScale;
}

void read_ccm(Block& block, RaspberryPiTuning& tuning, Notes& notes) {
  auto& matrices = tuning.sections.colour.base.matrices;
  block.for_each_element("ccms", notes, [&](Block& entry) {
    CalibratedMatrix matrix{entry.number("ct"), {}};
    const std::vector<double> numbers = entry.numbers("ccm");
    if (numbers.size() != matrix.matrix.size()) reject(entry.path_of("ccm"), numbers, "9 numbers");
    std::copy(numbers.begin(), numbers.end(), matrix.matrix.begin());
    matrices.push_back(matrix);
  });
}

void read_awb(Block& block, RaspberryPiTuning& tuning, Notes& notes) {
  AwbTuning& awb = tuning.sections.awb.base;
  awb.bayes = block.flag("bayes", true) && block.flag("enabled", true);
  const auto [temperature, r, b] = block.tuples<3>("ct_curve");
  for (std::size_t i = 0; i < temperature.size(); ++i) awb.ct_curve.push_back({temperature[i], r[i], b[i]});
  awb.transverse_pos = block.number("transverse_pos", 0.01);
  awb.transverse_neg = block.number("transverse_neg", 0.01);
  awb.sensitivity_r = block.number("sensitivity_r", 1);
  awb.sensitivity_b = block.number("sensitivity_b", 1);
  awb.speed = block.number("speed", 0.05);
  awb.startup_frames = static_cast<int>(block.number("startup_frames", 10, {0, 1000}));
  if (block.has("modes")) awb.modes.clear();
  block.for_each_member("modes", notes, [&](const std::string& name, Block& mode) {
    awb.modes.push_back({name, mode.number("lo"), mode.number("hi")});
  });
  put_first(awb.modes, "auto");
  if (block.has("priors")) awb.priors.clear();
  block.for_each_element("priors", notes, [&](Block& prior) {
    auto [nodes, likelihood] = prior.tuples<2>("prior");
    awb.priors.push_back({prior.number("lux"), std::move(nodes), std::move(likelihood)});
  });
}

/// Tables hold a number for each cell of a grid that covers the frame; our nodes are the cells' corners. Inner corners
/// are the mean of their four cells, the frame's edge is extrapolated.
std::vector<double> corners_of_cells(const std::vector<double>& cells, int columns, int rows) {
  const auto along = [](const std::vector<double>& in, int lines, int count, int line_step, int step) {
    std::vector<double> out;
    for (int line = 0; line < lines; ++line) {
      const auto cell = [&](int i) { return in[static_cast<std::size_t>(line * line_step + i * step)]; };
      out.push_back(1.5 * cell(0) - 0.5 * cell(1));
      for (int i = 1; i < count; ++i) out.push_back(0.5 * (cell(i - 1) + cell(i)));
      out.push_back(1.5 * cell(count - 1) - 0.5 * cell(count - 2));
    }
    return out;
  };
  const std::vector<double> wide = along(cells, rows, columns, columns, 1);               // rows x (columns + 1)
  const std::vector<double> transposed = along(wide, columns + 1, rows, 1, columns + 1);  // (columns + 1) x (rows + 1)
  std::vector<double> nodes;
  for (int y = 0; y <= rows; ++y)
    for (int x = 0; x <= columns; ++x) nodes.push_back(transposed[static_cast<std::size_t>(x * (rows + 1) + y)]);
  return nodes;
}

/// Static shading only: libcamera's adaptive part (omega, sigma, n_iter) estimates on a running camera what the two or
/// three calibrated lights leave over.
void read_alsc(Block& block, RaspberryPiTuning& tuning, Notes& notes) {
  ShadingModel& shading = tuning.sections.shading.base;
  const auto table = [&](Block& owner, const char* key) {
    const std::vector<double> cells = owner.numbers(key);
    const bool vc4 = cells.size() == 16 * 12;
    if (!vc4 && cells.size() != 32 * 32) reject(owner.path_of(key), cells, "16 x 12 or 32 x 32 numbers");
    const int columns = vc4 ? 16 : 32, rows = vc4 ? 12 : 32;
    shading.columns = columns + 1;
    shading.rows = rows + 1;
    return corners_of_cells(cells, columns, rows);
  };
  if (!block.has("luminance_lut")) return;
  shading.luminance = table(block, "luminance_lut");
  tuning.stages["lens_shading"]["luminance_strength"] = block.number("luminance_strength", 1);

  std::map<double, ChromaShading> chroma;
  block.for_each_element("calibrations_Cr", notes, [&](Block& entry) {
    const double ct = entry.number("ct");
    chroma[ct] = {ct, table(entry, "table"), {}};
  });
  block.for_each_element("calibrations_Cb", notes,
                         [&](Block& entry) { chroma[entry.number("ct")].blue = table(entry, "table"); });
  for (auto& [ct, calibration] : chroma) {
    if (calibration.red.empty() || calibration.blue.empty())
      throw TuningError(block.path() + ": found only one of Cr and Cb for " + number_text(ct) + " K, allowed both");
    shading.chroma.push_back(std::move(calibration));
  }
}

void read_dpc(Block& block, RaspberryPiTuning& tuning, Notes&) {
  tuning.stages["defect_pixels"]["enabled"] = block.number("strength", 1) > 0;
}

/// Offset and slope in 16-bit levels, as ours are.
void read_geq(Block& block, RaspberryPiTuning& tuning, Notes&) {
  json& stage = tuning.stages["green_equalisation"];
  stage["offset"] = block.number("offset", 0);
  stage["slope"] = block.number("slope", 0);
}

/// Spatial denoise: `deviation` multiplies the noise profile, 3.2 being libcamera's default and so our 1; `strength` is
/// the share of the filtered picture. Both files' names for them differ.
void read_spatial_denoise(Block& block, const std::string& suffix, RaspberryPiTuning& tuning) {
  json& stage = tuning.stages["bayer_denoise"];
  if (block.has("deviation" + suffix)) stage["strength"] = block.number("deviation" + suffix) / 3.2;
  if (block.has("strength" + suffix)) stage["texture"] = 1 - block.number("strength" + suffix);
  if (stage.is_null()) stage = json::object();
}

void read_sdn(Block& block, RaspberryPiTuning& tuning, Notes&) { read_spatial_denoise(block, "", tuning); }

/// A set a mode; ours is the normal one, without temporal denoise.
void read_denoise(Block& block, RaspberryPiTuning& tuning, Notes& notes) {
  if (!block.has("normal")) return;
  Block normal = block.child("normal");
  if (normal.has("sdn")) {
    Block sdn = normal.child("sdn");
    read_spatial_denoise(sdn, "_no_tdn", tuning);
    sdn.add_unused(notes);
  }
  normal.add_unused(notes);
}

/// Tables of 9 x 9 nodes: by how many pixels the colour is to be moved, as ours.
void read_cac(Block& block, RaspberryPiTuning& tuning, Notes&) {
  json& stage = tuning.stages["lateral_chromatic_aberration"];
  stage["table_strength"] = block.number("strength", 1);
  constexpr std::array<std::array<const char*, 2>, 4> kTables{
      {{"lut_rx", "red_x"}, {"lut_ry", "red_y"}, {"lut_bx", "blue_x"}, {"lut_by", "blue_y"}}};
  for (const auto& [theirs, ours] : kTables) {
    const std::vector<double> table = block.numbers(theirs);
    if (!table.empty() && table.size() != 81) reject(block.path_of(theirs), table, "9 x 9 numbers");
    stage[ours] = table;
  }
}

/// Threshold and limit are in the units of the Pi's own filter.
void read_sharpen(Block& block, RaspberryPiTuning& tuning, Notes&) {
  tuning.stages["sharpen"]["strength"] = block.number("strength", 1);
}

/// The file's curve is the whole rendering, contrast included.
void read_contrast(Block& block, RaspberryPiTuning& tuning, Notes&) {
  if (!block.has("gamma_curve")) return;
  auto [x, y] = block.tuples<2>("gamma_curve");
  for (std::vector<double>* axis : {&x, &y})
    for (double& v : *axis) v /= kFullScale;
  tuning.stages["tone_curve"] = {{"curve", "points"}, {"x", x}, {"y", y}, {"contrast", 1}};
}

struct Reader {
  const char* name;
  void (*read)(Block&, RaspberryPiTuning&, Notes&);
};

/// In the order of reading: noise needs the black level.
constexpr Reader kReaders[] = {
    {"rpi.black_level", read_black_level},
    {"rpi.noise", read_noise},
    {"rpi.lux", read_lux},
    {"rpi.ccm", read_ccm},
    {"rpi.awb", read_awb},
    {"rpi.agc", read_raspberry_pi_agc},
    {"rpi.af", read_raspberry_pi_af},
    {"rpi.alsc", read_alsc},
    {"rpi.dpc", read_dpc},
    {"rpi.geq", read_geq},
    {"rpi.sdn", read_sdn},
    {"rpi.denoise", read_denoise},
    {"rpi.contrast", read_contrast},
    {"rpi.sharpen", read_sharpen},
    {"rpi.cac", read_cac},
};

/// What was computed must be what a file may hold.
void check_ranges(TuningSections& sections, const std::string& path) {
  isp::for_each_field(sections, [&](const auto& row, auto& section) {
    read_adaptive(json(to_json(section)), section, member_path(path, row.name));
  });
}

}  // namespace

bool is_raspberry_pi(const json& file) {
  return file.is_object() && file.contains("target") && file.contains("algorithms");
}

RaspberryPiTuning read_raspberry_pi(const json& file, const std::string& path) {
  if (const auto version = file.find("version"); version == file.end() || *version != 2.0)
    reject(path + ".version", version == file.end() ? json() : *version, "2.0");
  if (file["target"] != "bcm2835" && file["target"] != "pisp")
    reject(path + ".target", file["target"], "bcm2835 or pisp");
  const json& algorithms = file["algorithms"];
  if (!algorithms.is_array()) reject(path + ".algorithms", algorithms, "an array");

  RaspberryPiTuning tuning;
  std::map<std::string, Block> blocks;
  for (std::size_t i = 0; i < algorithms.size(); ++i) {
    const std::string at = element_path(path + ".algorithms", i);
    if (!algorithms[i].is_object()) reject(at, algorithms[i], "an object");
    for (const auto& [name, block] : algorithms[i].items()) {
      if (name.starts_with("x.")) {
        tuning.notes.push_back(name + ": switched off");
        continue;
      }
      if (!blocks.try_emplace(name, block, name, member_path(at, name)).second)
        throw TuningError(member_path(at, name) + ": found this algorithm twice, allowed once");
    }
  }
  for (const auto& [name, read] : kReaders)
    if (const auto block = blocks.find(name); block != blocks.end()) {
      read(block->second, tuning, tuning.notes);
      block->second.add_unused(tuning.notes);
      blocks.erase(block);
    }
  for (const auto& [name, block] : blocks) tuning.notes.push_back(name + ": not used");
  check_ranges(tuning.sections, path + " as Sunny16 sections: $");
  return tuning;
}

}  // namespace sunny16::firmware
