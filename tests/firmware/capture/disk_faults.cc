#include "tests/firmware/capture/disk_faults.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <thread>

namespace {

using sunny16::test::disk_faults;

template <class F>
F* real(const char* name) {
  return reinterpret_cast<F*>(dlsym(RTLD_NEXT, name));
}

/// Whether this call fails; errno then says why.
bool fails() {
  const int call = ++disk_faults.calls, at = disk_faults.at_call;
  if (at == 0 || (disk_faults.for_good ? call < at : call != at)) return false;
  if (disk_faults.error == 0) kill(getpid(), SIGKILL);
  errno = disk_faults.error;
  return true;
}

}  // namespace

// These stand before the C library's for everything in this program.
extern "C" {

int open(const char* path, int flags, ...) {
  mode_t mode = 0;
  if (flags & O_CREAT) {
    va_list arguments;
    va_start(arguments, flags);
    mode = va_arg(arguments, mode_t);
    va_end(arguments);
    if (fails()) return -1;
  }
  return real<int(const char*, int, ...)>("open")(path, flags, mode);
}

int fsync(int descriptor) {
  if (disk_faults.slow_ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(disk_faults.slow_ms));
  return fails() ? -1 : real<int(int)>("fsync")(descriptor);
}

int rename(const char* from, const char* to) {
  return fails() ? -1 : real<int(const char*, const char*)>("rename")(from, to);
}

}  // extern "C"
