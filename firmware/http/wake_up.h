// Wakes a coroutine from any other thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace sunny16::firmware {

namespace asio = boost::asio;

/// Belongs to one coroutine, on whose strand all but the notifier is called.
class WakeUp {
 public:
  explicit WakeUp(const asio::any_io_executor& strand);
  ~WakeUp();
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;

  /// To be called from any thread, also when the WakeUp and its executor are gone.
  std::function<void()> notifier() const;

  /// Returns once the notifier was called since the last wait(), or false when the limit has passed.
  asio::awaitable<bool> wait(std::chrono::milliseconds limit);

 private:
  struct Bell;
  asio::steady_timer timer_;
  std::shared_ptr<Bell> bell_;
};

}  // namespace sunny16::firmware
