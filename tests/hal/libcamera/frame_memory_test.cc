#include "hal/libcamera/frame_memory.h"

#include <doctest/doctest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "hal/libcamera/libcamera_error.h"

using namespace sunny16;

namespace {

/// A file in memory that holds "abcdef...".
libcamera::SharedFD alphabet() {
  int fd = memfd_create("test", MFD_CLOEXEC);
  REQUIRE(fd >= 0);
  std::string text;
  for (char c = 'a'; c <= 'z'; ++c) text += c;
  REQUIRE(write(fd, text.data(), text.size()) == 26);
  return libcamera::SharedFD(std::move(fd));
}

libcamera::FrameBuffer::Plane plane(const libcamera::SharedFD& fd, unsigned offset, unsigned length) {
  libcamera::FrameBuffer::Plane made;
  made.fd = fd, made.offset = offset, made.length = length;
  return made;
}

std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

TEST_CASE("planes of one buffer are read at their offsets, as long as anybody holds them") {
  std::shared_ptr<const hal::FrameMemory> memory;
  {
    const libcamera::SharedFD fd = alphabet();
    const libcamera::FrameBuffer buffer(std::vector{plane(fd, 0, 16), plane(fd, 16, 4), plane(fd, 20, 4)});
    memory = std::make_shared<hal::FrameMemory>(buffer, 3);
  }
  hal::FrameReading reading(memory);
  reading.begin();
  CHECK(text_of(memory->bytes()) == "abcdefghijklmnop");
  CHECK(text_of(memory->planes()[1]) == "qrst");
  CHECK(text_of(memory->planes()[2]) == "uvwx");
}

TEST_CASE("a buffer with other planes than its stream has is refused") {
  const libcamera::SharedFD fd = alphabet();
  const libcamera::FrameBuffer buffer(std::vector{plane(fd, 0, 16), plane(fd, 16, 4)});
  CHECK_THROWS_WITH_AS(hal::FrameMemory(buffer, 1), "frame buffers: found 2 planes, allowed 1", hal::LibcameraError);
}
