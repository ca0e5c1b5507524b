// Work that is the same whichever thread does it.
#pragma once

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace sunny16::sim {

/// Calls f(i) for each i in 0 .. count - 1, on up to `threads` threads. The first exception is thrown again here.
template <class F>
void in_parallel(int count, int threads, F&& f) {
  std::atomic<int> next{0};
  std::exception_ptr failure;
  std::once_flag failed;
  const auto work = [&] {
    try {
      for (int i = next++; i < count; i = next++) f(i);
    } catch (...) {
      std::call_once(failed, [&] { failure = std::current_exception(); });
      next = count;
    }
  };
  {
    std::vector<std::jthread> others;
    for (int i = 1; i < std::min(threads, count); ++i) others.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace sunny16::sim
