#include "firmware/output/frame_caption.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "firmware/output/text_band.h"

namespace sunny16::firmware {
namespace {

// Of the picture's shorter side.
constexpr double kBorder = 0.04, kBottom = 0.115, kLetters = 0.026;
/// Smaller letters cannot be read, px.
constexpr double kSmallestLetters = 6;

/// Without zeros at the end: 1.8, 11. Of no language: the point is a point.
std::string number(double value, int decimals) {
  std::array<char, 40> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), value, std::chars_format::fixed, decimals);
  std::string text(digits.data(), end.ptr);
  if (decimals == 0) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

/// Whether a figure can be one at all; files say strange things.
bool plausible(std::optional<double> value) { return value && *value > 1e-7 && *value < 1e7; }

/// As on a camera: fractions of a second, and from 0.3 s decimals.
std::string exposure_text(double seconds) {
  constexpr double kDecimals = 0.29;
  return (seconds < kDecimals ? "1/" + number(1 / seconds, 0) : number(seconds, 1)) + " s";
}

/// The day of EXIF's "YYYY:MM:DD HH:MM:SS" as ISO 8601 writes it; empty where there is none.
std::string day_of(std::string_view date_time) {
  constexpr std::string_view kForm = "dddd:dd:dd";
  if (date_time.size() < kForm.size() || date_time.starts_with("0000")) return "";
  std::string day(date_time.substr(0, kForm.size()));
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool digit = day[i] >= '0' && day[i] <= '9';
    if (kForm[i] == 'd' ? !digit : day[i] != ':') return "";
    if (!digit) day[i] = '-';
  }
  return day;
}

/// Many models begin with their maker's name.
std::string camera_of(const std::string& make, const std::string& model) {
  if (make.empty() || model.starts_with(make)) return model;
  return model.empty() ? make : make + " " + model;
}

void move_faces(FaceRegions& faces, isp::Rect inside, int width, int height) {
  for (auto& [x, y, w, h] : faces.boxes) {
    x = (inside.x + x * inside.width) / width, w *= static_cast<double>(inside.width) / width;
    y = (inside.y + y * inside.height) / height, h *= static_cast<double>(inside.height) / height;
  }
  faces.width = width, faces.height = height;
}

}  // namespace

Caption caption_of(const PictureInfo& info) {
  Caption caption{.camera = camera_of(info.make, info.model)};
  const auto add = [&](const std::string& part) {
    if (!part.empty()) caption.exposure += (caption.exposure.empty() ? "" : "  ") + part;
  };
  if (plausible(info.exposure_s)) add(exposure_text(*info.exposure_s));
  if (plausible(info.aperture)) add("f/" + number(*info.aperture, 1));
  if (plausible(info.iso)) add("ISO " + number(*info.iso, 0));
  add(day_of(info.date_time));
  return caption;
}

void add_frame(isp::Image<std::uint8_t>& picture, PictureInfo& info, PictureFrame frame) {
  if (frame == PictureFrame::off) return;
  const int columns = picture.width() / 3, rows = picture.height(), side = std::min(columns, rows);
  const auto part = [&](double of_side) { return std::max(1, static_cast<int>(std::lround(of_side * side))); };
  const int border = part(kBorder), bottom = part(kBottom);
  const std::uint8_t paper = frame == PictureFrame::white ? 255 : 0, ink = frame == PictureFrame::white ? 34 : 221;

  isp::Image<std::uint8_t> framed(3 * (columns + 2 * border), border + rows + bottom);
  for (int y = 0; y < framed.height(); ++y) std::fill_n(framed.row(y), framed.width(), paper);
  for (int y = 0; y < rows; ++y) std::copy_n(picture.row(y), 3 * columns, framed.row(border + y) + 3 * border);

  if (const double letters = kLetters * side; letters >= kSmallestLetters) {
    const Caption caption = caption_of(info);
    const auto band = text_band(columns, bottom, letters, caption.camera, caption.exposure);
    for (int y = 0; y < bottom; ++y)
      for (int x = 0; x < columns; ++x) {
        const int covered = band.row(y)[x];
        std::fill_n(framed.row(border + rows + y) + 3 * (border + x), 3,
                    static_cast<std::uint8_t>((paper * (255 - covered) + ink * covered + 127) / 255));
      }
  }
  move_faces(info.faces, {border, border, columns, rows}, framed.width() / 3, framed.height());
  picture = std::move(framed);
}

}  // namespace sunny16::firmware
