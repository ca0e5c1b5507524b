#include "sim/metrics/chart_colours.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "sim/light/colour_checker.h"
#include "sim/light/lab.h"

namespace sunny16::sim {
namespace {

constexpr int kColumns = 6, kRows = 4;

/// Square roots of linear sRGB, for an eye that has adapted to the light.
PatchColours published_colours() {
  constexpr Tristimulus kD50{0.96422, 1, 0.82521};
  const isp::Matrix3 to_srgb = xyz_to_srgb(kD50);
  const auto root = [](double v) { return std::sqrt(std::max(0.0, v)); };
  PatchColours colours;
  std::ranges::transform(kColourCheckerPatches, colours.begin(), [&](const ColourCheckerPatch& patch) {
    const Tristimulus c = to_srgb * xyz_of_lab(patch.lab, kD50);
    return cv::Vec3d(root(c.X), root(c.Y), root(c.Z));
  });
  return colours;
}

cv::Vec3d mean(const PatchColours& colours) {
  cv::Vec3d sum;
  for (const cv::Vec3d& c : colours) sum += c;
  return sum / static_cast<double>(colours.size());
}

/// Sum over the patches of a's deviation times b's.
cv::Matx33d covariance(const PatchColours& a, const PatchColours& b) {
  const cv::Vec3d mean_a = mean(a), mean_b = mean(b);
  cv::Matx33d sum;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b).t();
  return sum;
}

/// What is at each place of a grid, and around it as far as a chart may reach.
class Samples {
 public:
  Samples(const Grid& grid, const cv::Mat& picture) {
    const cv::Rect box = cv::boundingRect(grid.squares);
    bounds_ = {box.x - kColumns, box.y - kColumns, box.width + 2 * kColumns, box.height + 2 * kColumns};
    samples_.resize(static_cast<std::size_t>(bounds_.area()));
    for (int v = bounds_.y; v < bounds_.br().y; ++v)
      for (int u = bounds_.x; u < bounds_.br().x; ++u) samples_[index({u, v})].colour = colour(grid, picture, {u, v});
    for (const cv::Point place : grid.squares) samples_[index(place)].square = true;
  }

  struct Sample {
    std::optional<cv::Vec3d> colour;  ///< nothing outside the picture
    bool square = false;
  };
  const Sample& operator[](cv::Point place) const { return samples_[index(place)]; }
  cv::Rect bounds() const { return bounds_; }

 private:
  std::size_t index(cv::Point place) const {
    return static_cast<std::size_t>((place.y - bounds_.y) * bounds_.width + place.x - bounds_.x);
  }

  /// The mean over the inner fifth of a place, a quarter of a patch.
  static std::optional<cv::Vec3d> colour(const Grid& grid, const cv::Mat& picture, cv::Point place) {
    constexpr double kReach = 0.2;  // places
    const cv::Point2d at = grid.in_picture(place);
    const double across = cv::norm(grid.in_picture(cv::Point2d(place) + cv::Point2d(kReach, 0)) - at);
    const double down = cv::norm(grid.in_picture(cv::Point2d(place) + cv::Point2d(0, kReach)) - at);
    const double reach = std::min(across, down);
    const bool inside = at.x - reach >= 0 && at.y - reach >= 0 && at.x + reach <= picture.cols - 1 &&
                        at.y + reach <= picture.rows - 1;  // false for what lies at infinity
    if (!inside) return std::nullopt;
    const cv::Point from(cvRound(at.x - reach), cvRound(at.y - reach)),
        to(cvRound(at.x + reach), cvRound(at.y + reach));
    const cv::Scalar sum = cv::mean(picture(cv::Rect(from, to + cv::Point(1, 1))));
    return cv::Vec3d(sum[0], sum[1], sum[2]);
  }

  cv::Rect bounds_;
  std::vector<Sample> samples_;
};

}  // namespace

double colour_checker_likeness(const PatchColours& measured) {
  static const PatchColours kPublished = published_colours();
  static const double kVariance = cv::trace(covariance(kPublished, kPublished));
  const cv::Matx33d own = covariance(measured, measured), shared = covariance(measured, kPublished);
  const double ridge = 1e-6 * cv::trace(own) + 1e-12;  // colours that are all alike explain nothing
  return cv::trace(shared.t() * (own + ridge * cv::Matx33d::eye()).inv() * shared) / kVariance;
}

std::optional<ChartPlace> most_like_a_chart(const Grid& grid, const cv::Mat& picture) {
  const Samples samples(grid, picture);
  const cv::Rect bounds = samples.bounds();
  std::optional<ChartPlace> best;
  for (const cv::Point column : {cv::Point(1, 0), cv::Point(-1, 0), cv::Point(0, 1), cv::Point(0, -1)})
    for (const cv::Point row : {cv::Point(-column.y, column.x), cv::Point(column.y, -column.x)})
      for (int v = bounds.y; v < bounds.br().y; ++v)
        for (int u = bounds.x; u < bounds.br().x; ++u) {
          const auto place = [&](int c, int r) { return cv::Point(u, v) + c * column + r * row; };
          if (!bounds.contains(place(kColumns - 1, kRows - 1))) continue;
          ChartPlace chart;
          PatchColours colours;
          bool inside = true;
          for (int i = 0; i < kColumns * kRows; ++i) {
            const Samples::Sample& s = samples[place(i % kColumns, i / kColumns)];
            chart.squares += s.square;
            inside = inside && s.colour;
            if (inside) colours[static_cast<std::size_t>(i)] = *s.colour;
          }
          if (!inside || chart.squares < static_cast<int>(kLeastGrid)) continue;
          chart.likeness = colour_checker_likeness(colours);
          if (best && best->likeness >= chart.likeness) continue;
          chart.corners = {grid.in_picture(place(0, 0)), grid.in_picture(place(kColumns - 1, 0)),
                           grid.in_picture(place(kColumns - 1, kRows - 1)), grid.in_picture(place(0, kRows - 1))};
          best = chart;
        }
  return best;
}

}  // namespace sunny16::sim
