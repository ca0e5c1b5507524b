#include "firmware/detect/output_layout.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "firmware/detect/detector.h"

namespace sunny16::firmware {
namespace {

using Shape = std::vector<std::int64_t>;

constexpr const char* kAllowed =
    ", allowed 1 x boxes x (5 + classes); 1 x (4 + classes) x boxes; or boxes of 1 x N x 4 with scores of 1 x N x (1 + "
    "classes), or with scores and classes of 1 x N";

bool is_table(const Shape& shape) { return shape.size() == 3 && shape[0] == 1 && shape[1] > 0 && shape[2] > 0; }
bool is_row(const Shape& shape, std::int64_t boxes) { return shape.size() == 2 && shape[0] == 1 && shape[1] == boxes; }

/// The one place among the outputs that fits.
template <class F>
std::optional<std::size_t> place(std::span<const Tensor> outputs, F&& fits) {
  for (std::size_t i = 0; i < outputs.size(); ++i)
    if (fits(outputs[i])) return i;
  return std::nullopt;
}

bool named(const Tensor& tensor, std::string_view word) { return tensor.name.find(word) != std::string::npos; }

std::string found_text(std::span<const Tensor> outputs) {
  std::string text;
  for (const Tensor& tensor : outputs)
    text += (text.empty() ? "" : ", ") + ("\"" + tensor.name + "\" of " + shape_text(tensor.shape));
  return text.empty() ? "none" : text;
}

bool whole(const Tensor& tensor) {
  constexpr std::size_t kMost = std::size_t{1} << 24;
  return elements(tensor.shape, kMost) == tensor.values.size() && !tensor.values.empty();
}

}  // namespace

OutputLayout::OutputLayout(std::span<const Tensor> outputs, Labels labels, int input_width, int input_height)
    : labels_(std::move(labels)), input_width_(input_width), input_height_(input_height) {
  const auto refuse = [&](const std::string& more = "") {
    throw DetectorError("model's outputs: found " + found_text(outputs) + more + kAllowed);
  };
  if (!std::ranges::all_of(outputs, whole)) refuse(" with other numbers of values");
  for (const Tensor& tensor : outputs) shapes_.push_back(tensor.shape);

  if (outputs.size() == 1 && is_table(outputs[0].shape)) {
    const auto rows = outputs[0].shape[1], columns = outputs[0].shape[2];
    const auto kinds = static_cast<std::int64_t>(labels_.size());
    // Where nobody told the classes, there are more boxes than numbers of one.
    const bool v5 = kinds > 0 ? columns == 5 + kinds : columns > 5 && columns < rows;
    const bool v8 = kinds > 0 ? rows == 4 + kinds : rows > 4 && rows <= columns;
    if (!v5 && !v8) refuse(kinds > 0 ? " for " + std::to_string(kinds) + " labels" : "");
    kind_ = v5 ? Kind::yolo_v5 : Kind::yolo_v8;
    return;
  }
  const auto boxes =
      place(outputs, [](const Tensor& t) { return is_table(t.shape) && t.shape[2] == 4 && named(t, "box"); });
  if (!boxes) refuse();
  boxes_ = *boxes;
  const std::int64_t n = outputs[boxes_].shape[1];
  if (outputs.size() == 2) {
    scores_ = 1 - boxes_;
    const Shape& scores = outputs[scores_].shape;
    if (!is_table(scores) || scores[1] != n || scores[2] < 2) refuse();
    if (!labels_.empty() && scores[2] != static_cast<std::int64_t>(labels_.size()) + 1)
      refuse(" for " + std::to_string(labels_.size()) + " labels");
    kind_ = Kind::ssd;
    return;
  }
  const auto scores = place(outputs, [&](const Tensor& t) { return named(t, "score") && is_row(t.shape, n); });
  const auto classes =
      place(outputs, [&](const Tensor& t) { return (named(t, "class") || named(t, "label")) && is_row(t.shape, n); });
  const auto count = place(outputs, [](const Tensor& t) { return named(t, "num") && t.values.size() == 1; });
  if (!scores || !classes || outputs.size() > 4 || (outputs.size() == 4 && !count)) refuse();
  kind_ = Kind::ssd_selected;
  scores_ = *scores, classes_ = *classes, count_ = count.value_or(0), has_count_ = count.has_value();
  top_first_ = named(outputs[boxes_], "detection_boxes");
}

std::vector<Detection> OutputLayout::read(std::span<const Tensor> outputs, double confidence) const {
  const bool same = outputs.size() == shapes_.size() && std::ranges::all_of(outputs, whole) &&
                    std::ranges::equal(outputs, shapes_, {}, &Tensor::shape);
  if (!same) throw DetectorError("model's outputs: found " + found_text(outputs) + ", allowed the shapes at first");
  if (kind_ == Kind::ssd) return read_ssd(outputs, confidence);
  if (kind_ == Kind::ssd_selected) return read_selected(outputs, confidence);
  return read_yolo(outputs[0], confidence);
}

/// `corners`: left, top, right, bottom.
Detection OutputLayout::detection(std::size_t kind, double score, const std::array<double, 4>& corners) const {
  return {.label = label_of(labels_, kind),
          .confidence = std::min(score, 1.0),
          .box = {corners[0], corners[1], corners[2] - corners[0], corners[3] - corners[1]}};
}

std::vector<Detection> OutputLayout::read_yolo(const Tensor& output, double confidence) const {
  const bool v5 = kind_ == Kind::yolo_v5;
  const auto rows = static_cast<std::size_t>(output.shape[1]), columns = static_cast<std::size_t>(output.shape[2]);
  const std::size_t boxes = v5 ? rows : columns, numbers = v5 ? columns : rows, first_class = v5 ? 5 : 4;
  const auto value = [&](std::size_t box, std::size_t number) -> double {
    return output.values[v5 ? box * columns + number : number * columns + box];
  };
  std::vector<Detection> found;
  for (std::size_t i = 0; i < boxes; ++i) {
    if (v5 && !(value(i, 4) >= confidence)) continue;
    std::size_t best = first_class;
    for (std::size_t number = first_class + 1; number < numbers; ++number)
      if (value(i, number) > value(i, best)) best = number;
    const double score = value(i, best) * (v5 ? value(i, 4) : 1);
    if (!(score >= confidence)) continue;
    const double x = value(i, 0) / input_width_, y = value(i, 1) / input_height_;
    const double half_width = value(i, 2) / input_width_ / 2, half_height = value(i, 3) / input_height_ / 2;
    found.push_back(
        detection(best - first_class, score, {x - half_width, y - half_height, x + half_width, y + half_height}));
  }
  return found;
}

std::vector<Detection> OutputLayout::read_ssd(std::span<const Tensor> outputs, double confidence) const {
  const std::vector<float>&corners = outputs[boxes_].values, &scores = outputs[scores_].values;
  const auto kinds = static_cast<std::size_t>(outputs[scores_].shape[2]);
  std::vector<Detection> found;
  for (std::size_t i = 0; i < corners.size() / 4; ++i)
    for (std::size_t kind = 1; kind < kinds; ++kind)
      if (const double score = scores[i * kinds + kind]; score >= confidence) {
        const float* c = &corners[4 * i];
        found.push_back(detection(kind - 1, score, {c[0], c[1], c[2], c[3]}));
      }
  return found;
}

std::vector<Detection> OutputLayout::read_selected(std::span<const Tensor> outputs, double confidence) const {
  const std::vector<float>&corners = outputs[boxes_].values, &scores = outputs[scores_].values;
  const double count = has_count_ ? outputs[count_].values[0] : static_cast<double>(scores.size());
  std::vector<Detection> found;
  for (std::size_t i = 0; i < scores.size() && static_cast<double>(i) < count; ++i) {
    const double kind = outputs[classes_].values[i];
    if (!(scores[i] >= confidence) || !(kind >= 0) || kind > 1e6) continue;
    const float* c = &corners[4 * i];
    const std::array<double, 4> box =
        top_first_ ? std::array<double, 4>{c[1], c[0], c[3], c[2]} : std::array<double, 4>{c[0], c[1], c[2], c[3]};
    found.push_back(detection(static_cast<std::size_t>(kind), scores[i], box));
  }
  return found;
}

}  // namespace sunny16::firmware
