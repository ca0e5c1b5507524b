// A whole frame of display RGB: what frame stages read and write, between the line and its outputs.
#pragma once

#include <memory>

#include "isp/pipeline/output_tail.h"
#include "isp/pipeline/row_storage.h"
#include "isp/stage/frame_stage.h"

namespace sunny16::isp {

class DisplayFrame {
 public:
  using Domain = domain::DisplayRgb;

  explicit DisplayFrame(const FrameGeometry& frame)
      : width_(frame.width),
        height_(frame.height),
        rows_{.layout = Domain::layout, .stride = row_stride(frame.width), .capacity = frame.height / 2} {
    memory_ = make_aligned<std::byte>(RowStorage::bytes(rows_.layout, rows_.stride, rows_.capacity));
    rows_.base = memory_.get();
  }

  const RowStorage& rows() const { return rows_; }

  FrameView<Domain> view() {
    FrameView<Domain> planes;
    for (int plane = 0; plane < 3; ++plane)
      planes[static_cast<std::size_t>(plane)] = {reinterpret_cast<std::int16_t*>(rows_.at(plane, 0, 0)), width_, height_,
                                                 static_cast<std::ptrdiff_t>(3 * rows_.stride / sizeof(std::int16_t))};
    return planes;
  }
  ConstFrameView<Domain> view() const {
    const FrameView<Domain> planes = const_cast<DisplayFrame*>(this)->view();
    return {planes[0], planes[1], planes[2]};
  }
  /// As the place of a tail without dither.
  OutputView output() {
    OutputView view;
    for (int plane = 0; plane < 3; ++plane)
      view.planes[static_cast<std::size_t>(plane)] = {rows_.at(plane, 0, 0), 2 * width_, height_,
                                                      static_cast<std::ptrdiff_t>(3 * rows_.stride)};
    return view;
  }

 private:
  static std::size_t row_stride(int width) {
    return (static_cast<std::size_t>(width) * sizeof(std::int16_t) + 2 * kSlack + kRowAlignment - 1) / kRowAlignment * kRowAlignment;
  }

  int width_, height_;
  RowStorage rows_;
  std::unique_ptr<std::byte[], AlignedDelete> memory_;
};

}  // namespace sunny16::isp
