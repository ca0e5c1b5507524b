// The line against OpenCV's functions, in one run: each takes its turn, again and again, so that whatever else the
// machine does meets all of them alike.
//
// OpenCV's chain is the least that makes a picture of the same raw frame, on one thread: 16-bit subtraction of black,
// scale, edge-aware demosaic, colour matrix (white balance folded in), 8 bits, look-up table. No defects, no denoise,
// no sharpening.
//
//   peer_bench [repeat]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "firmware/capture/frame_line.h"
#include "isp/core/exact_math.h"
#include "isp/core/simd_target.h"
#include "sim/reference/bench_frame.h"

namespace sunny16 {
namespace {

class OpenCvChain {
 public:
  explicit OpenCvChain(const sim::RawBuffer& frame)
      : raw_(frame.view.height, frame.view.width, CV_16UC1, const_cast<std::byte*>(frame.view.bytes.data()),
             frame.view.stride),
        curve_(1, 256, CV_8U) {
    cv::setNumThreads(1);
    for (int i = 0; i < 256; ++i)
      curve_.data[i] = static_cast<unsigned char>(255 * isp::exact::pow(i / 255.0, 1 / 2.2) + 0.5);
  }

  void run() {
    cv::subtract(raw_, cv::Scalar(256), scaled_);
    scaled_.convertTo(scaled_, CV_16U, 17.0);
    cv::cvtColor(scaled_, rgb16_, cv::COLOR_BayerBG2BGR_EA);
    cv::transform(rgb16_, linear_, matrix_);
    linear_.convertTo(rgb8_, CV_8U, 1 / 256.0);
    cv::LUT(rgb8_, curve_, picture_);
  }

 private:
  cv::Mat raw_, curve_, scaled_, rgb16_, linear_, rgb8_, picture_;
  cv::Matx33f matrix_{1.6f * 1.6f, -0.6f,        0,     -0.25f * 1.6f, 1.5f,
                      -0.25f * 2,  -0.2f * 1.6f, -0.5f, 1.7f * 2};  // B, G, R
};

/// The line on the benchmark's frame.
class Line {
 public:
  Line(isp::Profile profile, int threads, const sim::RawBuffer& frame)
      : threads_(threads),
        frame_(frame),
        registers_(sim::bench_registers(profile, sim::bench_conditions(frame.view.width, frame.view.height))),
        pictures_(firmware::make_pictures(registers_)),
        views_(firmware::views_of(pictures_)) {}

  void run() { firmware::run_line(registers_, frame_.view, views_, nullptr, threads_); }

 private:
  int threads_;
  const sim::RawBuffer& frame_;
  isp::LineRegisters registers_;
  std::vector<firmware::Picture> pictures_;
  std::vector<isp::OutputView> views_;
};

double seconds(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

struct Contestant {
  std::string name;
  std::function<void()> run;
  std::vector<double> cpu = {}, wall = {};  ///< seconds

  void turn() {
    const double cpu_start = seconds(CLOCK_PROCESS_CPUTIME_ID), wall_start = seconds(CLOCK_MONOTONIC);
    run();
    cpu.push_back(seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_start);
    wall.push_back(seconds(CLOCK_MONOTONIC) - wall_start);
  }
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// How many times faster `fast` is, by median and by least time.
void compare(const char* what, const std::vector<double>& slow, const std::vector<double>& fast, double target) {
  const double by_median = median(slow) / median(fast);
  std::printf("%-34s %5.2f by median, %5.2f by least; target %.1f %s\n", what, by_median,
              std::ranges::min(slow) / std::ranges::min(fast), target, by_median >= target ? "met" : "MISSED");
}

std::string processor() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("model name") || line.starts_with("Model")) return line.substr(line.find(':') + 2);
  return "unknown processor";
}

void run(int repeat) {
  const sim::RawBuffer frame = sim::bench_frame(sim::kBenchWidth, sim::kBenchHeight);
  OpenCvChain opencv(frame);
  Line lite(isp::Profile::lite, 1, frame), full(isp::Profile::full, 1, frame), full_2(isp::Profile::full, 2, frame),
      lite_2(isp::Profile::lite, 2, frame);
  std::vector<Contestant> contestants{{"OpenCV " CV_VERSION, [&] { opencv.run(); }},
                                      {"lite, 1 thread", [&] { lite.run(); }},
                                      {"full, 1 thread", [&] { full.run(); }},
                                      {"lite, 2 threads", [&] { lite_2.run(); }},
                                      {"full, 2 threads", [&] { full_2.run(); }}};
  for (Contestant& c : contestants) c.run();
  for (int i = 0; i < repeat; ++i)
    for (Contestant& c : contestants) c.turn();

  const double megapixels = 1e-6 * sim::kBenchWidth * sim::kBenchHeight;
  std::printf("%s, %.*s; %d x %d, 12 bits, gain 4; %d turns\n\n", processor().c_str(),
              static_cast<int>(isp::simd_target().size()), isp::simd_target().data(), sim::kBenchWidth,
              sim::kBenchHeight, repeat);
  for (const Contestant& c : contestants)
    std::printf("%-34s %5.0f MP/CPU s, %5.0f MP/s\n", c.name.c_str(), megapixels / median(c.cpu),
                megapixels / median(c.wall));
  std::printf("\n");
  compare("lite / OpenCV, CPU time", contestants[0].cpu, contestants[1].cpu, 2.3);
  compare("full / OpenCV, CPU time", contestants[0].cpu, contestants[2].cpu, 0.8);
  compare("lite, 2 threads / 1, wall time", contestants[1].wall, contestants[3].wall, 1.8);
  compare("full, 2 threads / 1, wall time", contestants[2].wall, contestants[4].wall, 1.8);
}

}  // namespace
}  // namespace sunny16

int main(int argc, char** argv) { sunny16::run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 15); }
