#include "firmware/service/signals.h"

#include <unistd.h>

namespace sunny16::firmware {

StopSignals::StopSignals() {
  sigemptyset(&set_);
  sigaddset(&set_, SIGTERM);
  sigaddset(&set_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
}

bool StopSignals::wait(int milliseconds) const {
  const timespec time{milliseconds / 1000, milliseconds % 1000 * 1'000'000L};
  return sigtimedwait(&set_, nullptr, &time) > 0;
}

void StopSignals::force_next() const {
  for (const int signal : {SIGTERM, SIGINT}) std::signal(signal, [](int) { _exit(1); });
  pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
}

}  // namespace sunny16::firmware
