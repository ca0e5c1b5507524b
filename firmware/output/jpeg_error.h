// How libjpeg's errors are caught.
#pragma once

#include <csetjmp>
#include <cstdio>  // before jpeglib.h, which uses FILE

#include <jpeglib.h>

#include <array>

namespace sunny16::firmware {

/// libjpeg reports errors by calling a function that must not return; ours leaves by longjmp.
struct JpegErrorManager {
  jpeg_error_mgr base;  // first: libjpeg hands its address back
  std::jmp_buf leave;
  std::array<char, JMSG_LENGTH_MAX> message;

  [[noreturn]] static void error_exit(j_common_ptr info) {
    auto& manager = *reinterpret_cast<JpegErrorManager*>(info->err);
    info->err->format_message(info, manager.message.data());
    std::longjmp(manager.leave, 1);
  }
};

}  // namespace sunny16::firmware
