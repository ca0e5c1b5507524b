// sunny16 develop: raw files to pictures.
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <map>
#include <thread>

#include "firmware/capture/detection.h"
#include "firmware/capture/frame_line.h"
#include "firmware/capture/metadata_json.h"
#include "firmware/capture/turn.h"
#include "firmware/control/scene/face_guide.h"
#include "firmware/detect/open_detectors.h"
#include "firmware/output/frame_caption.h"
#include "firmware/output/picture_file.h"
#include "hal/replay/open_frame.h"
#include "sim/cli/commands.h"
#include "sim/cli/dump_stages.h"
#include "sim/cli/look_options.h"
#include "sim/cli/options.h"
#include "sim/cli/progress.h"
#include "sim/cli/raw_options.h"
#include "sim/cli/survey.h"
#include "sim/cli/text_file.h"
#include "sim/report/report.h"

namespace sunny16::cli {
namespace {

namespace fs = std::filesystem;
using firmware::FileKind;

constexpr const char* kExamples = R"(Examples:
  sunny16 develop shot.dng -o shot.jpg
  sunny16 develop *.dng -o pictures/ --encoding png --threads 2
  sunny16 develop frame.raw --raw-format 1920x1080:SRGGB10_CSI2P --black 64 --white 1023 -o frame.jpg
  sunny16 develop shot.dng -o shot.tif --tuning-file imx477.json --set sharpen.strength=1.5 --awbgains 2.1,1.6
  sunny16 develop shot.dng -o shot.jpg --look authentic --look-strength 0.6
  sunny16 develop shot.dng -o shot.jpg --board rpi5 --look my-style --looks my-style/
  sunny16 develop shot.dng -o print.jpg --frame white
  sunny16 develop window.dng -o window.jpg --hdr auto
  sunny16 develop shot.dng -o shot.jpg --faces --detector model.onnx --metadata shot.json
  sunny16 develop shot.dng -o small.jpg --width 1280 --rotation 90 --metadata -)";

struct DevelopOptions {
  std::vector<std::string> inputs, sets, disabled;
  std::string output, tuning_file, profile = "full", awb = "as-shot", awb_gains, ccm, hdr = "off", frame = "off";
  std::string roi, metadata, dump_stages, report, encoding = "jpg", digital_gain;
  RawOptions raw;
  LookOptions look;
  firmware::DetectorChoice detectors;
  std::string skin_protection = "auto";
  double exposure_value = 0, look_strength = 1;
  int quality = 93, threads = 1, width = 0, height = 0, rotation = 0, depth = 0;
  bool hflip = false, vflip = false, timing = false, halve_chroma = false, scene = false, scene_auto = false;
};

firmware::PictureFrame frame_around(const DevelopOptions& options) {
  return static_cast<firmware::PictureFrame>(
      choice("--frame", options.frame, isp::EnumNames<firmware::PictureFrame>::names));
}

isp::OutputFormat format_for(FileKind kind, int depth) {
  switch (kind) {
    case FileKind::i420:
      return isp::OutputFormat::i420;
    case FileKind::nv12:
      return isp::OutputFormat::nv12;
    case FileKind::tiff:
      return depth == 8 ? isp::OutputFormat::rgb8 : isp::OutputFormat::rgb16;
    case FileKind::png:
      return depth == 16 ? isp::OutputFormat::rgb16 : isp::OutputFormat::rgb8;
    default:
      return isp::OutputFormat::rgb8;
  }
}

/// The picture's size and crop as the sensor sees it, before turning.
isp::OutputRequest output_request(const DevelopOptions& options, isp::Rect picture, bool transposed) {
  isp::OutputRequest request;
  if (!options.roi.empty()) {
    auto v = numbers("--roi", options.roi, 4);
    // As in rpicam-apps, fractions of the picture; numbers above 1 are pixels.
    if (std::ranges::all_of(v, [](double n) { return n <= 1; }))
      for (std::size_t i = 0; i < 4; ++i) v[i] *= i % 2 == 0 ? picture.width : picture.height;
    const auto whole = [&](double n) { return static_cast<int>(std::clamp(n, -1.0, isp::kMaxSide + 1.0)); };
    request.crop = {whole(v[0]), whole(v[1]), whole(v[2]), whole(v[3])};
    const isp::Rect& c = request.crop;
    if (c.x < 0 || c.y < 0 || c.width < 2 || c.height < 2 || c.x + c.width > picture.width ||
        c.y + c.height > picture.height)
      throw UsageError("--roi: found " + options.roi + ", allowed at least 2 x 2 pixels inside the picture of " +
                       std::to_string(picture.width) + " x " + std::to_string(picture.height));
  }
  const isp::Rect crop = request.crop.width > 0 ? request.crop : picture;
  request.width = transposed ? options.height : options.width;
  request.height = transposed ? options.width : options.height;
  // One side alone keeps the picture's proportions.
  if (request.width > 0 && request.height == 0)
    request.height = std::max(2, (request.width * crop.height + crop.width / 2) / crop.width);
  if (request.height > 0 && request.width == 0)
    request.width = std::max(2, (request.height * crop.width + crop.height / 2) / crop.height);
  return request;
}

constexpr std::array<std::string_view, 3> kHdrNames{"off", "single", "auto"};
constexpr std::array kHdrModes{firmware::HdrMode::off, firmware::HdrMode::single_exposure,
                               firmware::HdrMode::automatic};

firmware::FrameRequest frame_request(const DevelopOptions& options) {
  firmware::FrameRequest request;
  request.profile = static_cast<isp::Profile>(choice("--profile", options.profile, isp::kProfileNames));
  request.as_shot = choice("--awb", options.awb, std::array<std::string_view, 2>{"as-shot", "auto"}) == 0;
  request.colorimetric = options.look.look == "none";
  request.hdr_mode = kHdrModes[choice("--hdr", options.hdr, kHdrNames)];
  if (!options.awb_gains.empty()) {
    const auto v = numbers("--awbgains", options.awb_gains, 2);
    if (v[0] < 0.1 || v[1] < 0.1 || v[0] > 15 || v[1] > 15)
      throw UsageError("--awbgains: found " + options.awb_gains + ", allowed 0.1 to 15");
    request.colour_gains = {v[0], v[1]};
  }
  if (!options.ccm.empty()) {
    const auto v = numbers("--ccm", options.ccm, 9);
    isp::Matrix3 m;
    std::copy(v.begin(), v.end(), m.begin());
    if (std::ranges::any_of(m, [](double n) { return n < -7 || n > 7; }) || !firmware::inverse(m))
      throw UsageError("--ccm: found " + options.ccm + ", allowed a regular 3x3 matrix with values from -7 to 7");
    request.colour_matrix = m;
  }
  if (!options.digital_gain.empty() && options.digital_gain != "auto") {
    const double gain = numbers("--digital-gain", options.digital_gain, 1)[0];
    if (gain < 0.01 || gain > 15)
      throw UsageError("--digital-gain: found " + options.digital_gain + ", allowed auto, or 0.01 to 15");
    request.digital_gain = gain;
  }
  request.exposure_value = options.exposure_value;
  request.disabled = options.disabled;
  request.threads = options.threads;
  return request;
}

/// One input and what is made of it.
struct Task {
  fs::path input, picture, metadata, report, stages;  ///< empty: not wanted
};

/// What goes where: for one input the paths as given, or files named like the input in folders; for several, folders.
std::vector<Task> tasks(const DevelopOptions& options) {
  const bool several = options.inputs.size() > 1;
  std::error_code error;
  const auto place = [&](const std::string& given, const fs::path& input, const std::string& extension) -> fs::path {
    if (given.empty() || given == "-") return given;
    if (fs::is_directory(given, error)) return given / input.stem().concat("." + extension);
    if (several) throw UsageError(given + ": several inputs need an existing folder as the output");
    if (const fs::path folder = fs::path(given).parent_path(); !folder.empty() && !fs::is_directory(folder, error))
      throw UsageError(given + ": no such folder");
    return given;
  };
  std::vector<Task> result;
  std::map<fs::path, std::string> sources;
  for (const std::string& input : options.inputs) {
    Task task{.input = input,
              .picture = place(options.output, input, options.encoding),
              .metadata = place(options.metadata, input, "json"),
              .report = place(options.report, input, "html"),
              .stages = options.dump_stages};
    if (several && !task.stages.empty()) task.stages /= fs::path(input).stem();
    for (const fs::path& output : {task.picture, task.metadata, task.report}) {
      if (output.empty() || output == "-") continue;
      for (const std::string& other : options.inputs)
        if (fs::equivalent(other, output, error)) throw UsageError(output.string() + ": the output is the input");
      const auto [first, is_new] = sources.emplace(fs::weakly_canonical(output, error), input);
      if (!is_new)
        throw UsageError(output.string() + ": would be written twice, from " + first->second + " and " + input);
    }
    firmware::file_kind(task.picture);
    result.push_back(std::move(task));
  }
  return result;
}

void write(const fs::path& path, firmware::DevelopedFrame& developed, const hal::RawFrame& frame,
           const firmware::PictureInfo& info, const DevelopOptions& options) {
  firmware::Picture& picture = developed.pictures[0];
  firmware::PictureSource source;
  source.raw = &frame;
  const auto plane = [&](std::size_t i) { return std::as_const(picture.planes[i]).view(); };
  switch (picture.format) {
    case isp::OutputFormat::rgb8:
      source.rgb8 = plane(0);
      break;
    case isp::OutputFormat::rgb16: {
      const auto bytes = plane(0);
      source.rgb16 = firmware::Rgb16{reinterpret_cast<const std::uint16_t*>(bytes.data), bytes.width / 2, bytes.height,
                                     bytes.stride / 2};
      break;
    }
    case isp::OutputFormat::nv12:
    case isp::OutputFormat::i420:
      source.yuv = firmware::YuvPlanes{plane(0), plane(1), plane(2)};
      break;
  }
  firmware::write_picture(path, source, info, {.quality = options.quality, .halve_chroma = options.halve_chroma});
}

/// A crop as fractions of the picture; an empty one is all of it.
std::array<double, 4> part_of(isp::Rect crop, isp::Rect picture) {
  if (crop.width == 0) return {0, 0, 1, 1};
  const double width = picture.width, height = picture.height;
  return {crop.x / width, crop.y / height, crop.width / width, crop.height / height};
}

/// 0..1; nothing: as the faces need it, and the scene.
std::optional<double> asked_skin_protection(const std::string& text) {
  if (text == "auto") return std::nullopt;
  double asked = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), asked);
  if (error != std::errc() || end != text.data() + text.size() || !(asked >= 0 && asked <= 1))
    throw UsageError("--skin-protection: found " + text + ", allowed auto, or 0 (off) to 1");
  return asked;
}

/// What the frame shows changes how it is developed, where the user lets it.
void follow(const Survey& survey, const DevelopOptions& options, firmware::FrameRequest& request) {
  firmware::FaceGuide faces;
  faces.update(survey.detections);
  double protection = faces.skin_protection();
  if (options.scene_auto) {
    const firmware::SceneAdvice& advice = survey.scene.report.advice;
    request.exposure_value += advice.exposure_value;
    protection = std::max(protection, advice.skin_protection);
    if (request.look && !request.look->toned && !advice.look.empty()) request.look_use.strength *= advice.look_strength;
  }
  request.look_use.skin_protection = asked_skin_protection(options.skin_protection).value_or(protection);
}

void develop_one(const Task& task, const firmware::CameraTuning& tuning, const LookChooser& looks,
                 const firmware::Detectors& detectors, const DevelopOptions& options) {
  const FileKind kind = firmware::file_kind(task.picture);
  const hal::RawFrame frame = hal::open_frame(task.input, description(options.raw));

  const auto turned = firmware::Orientation::from_exif(frame.orientation)
                          .then(firmware::Orientation::rotation(options.rotation))
                          .then({false, options.hflip, options.vflip});
  firmware::FrameRequest request = frame_request(options);
  request.look = looks.look_for(frame.model);
  request.look_use.strength = options.look_strength;
  const int binning = request.profile == isp::Profile::preview ? 2 : 1;
  const auto geometry =
      isp::binned(isp::FrameGeometry::canonical(frame.raw.width, frame.raw.height, frame.raw.phase), binning);
  request.outputs = {output_request(options, {0, 0, geometry.active.width, geometry.active.height}, turned.transpose)};
  request.outputs[0].format = format_for(kind, options.depth);
  if (!task.report.empty() && request.outputs[0].format != isp::OutputFormat::rgb8)
    throw UsageError(
        "--report: found an output of YUV or of 16 bits, allowed are 8 bits of RGB (TIFF: with --depth 8)");
  const firmware::PictureFrame around = frame_around(options);
  if (around != firmware::PictureFrame::off) {
    looks.require(firmware::Feature::captions, frame.model, "--frame");
    if (kind == FileKind::dng || request.outputs[0].format != isp::OutputFormat::rgb8)
      throw UsageError(
          "--frame: found an output of raw data, of YUV or of 16 bits, allowed are 8 bits of RGB (TIFF: with --depth "
          "8)");
  }

  Survey survey;
  const bool surveyed = options.scene || options.scene_auto || !task.metadata.empty() || !detectors.empty();
  if (surveyed) survey = survey_of(frame, tuning, request, turned, detectors);
  follow(survey, options, request);
  if (options.scene) std::printf("%s: %s\n", task.input.c_str(), text_of(survey.scene).c_str());
  if (!task.stages.empty()) dump_stages(task.stages, prepare_frame(frame, tuning, request).registers, frame);
  firmware::DevelopedFrame developed = run_frame(frame, tuning, request);
  if (surveyed) {
    developed.metadata.detections = std::move(survey.detections);
    developed.metadata.scene = std::move(survey.scene.report), developed.metadata.hdr = std::move(survey.scene.hdr);
  }

  firmware::PictureInfo info = firmware::picture_info(frame);
  info.look = developed.metadata.look;
  if (kind == FileKind::dng) {
    // A DNG holds the sensor's own pixels: its orientation tag turns them, and its preview.
    hal::RawFrame recorded = frame;
    recorded.orientation = turned.to_exif();
    write(task.picture, developed, recorded, info, options);
  } else {
    for (auto& picture : developed.pictures) turn(picture, turned);
    info.orientation = 1;
    info.faces = face_regions(developed.metadata.detections, part_of(request.outputs[0].crop, geometry.active), turned,
                              developed.pictures[0].width, developed.pictures[0].height);
    add_frame(developed.pictures[0].planes[0], info, around);
    write(task.picture, developed, frame, info, options);
  }
  if (!task.metadata.empty()) write_text(task.metadata, metadata_json(developed.metadata));
  if (!task.report.empty())
    write_text(task.report, sim::report_html({.input = task.input.filename(),
                                              .output = task.picture.filename(),
                                              .frame = frame,
                                              .developed = developed,
                                              .picture = std::as_const(developed.pictures[0].planes[0]).view()}));
  if (options.timing)
    std::fprintf(stderr, "%s: statistics %.1f ms, line %.1f ms (%.1f MP/s)\n", task.input.c_str(),
                 developed.metadata.statistics_ms, developed.metadata.line_ms,
                 1e-3 * frame.raw.width * frame.raw.height / developed.metadata.line_ms);
}

void develop(const DevelopOptions& options) {
  const std::vector<Task> all = tasks(options);
  firmware::CameraTuning tuning =
      options.tuning_file.empty() ? firmware::CameraTuning{} : firmware::load_tuning(options.tuning_file);
  for (const std::string& note : tuning.notes)
    std::fprintf(stderr, "%s: %s\n", options.tuning_file.c_str(), note.c_str());
  for (const std::string& assignment : options.sets) set_parameter(tuning, assignment);
  const LookChooser looks(options.look);
  const firmware::Detectors detectors = open_detectors(options.detectors);
  const Progress progress(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    progress.at(i, all[i].input.string());
    develop_one(all[i], tuning, looks, detectors, options);
  }
  progress.at(all.size(), "");
}

}  // namespace

void add_develop(CLI::App& app) {
  const auto options = std::make_shared<DevelopOptions>();
  DevelopOptions& o = *options;
  o.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  CLI::App& command = *app.add_subcommand("develop", "Turn raw files into pictures");
  command.footer(kExamples);
  command.add_option("IN", o.inputs, "DNG, camera raw, headerless raw, or grey PNG with CFA data")
      ->required()
      ->expected(-1);
  command.add_option("-o,--output", o.output, "Picture (.jpg .png .tif .dng .yuv .nv12), or a folder for several")
      ->required();
  command.add_option("-e,--encoding", o.encoding, "Extension of pictures in a folder")->capture_default_str();
  command.add_option("--tuning-file", o.tuning_file,
                     "Tuning of the camera module: ours, or a Raspberry Pi tuning file");
  command.add_option("--profile", o.profile, "full, lite, preview or plain")->capture_default_str();
  command.add_option("--set", o.sets, "Set a parameter: stage.field=value")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  command.add_option("--disable", o.disabled, "Leave a stage out")->expected(1)->allow_extra_args(false)->take_all();
  command.add_option("--dump-stages", o.dump_stages, "Write each stage's output into this folder");
  command.add_option("--report", o.report,
                     "Write a page that shows every stage, timings and metadata: an HTML file, or a folder");
  command.add_option("--awb", o.awb, "as-shot (the file's own, else estimated) or auto (estimated)")
      ->capture_default_str();
  command.add_option("--awbgains", o.awb_gains, "White-balance gains: red,blue");
  command.add_option("--ccm", o.ccm,
                     "Colour matrix, white-balanced camera RGB to linear sRGB: nine numbers, row by row");
  command
      .add_option("--look", o.look.look,
                  "A look by name (see: sunny16 look list); default: the board's, or the tuning alone; none: "
                  "colorimetric, without automatic exposure")
      ->capture_default_str();
  add_library_options(command, o.look);
  command.add_option("--look-strength", o.look_strength, "How much of the look: 0 (none) to 1 (all)")
      ->check(within(0, 1))
      ->capture_default_str();
  command
      .add_option("--skin-protection", o.skin_protection,
                  "How far a look spares hue and chroma of skin: auto (where --faces finds some, and as --scene-auto "
                  "suggests), or 0 (off) to 1")
      ->capture_default_str();
  command
      .add_option("--hdr", o.hdr, "off, single (local tone mapping of one exposure) or auto (as the scene needs it)")
      ->capture_default_str();
  command.add_option("--ev", o.exposure_value, "Exposure compensation, EV")->check(within(-8, 8));
  command.add_option("--digital-gain", o.digital_gain, "auto (from the histogram), or a gain");
  command
      .add_option("--frame", o.frame,
                  "white or black: a border with camera, exposure and date below the picture; or off")
      ->capture_default_str();
  command.add_option("-q,--quality", o.quality, "JPEG quality")->check(CLI::Range(1, 100))->capture_default_str();
  command.add_flag("--halve-chroma", o.halve_chroma, "JPEG with 4:2:0 chroma instead of 4:4:4");
  command.add_option("--depth", o.depth, "Bits of PNG (8) and TIFF (16)")->check(CLI::IsMember({8, 16}));
  command.add_option("--metadata", o.metadata, "Write metadata as JSON: a file, a folder, or - for standard output");
  command.add_flag("--faces", o.detectors.faces,
                   "Look for faces: metadata tell them, and a look spares the colours of skin");
  command.add_option("--detector", o.detectors.model, "Look for objects with this ONNX model, or sensor");
  command.add_option("--detector-labels", o.detectors.labels, "Names of the model's classes, one a line");
  command.add_flag("--scene", o.scene, "Print what kind of scene it is, and which HDR it needs; metadata say it too");
  command.add_flag("--scene-auto", o.scene_auto, "Do what suits the scene: exposure, strength of the look, skin");
  command.add_flag("--timing", o.timing, "Print how long it took");
  command.add_option("--threads", o.threads, "Threads")->check(CLI::Range(1, 256))->capture_default_str();
  command.add_option("--roi", o.roi, "Part of the picture: x,y,w,h in fractions, or in pixels");
  command.add_option("--width", o.width, "Width of the picture")->check(CLI::Range(2, isp::kMaxSide));
  command.add_option("--height", o.height, "Height of the picture")->check(CLI::Range(2, isp::kMaxSide));
  command.add_flag("--hflip", o.hflip, "Mirror left and right");
  command.add_flag("--vflip", o.vflip, "Mirror top and bottom");
  command.add_option("--rotation", o.rotation, "Turn clockwise")->check(CLI::IsMember({0, 90, 180, 270}));
  add_raw_options(command, o.raw);
  command.callback([options] { develop(*options); });
}

}  // namespace sunny16::cli
