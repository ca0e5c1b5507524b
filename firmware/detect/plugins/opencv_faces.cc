// Faces by OpenCV's cascades of Haar features (Viola and Jones 2001, Lienhart and Maydt 2002): one for faces seen from
// the front, one for profiles, which looks at the mirrored picture too.
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

#include "firmware/control/scene/boxes.h"
#include "firmware/detect/plugin.h"

namespace sunny16::firmware {
namespace {

/// Step from size to size; boxes on one face that make one, and that make an even chance.
constexpr double kScale = 1.1;
constexpr int kNeighbours = 3;
constexpr double kEvenChance = 3;
/// Smallest face, of the picture's shorter side.
constexpr double kSmallest = 1.0 / 14;
/// Front and profile of one head.
constexpr double kSameHead = 0.3;

cv::CascadeClassifier load(const std::filesystem::path& file) {
  cv::CascadeClassifier cascade;
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    throw DetectorError(file.string() + ": no such file; Debian's package opencv-data brings it");
  if (!cascade.load(file.string())) throw DetectorError(file.string() + ": found no cascade that OpenCV reads");
  return cascade;
}

class HaarFaces final : public Detector {
 public:
  explicit HaarFaces(const std::filesystem::path& folder)
      : front_(load(folder / "haarcascade_frontalface_alt2.xml")),
        profile_(load(folder / "haarcascade_profileface.xml")) {}

  std::string_view name() const override { return kFaceDetector; }

  std::vector<Detection> detect(const DetectorInput& input) override {
    if (input.rgb.width < 3 || input.rgb.height == 0) return {};
    const cv::Mat rgb(input.rgb.height, input.rgb.width / 3, CV_8UC3, const_cast<std::uint8_t*>(input.rgb.data),
                      static_cast<std::size_t>(input.rgb.stride));
    std::vector<Detection> found;
    try {
      cv::Mat grey, mirrored;
      cv::cvtColor(rgb, grey, cv::COLOR_RGB2GRAY);
      cv::equalizeHist(grey, grey);
      cv::flip(grey, mirrored, 1);
      look(front_, grey, false, found);
      look(profile_, grey, false, found);
      look(profile_, mirrored, true, found);
    } catch (const cv::Exception& error) {
      throw DetectorError(std::string("faces: OpenCV: ") + error.what());
    }
    return selected(std::move(found), {.confidence = 0.5, .overlap = kSameHead});
  }

 private:
  static void look(cv::CascadeClassifier& cascade, const cv::Mat& grey, bool mirrored, std::vector<Detection>& found) {
    const double width = grey.cols, height = grey.rows;
    const int least = std::max(20, static_cast<int>(kSmallest * std::min(width, height)));
    std::vector<cv::Rect> boxes;
    std::vector<int> neighbours;
    cascade.detectMultiScale(grey, boxes, neighbours, kScale, kNeighbours, 0, {least, least});
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      const cv::Rect& box = boxes[i];
      const int left = mirrored ? grey.cols - box.x - box.width : box.x;
      found.push_back({.label = std::string(kFace),
                       .confidence = neighbours[i] / (neighbours[i] + kEvenChance),
                       .box = {left / width, box.y / height, box.width / width, box.height / height}});
    }
  }

  cv::CascadeClassifier front_, profile_;
};

std::unique_ptr<Detector> open(const std::filesystem::path& cascades) {
  cv::setNumThreads(1);  // the others are the camera's
  return std::make_unique<HaarFaces>(cascades);
}

}  // namespace
}  // namespace sunny16::firmware

const sunny16::firmware::Plugin sunny16_plugin{SUNNY16_VERSION, sunny16::firmware::open, nullptr};
