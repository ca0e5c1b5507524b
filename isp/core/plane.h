// Two-dimensional views and owning images. Views are cheap values; only Image allocates.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

namespace sunny16::isp {

/// Rows of owning images and of rings start at multiples of this many bytes: one cache line, one AVX-512 vector.
inline constexpr std::size_t kRowAlignment = 64;

/// A rectangle in pixels; `x`, `y` is the first pixel inside.
struct Rect {
  int x = 0, y = 0, width = 0, height = 0;
  friend constexpr bool operator==(const Rect&, const Rect&) = default;
};

/// A view of `height` rows of `width` elements, `stride` elements apart. An interleaved RGB picture is a view whose
/// width is three times its pixel width.
template <class T>
struct PlaneView {
  T* data = nullptr;
  int width = 0, height = 0;
  std::ptrdiff_t stride = 0;

  T* row(int y) const {
    assert(y >= 0 && y < height);
    return data + y * stride;
  }
  PlaneView crop(Rect r) const { return {data + r.y * stride + r.x, r.width, r.height, stride}; }
  operator PlaneView<const T>() const
    requires(!std::is_const_v<T>)
  {
    return {data, width, height, stride};
  }
};

struct AlignedDelete {
  void operator()(void* p) const noexcept { ::operator delete(p, std::align_val_t{kRowAlignment}); }
};

/// Zeroed memory aligned to kRowAlignment.
template <class T>
std::unique_ptr<T[], AlignedDelete> make_aligned(std::size_t count) {
  static_assert(std::is_trivially_copyable_v<T>);
  auto* p = static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t{kRowAlignment}));
  std::uninitialized_value_construct_n(p, count);
  return std::unique_ptr<T[], AlignedDelete>(p);
}

/// An owning plane with 64-byte rows, zeroed at birth.
template <class T>
class Image {
 public:
  Image() = default;
  Image(int width, int height)
      : width_(width),
        height_(height),
        stride_(static_cast<std::ptrdiff_t>((static_cast<std::size_t>(width) * sizeof(T) + kRowAlignment - 1) /
                                            kRowAlignment * kRowAlignment / sizeof(T))),
        data_(make_aligned<T>(static_cast<std::size_t>(stride_) * static_cast<std::size_t>(height))) {
    static_assert(kRowAlignment % sizeof(T) == 0);
  }

  int width() const { return width_; }
  int height() const { return height_; }
  PlaneView<T> view() { return {data_.get(), width_, height_, stride_}; }
  PlaneView<const T> view() const { return {data_.get(), width_, height_, stride_}; }
  T* row(int y) { return view().row(y); }
  const T* row(int y) const { return view().row(y); }

 private:
  int width_ = 0, height_ = 0;
  std::ptrdiff_t stride_ = 0;
  std::unique_ptr<T[], AlignedDelete> data_;
};

}  // namespace sunny16::isp
