// sunny16 develop: raw files to pictures.
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <thread>

#include "firmware/capture/frame_line.h"
#include "firmware/capture/metadata_json.h"
#include "firmware/output/atomic_file.h"
#include "firmware/output/orient.h"
#include "firmware/output/picture_file.h"
#include "hal/replay/open_frame.h"
#include "sim/cli/commands.h"
#include "sim/cli/dump_stages.h"
#include "sim/cli/options.h"

namespace sunny16::cli {
namespace {

namespace fs = std::filesystem;
using firmware::FileKind;

constexpr const char* kExamples = R"(Examples:
  sunny16 develop shot.dng -o shot.jpg
  sunny16 develop *.dng -o pictures/ --encoding png --threads 2
  sunny16 develop frame.raw --raw-format 1920x1080:SRGGB10_CSI2P --black 64 --white 1023 -o frame.jpg
  sunny16 develop shot.dng -o shot.tif --tuning-file imx477.json --set sharpen.strength=1.5 --awbgains 2.1,1.6
  sunny16 develop shot.dng -o small.jpg --width 1280 --rotation 90 --metadata -)";

struct DevelopOptions {
  std::vector<std::string> inputs, sets, disabled;
  std::string output, tuning_file, profile = "full", raw_format, black, white, awb = "as-shot", awb_gains, ccm, look = "default";
  std::string roi, metadata, dump_stages, encoding, digital_gain;
  double exposure_value = 0;
  int quality = 93, threads = 1, width = 0, height = 0, rotation = 0, depth = 0;
  bool hflip = false, vflip = false, timing = false, halve_chroma = false;
};

isp::OutputFormat format_for(FileKind kind, int depth) {
  switch (kind) {
    case FileKind::i420: return isp::OutputFormat::i420;
    case FileKind::nv12: return isp::OutputFormat::nv12;
    case FileKind::tiff: return depth == 8 ? isp::OutputFormat::rgb8 : isp::OutputFormat::rgb16;
    case FileKind::png: return depth == 16 ? isp::OutputFormat::rgb16 : isp::OutputFormat::rgb8;
    default: return isp::OutputFormat::rgb8;
  }
}

void turn(firmware::DevelopedFrame& frame, firmware::Orientation orientation) {
  if (orientation == firmware::Orientation{}) return;
  for (auto& picture : frame.pictures) {
    const bool interleaved = picture.format == isp::OutputFormat::nv12;
    const int pixel = picture.format == isp::OutputFormat::rgb8 ? 3 : picture.format == isp::OutputFormat::rgb16 ? 6 : 1;
    for (std::size_t plane = 0; plane < 3; ++plane)
      if (picture.planes[plane].width() > 0)
        picture.planes[plane] = firmware::oriented(std::as_const(picture.planes[plane]).view(), interleaved && plane == 1 ? 2 : pixel, orientation);
    if (orientation.transpose) std::swap(picture.width, picture.height);
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
    for (const double n : v)
      if (n < 0 || n > isp::kMaxSide) throw UsageError("--roi: found " + options.roi + ", allowed x,y,w,h inside the picture");
    request.crop = {static_cast<int>(v[0]), static_cast<int>(v[1]), static_cast<int>(v[2]), static_cast<int>(v[3])};
    if (request.crop.width < 2 || request.crop.height < 2) throw UsageError("--roi: found " + options.roi + ", allowed at least 2 x 2 pixels");
  }
  const isp::Rect crop = request.crop.width > 0 ? request.crop : picture;
  request.width = transposed ? options.height : options.width;
  request.height = transposed ? options.width : options.height;
  // One side alone keeps the picture's proportions.
  if (request.width > 0 && request.height == 0) request.height = std::max(2, (request.width * crop.height + crop.width / 2) / crop.width);
  if (request.height > 0 && request.width == 0) request.width = std::max(2, (request.height * crop.width + crop.height / 2) / crop.height);
  return request;
}

firmware::FrameRequest frame_request(const DevelopOptions& options) {
  firmware::FrameRequest request;
  request.profile = static_cast<isp::Profile>(choice("--profile", options.profile, isp::kProfileNames));
  request.as_shot = choice("--awb", options.awb, std::array<std::string_view, 2>{"as-shot", "auto"}) == 0;
  request.colorimetric = choice("--look", options.look, std::array<std::string_view, 2>{"default", "none"}) == 1;
  if (!options.awb_gains.empty()) {
    const auto v = numbers("--awbgains", options.awb_gains, 2);
    if (v[0] < 0.1 || v[1] < 0.1 || v[0] > 15 || v[1] > 15) throw UsageError("--awbgains: found " + options.awb_gains + ", allowed 0.1 to 15");
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
    if (gain < 0.01 || gain > 15) throw UsageError("--digital-gain: found " + options.digital_gain + ", allowed auto, or 0.01 to 15");
    request.digital_gain = gain;
  }
  request.exposure_value = options.exposure_value;
  request.disabled = options.disabled;
  request.threads = options.threads;
  return request;
}

hal::RawDescription description(const DevelopOptions& options) {
  hal::RawDescription d;
  if (!options.raw_format.empty()) d.format = hal::RawFormat::parse(options.raw_format);
  if (!options.black.empty()) d.black = hal::parse_black(options.black);
  if (!options.white.empty()) d.white = hal::parse_white(options.white);
  return d;
}

/// Where a file's picture goes: OUT itself for one input, a file of the input's name in the folder OUT for several.
fs::path output_path(const DevelopOptions& options, const fs::path& input) {
  const fs::path out(options.output);
  std::error_code error;
  if (!fs::is_directory(out, error)) {
    if (options.inputs.size() > 1) throw UsageError(options.output + ": several inputs need an existing folder as the output");
    return out;
  }
  return out / input.stem().concat("." + (options.encoding.empty() ? std::string("jpg") : options.encoding));
}

void write_text(const std::string& target, const std::string& text) {
  if (target == "-") {
    std::fputs(text.c_str(), stdout);
    return;
  }
  firmware::AtomicFile file(target);
  file.write(std::as_bytes(std::span(text)));
  file.commit();
}

void write(const fs::path& path, firmware::DevelopedFrame& developed, const hal::RawFrame& frame, const firmware::PictureInfo& info,
           const DevelopOptions& options) {
  firmware::Picture& picture = developed.pictures[0];
  firmware::PictureSource source;
  source.raw = &frame;
  const auto plane = [&](std::size_t i) { return std::as_const(picture.planes[i]).view(); };
  switch (picture.format) {
    case isp::OutputFormat::rgb8: source.rgb8 = plane(0); break;
    case isp::OutputFormat::rgb16: {
      const auto bytes = plane(0);
      source.rgb16 = firmware::Rgb16{reinterpret_cast<const std::uint16_t*>(bytes.data), bytes.width / 2, bytes.height, bytes.stride / 2};
      break;
    }
    case isp::OutputFormat::nv12:
    case isp::OutputFormat::i420: source.yuv = firmware::YuvPlanes{plane(0), plane(1), plane(2)}; break;
  }
  firmware::write_picture(path, source, info, {.quality = options.quality, .halve_chroma = options.halve_chroma});
}

void develop_one(const fs::path& input, const firmware::CameraTuning& tuning, const DevelopOptions& options) {
  const fs::path output = output_path(options, input);
  std::error_code error;
  if (fs::equivalent(input, output, error)) throw UsageError(output.string() + ": the output is the input");
  const FileKind kind = firmware::file_kind(output);
  const hal::RawFrame frame = hal::open_frame(input, description(options));

  const auto turned = firmware::Orientation::from_exif(frame.orientation)
                          .then(firmware::Orientation::rotation(options.rotation))
                          .then({false, options.hflip, options.vflip});
  firmware::FrameRequest request = frame_request(options);
  const int binning = request.profile == isp::Profile::preview ? 2 : 1;
  const auto geometry = isp::binned(isp::FrameGeometry::canonical(frame.raw.width, frame.raw.height, frame.raw.phase), binning);
  request.outputs = {output_request(options, {0, 0, geometry.active.width, geometry.active.height}, turned.transpose)};
  request.outputs[0].format = format_for(kind, options.depth);

  if (!options.dump_stages.empty())
    dump_stages(options.inputs.size() > 1 ? fs::path(options.dump_stages) / input.stem() : fs::path(options.dump_stages),
                prepare_frame(frame, tuning, request).registers, frame);
  firmware::DevelopedFrame developed = run_frame(frame, tuning, request);

  firmware::PictureInfo info = firmware::picture_info(frame);
  if (kind == FileKind::dng) {
    // A DNG holds the sensor's own pixels: its orientation tag turns them, and its preview.
    hal::RawFrame recorded = frame;
    recorded.orientation = turned.to_exif();
    write(output, developed, recorded, info, options);
  } else {
    turn(developed, turned);
    info.orientation = 1;
    write(output, developed, frame, info, options);
  }
  if (!options.metadata.empty()) write_text(options.metadata, metadata_json(developed.metadata));
  if (options.timing)
    std::fprintf(stderr, "%s: statistics %.1f ms, line %.1f ms (%.1f MP/s)\n", input.c_str(), developed.metadata.statistics_ms,
                 developed.metadata.line_ms, 1e-3 * frame.raw.width * frame.raw.height / developed.metadata.line_ms);
}

/// A bar on a terminal's standard error, for work on several files.
class Progress {
 public:
  explicit Progress(std::size_t total) : total_(total), shown_(total > 1 && isatty(STDERR_FILENO)) {}
  void at(std::size_t done, const std::string& name) const {
    if (!shown_) return;
    constexpr std::size_t kWidth = 30;
    const std::size_t filled = kWidth * done / total_;
    std::fprintf(stderr, "\r\033[K[%s%s] %zu/%zu %s", std::string(filled, '#').c_str(), std::string(kWidth - filled, '.').c_str(), done,
                 total_, name.c_str());
    if (done == total_) std::fputc('\n', stderr);
  }

 private:
  std::size_t total_;
  bool shown_;
};

void develop(const DevelopOptions& options) {
  firmware::CameraTuning tuning = options.tuning_file.empty() ? firmware::CameraTuning{} : firmware::load_tuning(options.tuning_file);
  for (const std::string& assignment : options.sets) set_parameter(tuning, assignment);
  const Progress progress(options.inputs.size());
  for (std::size_t i = 0; i < options.inputs.size(); ++i) {
    progress.at(i, options.inputs[i]);
    develop_one(options.inputs[i], tuning, options);
  }
  progress.at(options.inputs.size(), "");
}

}  // namespace

void add_develop(CLI::App& app) {
  const auto options = std::make_shared<DevelopOptions>();
  DevelopOptions& o = *options;
  o.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  CLI::App& command = *app.add_subcommand("develop", "Turn raw files into pictures");
  command.footer(kExamples);
  command.add_option("IN", o.inputs, "DNG, camera raw, headerless raw, or grey PNG with CFA data")->required()->expected(-1);
  command.add_option("-o,--output", o.output, "Picture (.jpg .png .tif .dng .yuv .nv12), or a folder for several")->required();
  command.add_option("-e,--encoding", o.encoding, "Extension of pictures in a folder (jpg)");
  command.add_option("--tuning-file", o.tuning_file, "Tuning of the camera module: ours, or a Raspberry Pi tuning file");
  command.add_option("--profile", o.profile, "full, lite, preview or plain")->capture_default_str();
  command.add_option("--set", o.sets, "Set a parameter: stage.field=value")->expected(1)->allow_extra_args(false)->take_all();
  command.add_option("--disable", o.disabled, "Leave a stage out")->expected(1)->allow_extra_args(false)->take_all();
  command.add_option("--dump-stages", o.dump_stages, "Write each stage's output into this folder");
  command.add_option("--awb", o.awb, "as-shot (the file's own, else estimated) or auto (estimated)")->capture_default_str();
  command.add_option("--awbgains", o.awb_gains, "White-balance gains: red,blue");
  command.add_option("--ccm", o.ccm, "Colour matrix, white-balanced camera RGB to linear sRGB: nine numbers, row by row");
  command.add_option("--look", o.look, "default, or none: colorimetric, without automatic exposure")->capture_default_str();
  command.add_option("--ev", o.exposure_value, "Exposure compensation, EV")->check(CLI::Range(-8.0, 8.0));
  command.add_option("--digital-gain", o.digital_gain, "auto (from the histogram), or a gain");
  command.add_option("-q,--quality", o.quality, "JPEG quality")->check(CLI::Range(1, 100))->capture_default_str();
  command.add_flag("--halve-chroma", o.halve_chroma, "JPEG with 4:2:0 chroma instead of 4:4:4");
  command.add_option("--depth", o.depth, "Bits of PNG (8) and TIFF (16)")->check(CLI::IsMember({8, 16}));
  command.add_option("--metadata", o.metadata, "Write metadata as JSON to this file, or - for standard output");
  command.add_flag("--timing", o.timing, "Print how long it took");
  command.add_option("--threads", o.threads, "Threads")->check(CLI::Range(1, 256))->capture_default_str();
  command.add_option("--roi", o.roi, "Part of the picture: x,y,w,h in fractions, or in pixels");
  command.add_option("--width", o.width, "Width of the picture")->check(CLI::Range(2, isp::kMaxSide));
  command.add_option("--height", o.height, "Height of the picture")->check(CLI::Range(2, isp::kMaxSide));
  command.add_flag("--hflip", o.hflip, "Mirror left and right");
  command.add_flag("--vflip", o.vflip, "Mirror top and bottom");
  command.add_option("--rotation", o.rotation, "Turn clockwise")->check(CLI::IsMember({0, 90, 180, 270}));
  command.add_option("--raw-format", o.raw_format, "Of headerless raw: WxH:FORMAT[:STRIDE], with libcamera's format names");
  command.add_option("--black", o.black, "Black level, DN: one, or four for R,Gr,Gb,B");
  command.add_option("--white", o.white, "White level, DN");
  command.callback([options] { develop(*options); });
}

}  // namespace sunny16::cli
