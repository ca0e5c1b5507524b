#include "hal/libcamera/dma_buffer.h"

#include <array>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <linux/dma-heap.h>
#include <linux/udmabuf.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hal/libcamera/libcamera_error.h"

namespace sunny16::hal {
namespace {

using libcamera::UniqueFD;

/// Contiguous memory first: a camera's receiver may have no IOMMU. The first is the Raspberry Pi 5's.
constexpr std::array kHeaps{"/dev/dma_heap/vidbuf_cached", "/dev/dma_heap/linux,cma", "/dev/dma_heap/reserved",
                            "/dev/dma_heap/default_cma_region", "/dev/dma_heap/system"};
constexpr const char* kUdmabuf = "/dev/udmabuf";

UniqueFD from_heap(const char* path, std::size_t bytes) {
  const UniqueFD heap(open(path, O_RDWR | O_CLOEXEC));
  dma_heap_allocation_data request{.len = bytes, .fd = 0, .fd_flags = O_RDWR | O_CLOEXEC, .heap_flags = 0};
  if (!heap.isValid() || ioctl(heap.get(), DMA_HEAP_IOCTL_ALLOC, &request) < 0) return {};
  return UniqueFD(static_cast<int>(request.fd));
}

/// udmabuf turns a file in memory, which may not shrink, into a dma-buf.
UniqueFD from_udmabuf(std::size_t bytes) {
  const UniqueFD device(open(kUdmabuf, O_RDWR | O_CLOEXEC));
  const UniqueFD memory(memfd_create("sunny16-frame", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const std::size_t whole_pages = (bytes + page - 1) / page * page;
  if (!device.isValid() || !memory.isValid() || ftruncate(memory.get(), static_cast<off_t>(whole_pages)) < 0 ||
      fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK) < 0)
    return {};
  udmabuf_create request{};
  request.memfd = static_cast<unsigned>(memory.get());
  request.flags = UDMABUF_FLAGS_CLOEXEC;
  request.size = whole_pages;
  return UniqueFD(ioctl(device.get(), UDMABUF_CREATE, &request));
}

}  // namespace

UniqueFD allocate_dma_buffer(std::size_t bytes) {
  std::string tried;
  for (const char* heap : kHeaps) {
    if (UniqueFD buffer = from_heap(heap, bytes); buffer.isValid()) return buffer;
    tried.append(heap).append(" ");
  }
  UniqueFD buffer = from_udmabuf(bytes);
  if (!buffer.isValid())
    throw LibcameraError("frame buffers of " + std::to_string(bytes) + " bytes: none from " + tried + kUdmabuf + ": " +
                         std::generic_category().message(errno));
  return buffer;
}

}  // namespace sunny16::hal
