#include "sim/measure/subject.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "firmware/tuning/json_reader.h"
#include "firmware/tuning/text_file.h"
#include "hal/api/raw_sample.h"
#include "hal/replay/input_error.h"
#include "hal/replay/open_frame.h"
#include "sim/measure/line_picture.h"
#include "sim/metrics/metric_error.h"
#include "sim/picture/read_picture.h"

namespace sunny16::sim {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  auto text = firmware::read_text_file(file, firmware::JsonLimits{}.bytes);
  if (!text) throw hal::InputError(file.string() + ": cannot be read");
  return *std::move(text);
}

bool is_picture(const fs::path& file, const hal::RawDescription& raw) {
  std::string extension = file.extension();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const bool described = raw.format.has_value();
  return extension == ".jpg" || extension == ".jpeg" || extension == ".tif" || extension == ".tiff" ||
         (extension == ".png" && !described && !fs::exists(file.string() + ".json"));
}

/// A picture that a colorimetric line makes of the frame.
Picture developed(const hal::RawFrame& frame, int threads) {
  firmware::FrameRequest request;
  request.colorimetric = true;
  request.threads = threads;
  request.outputs = {{.format = isp::OutputFormat::rgb16}};
  return picture_of(firmware::run_frame(frame, {}, request).pictures[0]);
}

}  // namespace

Subject::Subject(const fs::path& file, const SubjectOptions& options)
    : name_(file.string()), threads_(options.threads) {
  if (is_picture(file, options.raw)) {
    picture_ = read_picture(file);
    if (options.linear) picture_->transfer = Transfer::linear;
  } else {
    raw_ = hal::open_frame(file, options.raw);
  }
  fs::path truth = options.truth;
  if (fs::path beside = fs::path(file).replace_extension(".truth.json"); truth.empty() && fs::exists(beside))
    truth = beside;
  if (!truth.empty()) truth_ = parse_truth(text_of(truth), truth.string());
}

Subject::Subject(std::string name, Picture picture, std::optional<ShotTruth> truth, int threads)
    : name_(std::move(name)), threads_(threads), truth_(std::move(truth)), picture_(std::move(picture)) {}

const Picture& Subject::picture() const {
  if (!picture_) picture_ = developed(*raw_, threads_);
  return *picture_;
}

const std::array<isp::Image<float>, 3>& Subject::light() const {
  if (!light_) {
    const isp::Image<float> linear = linear_picture(picture());
    light_ = colour_planes(linear.view());
  }
  return *light_;
}

const isp::Image<float>& Subject::luminance() const {
  if (!luminance_) {
    const isp::Image<float> linear = linear_picture(picture());
    luminance_ = sim::luminance(linear.view());
  }
  return *luminance_;
}

const isp::Image<float>& Subject::luma() const {
  if (!luma_) {
    const isp::Image<float> display = display_picture(picture());
    luma_ = sim::luminance(display.view());
  }
  return *luma_;
}

const isp::Image<float>& Subject::mosaic() const {
  if (!raw_) throw MetricError(name_ + ": found a picture, allowed a raw frame");
  if (!mosaic_) {
    const isp::RawView& raw = raw_->raw;
    mosaic_.emplace(raw.width, raw.height);
    for (int y = 0; y < raw.height; ++y)
      for (int x = 0; x < raw.width; ++x) {
        const double black = raw_->black[isp::quad_plane(raw.phase, x, y)];
        mosaic_->row(y)[x] = static_cast<float>((hal::raw_sample(raw, x, y) - black) / (raw_->white - black));
      }
  }
  return *mosaic_;
}

const std::array<isp::Image<float>, 3>& Subject::ideal() const {
  if (!truth_)
    throw MetricError(name_ + ": found no truth, allowed a shot of sunny16 simulate with its .truth.json, or --truth");
  if (!ideal_) {
    const Bench bench = set_up(truth_->settings);
    const double exposure_s = 1e-6 * truth_->settings.shutter_us;
    const isp::Image<float> rgb =
        bench.truth(bench.timing(frame_start(bench, exposure_s, truth_->settings.frame), exposure_s), threads_);
    ideal_ = colour_planes(rgb.view());
    ideal_luminance_ = sim::luminance(rgb.view());
  }
  return *ideal_;
}

const isp::Image<float>& Subject::ideal_luminance() const {
  ideal();
  return *ideal_luminance_;
}

std::vector<PlacedTarget> Subject::targets(TargetKind kind) const {
  std::vector<PlacedTarget> found;
  if (!truth_) return found;
  const double sx = static_cast<double>(width()) / truth_->width, sy = static_cast<double>(height()) / truth_->height;
  if (std::fabs(sx / sy - 1) > 0.01)
    throw MetricError(name_ + ": found " + std::to_string(width()) + " x " + std::to_string(height()) +
                      " pixels, allowed the shape of the shot's " + std::to_string(truth_->width) + " x " +
                      std::to_string(truth_->height));
  for (PlacedTarget target : truth_->targets) {
    if (target.kind != kind) continue;
    for (auto& [x, y] : target.corners_px) x *= sx, y *= sy;
    found.push_back(std::move(target));
  }
  return found;
}

bool Subject::has(TargetKind kind) const {
  return truth_ && std::ranges::any_of(truth_->targets, [&](const PlacedTarget& t) { return t.kind == kind; });
}

std::array<Plane, 3> views(const std::array<isp::Image<float>, 3>& planes) {
  return {planes[0].view(), planes[1].view(), planes[2].view()};
}

std::array<Position, 4> corners(const PlacedTarget& target) {
  std::array<Position, 4> positions;
  std::ranges::transform(target.corners_px, positions.begin(), [](const auto& c) {
    return Position{c[0] - 0.5, c[1] - 0.5};
  });
  return positions;
}

isp::Rect inside(const PlacedTarget& target, double part) {
  const auto& c = target.corners_px;
  const double left = std::max(c[0][0], c[3][0]), right = std::min(c[1][0], c[2][0]);
  const double top = std::max(c[0][1], c[1][1]), bottom = std::min(c[2][1], c[3][1]);
  const auto range = [&](double from, double to) {
    const double middle = (from + to) / 2, half = part * (to - from) / 2;
    const int first = static_cast<int>(std::ceil(middle - half));
    return std::pair{first, static_cast<int>(std::floor(middle + half)) - first};
  };
  const auto [x, width] = range(left, right);
  const auto [y, height] = range(top, bottom);
  return {x, y, width, height};
}

}  // namespace sunny16::sim
