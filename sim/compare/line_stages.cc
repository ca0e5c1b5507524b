#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "sim/compare/stage_source.h"

namespace sunny16::sim {
namespace {

/// The executor calls back with each stage; here it waits in the call until the next stage is wanted.
class LineStages final : public StageSource {
 public:
  LineStages(const isp::LineRegisters& registers, const hal::RawFrame& frame)
      : registers_(registers), frame_(frame), line_([this] { run(); }) {
    const isp::PhonePipeline pipeline(registers);
    for (const isp::Node& node : pipeline.graph().nodes)
      if (node.last) names_.emplace_back(node.stage);
  }
  ~LineStages() override {
    const std::lock_guard lock(mutex_);
    turn_ = Turn::leave;
    changed_.notify_all();
  }
  LineStages(const LineStages&) = delete;
  LineStages& operator=(const LineStages&) = delete;

  const std::vector<std::string>& names() const override { return names_; }
  const StageOutput& next() override {
    std::unique_lock lock(mutex_);
    turn_ = Turn::line;
    changed_.notify_all();
    changed_.wait(lock, [&] { return turn_ != Turn::line; });
    if (failure_) std::rethrow_exception(failure_);
    return *output_;
  }
  double sensor_range() const override { return frame_.white - frame_.black[isp::kGr]; }

 private:
  enum class Turn { caller, line, leave };
  struct Leave {};

  void run() {
    try {
      await_turn();
      for_each_stage_output(registers_, frame_.raw, [this](const StageOutput& output) {
        hand_over(&output);
        await_turn();
      });
    } catch (const Leave&) {
    } catch (...) {
      failure_ = std::current_exception();
      hand_over(nullptr);
    }
  }
  void hand_over(const StageOutput* output) {
    const std::lock_guard lock(mutex_);
    output_ = output;
    if (turn_ == Turn::line) turn_ = Turn::caller;
    changed_.notify_all();
  }
  void await_turn() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return turn_ != Turn::caller; });
    if (turn_ == Turn::leave) throw Leave{};
  }

  const isp::LineRegisters& registers_;
  const hal::RawFrame& frame_;
  std::vector<std::string> names_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Turn turn_ = Turn::caller;
  const StageOutput* output_ = nullptr;
  std::exception_ptr failure_;
  std::jthread line_;  // last: it uses the others
};

}  // namespace

std::unique_ptr<StageSource> line_stages(const isp::LineRegisters& registers, const hal::RawFrame& frame) {
  return std::make_unique<LineStages>(registers, frame);
}

}  // namespace sunny16::sim
