// Two executors of one graph that give the same bytes: strips through rings, and the whole image at once.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "isp/pipeline/graph.h"
#include "isp/pipeline/output_tail.h"
#include "isp/pipeline/plan.h"

namespace sunny16::isp {

/// Which implementation of each pass runs.
enum class Kernels : std::uint8_t { fast, reference };

/// Told before and after each pass's row: for benchmarks. Off the pixel path, and costs nothing when absent.
class PassObserver {
 public:
  virtual ~PassObserver() = default;
  virtual void begin(int node) = 0;
  virtual void end(int node) = 0;
};

/// What an executor needs besides the graph. `raw` is read, `outputs` (one per tail) and `statistics` are written.
struct Job {
  RawView raw;
  int binning = 1;
  std::span<const OutputTail> tails;
  std::span<const OutputView> outputs;
  Statistics* statistics = nullptr;  ///< counts are added; null: taps do not run
};

/// Runs band `band` of the plan. Bands write disjoint parts of the outputs, and may run on several threads at the same time, each
/// with its own `arena` of plan.arena_bytes, aligned to kRowAlignment, and its own statistics.
void run_band(const Graph& graph, const Plan& plan, int band, const Job& job, std::byte* arena, PassObserver* observer = nullptr);

/// The slow executor and the oracle: every node over the whole frame before the next, each in an image of its own.
/// `on_stage(node, rows)` sees each stage's finished output, if given.
using StageCallback = std::function<void(const Node&, const RowStorage&)>;
void run_whole(const Graph& graph, const Job& job, Kernels kernels, const StageCallback& on_stage = {});

}  // namespace sunny16::isp
