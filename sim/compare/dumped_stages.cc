#include <algorithm>
#include <optional>

#include "hal/replay/input_error.h"
#include "isp/core/fixed.h"
#include "sim/compare/stage_source.h"
#include "sim/picture/read_picture.h"

namespace sunny16::sim {
namespace {

namespace fs = std::filesystem;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "NN_stage.png": the stage, or nothing for other names.
std::optional<std::string> stage_of(const fs::path& file) {
  const std::string name = file.stem().string();
  if (file.extension() != ".png" || name.size() < 4 || !is_digit(name[0]) || !is_digit(name[1]) || name[2] != '_')
    return std::nullopt;
  return name.substr(3);
}

class DumpedStages final : public StageSource {
 public:
  explicit DumpedStages(const fs::path& folder) : files_(dumped_pictures(folder)) {
    for (const fs::path& file : files_) names_.push_back(*stage_of(file));
  }

  const std::vector<std::string>& names() const override { return names_; }
  const StageOutput& next() override {
    const Picture picture = read_picture(files_[next_]);
    const std::string& name = names_[next_++];
    if (picture.width() % 2 || picture.height() % 2)
      throw hal::InputError(files_[next_ - 1].string() + ": found odd sides, allowed what --dump-stages writes");
    const StageForm form = form_of(name);
    fill(picture, form);
    return output_.emplace(StageOutput{.stage = name,
                                       .encoding = form.encoding,
                                       .mosaic = form.mosaic,
                                       .width = picture.width(),
                                       .height = picture.height(),
                                       .rows = rows_});
  }
  double sensor_range() const override { return 65535; }

 private:
  /// Back from the picture's values to the stage's.
  void fill(const Picture& picture, StageForm form) {
    const isp::Layout layout = form.mosaic ? isp::domain::LinearRaw::layout : isp::domain::DisplayRgb::layout;
    const int columns = form.mosaic ? picture.width() / 2 : picture.width();
    rows_ = {.layout = layout, .stride = 2 * static_cast<std::size_t>(columns), .capacity = picture.height() / 2};
    memory_ = isp::make_aligned<std::byte>(isp::RowStorage::bytes(layout, rows_.stride, rows_.capacity));
    rows_.base = memory_.get();
    const int scale = dump_scale(form.encoding);
    for (int y = 0; y < picture.height(); ++y)
      for (int x = 0; x < picture.width(); ++x)
        for (int colour = 0; colour < (form.mosaic ? 1 : 3); ++colour) {
          const int plane = form.mosaic ? StageOutput::plane_at(x, y) : colour;
          auto* row = reinterpret_cast<std::uint16_t*>(rows_.at(plane, 0, y));
          row[form.mosaic ? x / 2 : x] =
              static_cast<std::uint16_t>(65535 * picture.rgb.row(y)[3 * x + colour] / static_cast<float>(scale) + 0.5f);
        }
  }

  std::vector<fs::path> files_;
  std::vector<std::string> names_;
  std::size_t next_ = 0;
  isp::RowStorage rows_;
  std::unique_ptr<std::byte[], isp::AlignedDelete> memory_;
  std::optional<StageOutput> output_;
};

}  // namespace

std::vector<fs::path> dumped_pictures(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (stage_of(entry.path())) files.push_back(entry.path());
  if (error) throw hal::InputError(folder.string() + ": " + error.message());
  if (files.empty())
    throw hal::InputError(folder.string() + ": found no stages, allowed a folder that develop --dump-stages wrote");
  std::ranges::sort(files);
  return files;
}

std::unique_ptr<StageSource> dumped_stages(const fs::path& folder) { return std::make_unique<DumpedStages>(folder); }

}  // namespace sunny16::sim
