#include "firmware/http/wake_up.h"

#include <mutex>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace sunny16::firmware {

/// What notifiers hold. It points to the timer only while that lives, so that it may outlive the io_context.
struct WakeUp::Bell {
  std::mutex mutex;
  asio::steady_timer* timer = nullptr;
  bool rung = false;

  static void ring(const std::shared_ptr<Bell>& bell) {
    const std::scoped_lock lock(bell->mutex);
    if (!bell->timer || std::exchange(bell->rung, true)) return;
    // Timers are not to be touched from other threads, and a wait() that is just beginning has begun by then.
    asio::post(bell->timer->get_executor(), [bell] {
      const std::scoped_lock lock(bell->mutex);
      if (bell->timer) bell->timer->cancel();
    });
  }
};

WakeUp::WakeUp(const asio::any_io_executor& strand) : timer_(strand), bell_(std::make_shared<Bell>()) {
  bell_->timer = &timer_;
}

WakeUp::~WakeUp() {
  const std::scoped_lock lock(bell_->mutex);
  bell_->timer = nullptr;
}

std::function<void()> WakeUp::notifier() const {
  return [bell = bell_] { Bell::ring(bell); };
}

asio::awaitable<bool> WakeUp::wait(std::chrono::milliseconds limit) {
  const auto answered = [this] {
    const std::scoped_lock lock(bell_->mutex);
    return std::exchange(bell_->rung, false);
  };
  if (answered()) co_return true;
  timer_.expires_after(limit);
  boost::system::error_code cancelled;
  co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  co_return answered();
}

}  // namespace sunny16::firmware
