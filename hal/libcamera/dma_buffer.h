// Memory that devices share, for cameras whose driver or pipeline has none of its own to give.
#pragma once

#include <cstddef>

#include <libcamera/base/unique_fd.h>

namespace sunny16::hal {

/// A dma-buf of at least `bytes`, from a heap of the kernel's, or from udmabuf where there is no heap. Throws
/// LibcameraError, which names what was tried.
libcamera::UniqueFD allocate_dma_buffer(std::size_t bytes);

}  // namespace sunny16::hal
