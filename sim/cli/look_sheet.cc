#include "sim/cli/look_sheet.h"

#include <algorithm>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <thread>

#include "firmware/capture/frame_line.h"
#include "firmware/capture/turn.h"
#include "firmware/output/picture_file.h"
#include "hal/replay/open_frame.h"
#include "sim/camera/module_tuning.h"
#include "sim/camera/shot.h"
#include "sim/cli/look_options.h"
#include "sim/cli/progress.h"
#include "sim/cli/table.h"

namespace sunny16::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSensor = "imx708";

/// What photographs are of, and a light for each; at night from a tripod.
struct SheetScene {
  const char* name;
  double lux, shutter_us = 0;
};
constexpr std::array kScenes{SheetScene{"still-life", 300},       SheetScene{"studio-portrait", 300},
                             SheetScene{"landscape", 20000},      SheetScene{"interior-window", 150},
                             SheetScene{"backlit-subject", 5000}, SheetScene{"night-street", 5, 100000}};

struct SheetOptions {
  LookOptions looks;
  std::string output, raws;
  std::vector<std::string> packs;
  int width = 300, quality = 88, threads = 1;
};

struct Subject {
  std::string name;
  hal::RawFrame frame;
  std::shared_ptr<const firmware::CameraTuning> tuning;
};

Subject simulated(const SheetScene& scene, std::shared_ptr<const firmware::CameraTuning> tuning, int threads) {
  sim::ShotSettings shot;
  shot.scene = scene.name;
  shot.sensor = kSensor;
  shot.lux = scene.lux;
  shot.shutter_us = scene.shutter_us;
  shot.mode = "2304:1296";
  const sim::Bench bench = sim::set_up(shot);
  const sim::Exposure exposure = sim::exposure_of(bench, shot);
  const auto timing = bench.timing(0, exposure.time_s);
  return {scene.name, bench.record(bench.electrons(timing, threads), exposure, threads), std::move(tuning)};
}

std::vector<fs::path> raw_files(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".dng" || fs::exists(entry.path().string() + ".json"))
      files.push_back(entry.path());
  std::ranges::sort(files);
  if (files.empty())
    throw UsageError(folder + ": found no raw file in it, allowed .dng and files with a sidecar FILE.json");
  return files;
}

/// The sheet: a row of pictures for each look under the look's name, and the subjects' names on top.
class Sheet {
 public:
  Sheet(std::size_t columns, std::size_t rows, int width)
      : width_(width),
        height_(width * 2 / 3),
        pixels_(kBand + static_cast<int>(rows) * (height_ + kBand), static_cast<int>(columns) * (width + kGap) - kGap,
                CV_8UC3, cv::Scalar::all(24)) {}

  int width() const { return width_; }
  int height() const { return height_; }

  void head(std::size_t column, const std::string& text) { write(text, left(column), kBand); }
  void label(std::size_t row, const std::string& text) { write(text, 0, top(row)); }
  void put(std::size_t column, std::size_t row, const firmware::Picture& picture) {
    const auto view = picture.planes[0].view();
    const cv::Mat source(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(view.data),
                         static_cast<std::size_t>(view.stride));
    source.copyTo(pixels_({left(column) + (width_ - picture.width) / 2, top(row) + (height_ - picture.height) / 2,
                           picture.width, picture.height}));
  }
  firmware::Rgb8 view() const {
    return {pixels_.data, 3 * pixels_.cols, pixels_.rows, static_cast<std::ptrdiff_t>(pixels_.step[0])};
  }

 private:
  static constexpr int kBand = 26, kGap = 4;

  int left(std::size_t column) const { return static_cast<int>(column) * (width_ + kGap); }
  int top(std::size_t row) const { return 2 * kBand + static_cast<int>(row) * (height_ + kBand); }
  /// Above a line of pictures.
  void write(const std::string& text, int x, int bottom) {
    cv::putText(pixels_, text, {x + 6, bottom - 8}, cv::FONT_HERSHEY_SIMPLEX, 0.5, cv::Scalar::all(220), 1,
                cv::LINE_AA);
  }

  int width_, height_;
  cv::Mat pixels_;
};

/// The whole picture, upright, as large as fits the sheet's cells.
firmware::Picture developed(const Subject& subject, std::shared_ptr<const firmware::Look> look, const Sheet& sheet,
                            int threads) {
  const hal::RawFrame& frame = subject.frame;
  const auto upright = firmware::Orientation::from_exif(frame.orientation);
  const isp::Rect picture = isp::FrameGeometry::canonical(frame.raw.width, frame.raw.height, frame.raw.phase).active;
  const double columns = upright.transpose ? picture.height : picture.width;
  const double rows = upright.transpose ? picture.width : picture.height;
  const double scale = std::min(sheet.width() / columns, sheet.height() / rows);
  firmware::FrameRequest request{.look = std::move(look), .threads = threads};
  request.outputs[0].width = static_cast<int>(picture.width * scale);
  request.outputs[0].height = static_cast<int>(picture.height * scale);
  firmware::DevelopedFrame result = firmware::run_frame(frame, *subject.tuning, request);
  turn(result.pictures[0], upright);
  return std::move(result.pictures[0]);
}

std::vector<Subject> subjects(const SheetOptions& options) {
  std::vector<Subject> found;
  if (options.raws.empty()) {
    const auto tuning = std::make_shared<const firmware::CameraTuning>(sim::module_tuning(sim::load_module(kSensor)));
    const Progress progress(kScenes.size());
    for (const SheetScene& scene : kScenes) {
      progress.at(found.size(), scene.name);
      found.push_back(simulated(scene, tuning, options.threads));
    }
    progress.at(kScenes.size(), "");
  } else {
    const auto tuning = std::make_shared<const firmware::CameraTuning>();
    for (const fs::path& raw : raw_files(options.raws))
      found.push_back({raw.stem().string(), hal::open_frame(raw, {}), tuning});
  }
  return found;
}

/// A row without a look, then one for each.
void make_sheet(const fs::path& output, const std::vector<Subject>& subjects, firmware::LookList looks,
                const SheetOptions& options) {
  looks.insert(looks.begin(), nullptr);
  Sheet sheet(subjects.size(), looks.size(), options.width);
  for (std::size_t column = 0; column < subjects.size(); ++column) {
    sheet.head(column, subjects[column].name);
    for (std::size_t row = 0; row < looks.size(); ++row)
      sheet.put(column, row, developed(subjects[column], looks[row], sheet, options.threads));
  }
  for (std::size_t row = 0; row < looks.size(); ++row)
    sheet.label(row, looks[row] ? looks[row]->record.full_name() + " " + looks[row]->record.version : "no look");
  firmware::PictureSource source;
  source.rgb8 = sheet.view();
  firmware::write_picture(output, source, {}, {.quality = options.quality, .halve_chroma = true});
}

/// A pack as it is without its contact sheet, which may not be there yet.
struct PackToShow {
  fs::path sheet;
  firmware::LookList looks;
};
PackToShow pack_to_show(const std::string& folder) {
  firmware::PackFiles files = firmware::read_pack_files(folder);
  auto json = nlohmann::ordered_json::parse(files.json, nullptr, false);
  const auto named = json.is_object() ? json.find("sheet") : json.end();
  if (named == json.end() || !named->is_string())
    throw UsageError(folder + "/pack.json: found no \"sheet\", allowed the name of the file to write");
  const fs::path sheet = fs::path(folder) / fs::path(named->get<std::string>()).filename();
  json.erase("sheet");
  files.json = json.dump(), files.sheets.clear();
  return {sheet, firmware::parse_pack(files, folder).looks};
}

void make_sheets(const SheetOptions& options) {
  if (options.packs.empty() == options.output.empty())
    throw UsageError("look sheet: found " + std::string(options.output.empty() ? "neither" : "both") +
                     " --output and PACK, allowed one of them");
  std::vector<PackToShow> packs;
  for (const std::string& folder : options.packs) packs.push_back(pack_to_show(folder));
  if (packs.empty()) packs.push_back({options.output, LookChooser(options.looks).looks_for("")});
  const std::vector<Subject> shown = subjects(options);
  for (const PackToShow& pack : packs) make_sheet(pack.sheet, shown, pack.looks, options);
}

}  // namespace

void add_sheet(CLI::App& look) {
  const auto options = std::make_shared<SheetOptions>();
  SheetOptions& o = *options;
  o.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  CLI::App& command =
      *look.add_subcommand("sheet", "Make a contact sheet: every look on six simulated scenes, or on raw files");
  command.add_option("PACK", o.packs,
                     "Packs' folders: writes each one's own sheet, of its looks, as its pack.json says");
  command.add_option("-o,--output", o.output, "A sheet of all looks (.jpg .png)");
  command.add_option("--raws", o.raws,
                     "A folder of .dng files, and raw files with a sidecar FILE.json, in the place of the scenes");
  command.add_option("--width", o.width, "Of a picture in the sheet")
      ->check(CLI::Range(100, 2000))
      ->capture_default_str();
  command.add_option("-q,--quality", o.quality, "JPEG quality")->check(CLI::Range(1, 100))->capture_default_str();
  command.add_option("--threads", o.threads, "Threads")->check(CLI::Range(1, 256))->capture_default_str();
  add_library_options(command, o.looks);
  command.callback([options] { make_sheets(*options); });
}

}  // namespace sunny16::cli
