#include "firmware/output/text_band.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>

#include "firmware/output/output_error.h"

namespace sunny16::firmware {
namespace {

/// Any sans-serif stands in where the first is absent.
constexpr const char* kFamilies = "DejaVu Sans, Sans";

struct Release {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

/// Letters keep their shape and place at every size: without hints, no font or screen setting of the machine matters.
Owned<PangoContext> plain_context(PangoFontMap* fonts) {
  Owned<PangoContext> context(pango_font_map_create_context(fonts));
  const Owned<cairo_font_options_t> options(cairo_font_options_create());
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context.get(), options.get());
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  return context;
}

/// One line of text.
class Line {
 public:
  Line(PangoContext* context, double size, PangoWeight weight, const std::string& text)
      : layout_(pango_layout_new(context)) {
    const Owned<PangoFontDescription> font(pango_font_description_from_string(kFamilies));
    pango_font_description_set_weight(font.get(), weight);
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    if (!Owned<PangoFont>(pango_context_load_font(context, font.get())))
      throw OutputError("caption: no font is installed");
    pango_layout_set_font_description(layout_.get(), font.get());
    pango_layout_set_single_paragraph_mode(layout_.get(), TRUE);
    pango_layout_set_auto_dir(layout_.get(), FALSE);
    pango_layout_set_ellipsize(layout_.get(), PANGO_ELLIPSIZE_END);
    const std::unique_ptr<char, decltype(&g_free)> valid(
        g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())), &g_free);
    pango_layout_set_text(layout_.get(), valid.get(), -1);
  }

  int width() const {
    int width = 0;
    pango_layout_get_pixel_size(layout_.get(), &width, nullptr);
    return width;
  }
  void shorten(int width) {
    if (this->width() > width) pango_layout_set_width(layout_.get(), std::max(width, 0) * PANGO_SCALE);
  }
  void draw(cairo_t* cairo, int x, double baseline) const {
    cairo_move_to(cairo, x, baseline - static_cast<double>(pango_layout_get_baseline(layout_.get())) / PANGO_SCALE);
    pango_cairo_show_layout(cairo, layout_.get());
  }

 private:
  Owned<PangoLayout> layout_;
};

}  // namespace

isp::Image<std::uint8_t> text_band(int width, int height, double size, const std::string& left,
                                   const std::string& right) {
  // Cairo's rows are as the image's: multiples of 4 bytes.
  isp::Image<std::uint8_t> band(width, height);
  const Owned<cairo_surface_t> surface(cairo_image_surface_create_for_data(band.row(0), CAIRO_FORMAT_A8, width, height,
                                                                           static_cast<int>(band.view().stride)));
  const Owned<cairo_t> cairo(cairo_create(surface.get()));
  const Owned<PangoFontMap> fonts(pango_cairo_font_map_new());
  const Owned<PangoContext> context = plain_context(fonts.get());

  Line at_left(context.get(), size, PANGO_WEIGHT_BOLD, left), at_right(context.get(), size, PANGO_WEIGHT_NORMAL, right);
  const int gap = static_cast<int>(size);
  at_right.shorten(std::max(left.empty() ? width : width - at_left.width() - gap, 3 * width / 5));
  at_left.shorten(right.empty() ? width : width - at_right.width() - gap);

  constexpr double kCapitalHeight = 0.73;  // of the size
  const double baseline = (height + kCapitalHeight * size) / 2;
  at_left.draw(cairo.get(), 0, baseline);
  at_right.draw(cairo.get(), width - at_right.width(), baseline);
  cairo_surface_flush(surface.get());
  if (const cairo_status_t status = cairo_status(cairo.get()); status != CAIRO_STATUS_SUCCESS)
    throw OutputError(std::string("caption: ") + cairo_status_to_string(status));
  return band;
}

}  // namespace sunny16::firmware
