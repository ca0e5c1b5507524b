// How fast the simulated camera is: printed, not judged.
#include <chrono>
#include <ctime>

#include "sim/scene/catalogue.h"
#include "tests/sim/camera/small_camera.h"

namespace sunny16::sim {
namespace {

TEST_CASE("A camera of 1920 x 1080 before a scene that stands still") {
  for (const std::string_view module : {"imx477", "imx708"})
    for (const int threads : {1, 2})
      for (const isp::Packing packing : {isp::Packing::u16, isp::Packing::csi2_12}) {
        const auto scene = std::shared_ptr<const Scene>(make_scene("still-life"));
        test::SmallCamera small(test::small_setup(module, scene, 1920, 1080), {.packing = packing, .threads = threads});
        REQUIRE(small.camera.start() == hal::Started::running);
        small.frame();  // draws the scene
        constexpr int kFrames = 30;
        const auto start = std::chrono::steady_clock::now();
        const std::clock_t cpu_start = std::clock();
        for (int i = 0; i < kFrames; ++i) small.frame();
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        const double cpu_s = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
        const std::string what = std::string(module) + (packing == isp::Packing::u16 ? "" : ", packed") + ", threads ";
        MESSAGE(what << threads << ": " << kFrames / seconds << " frames/s, " << 1e3 * cpu_s / kFrames
                     << " ms of processor time a frame");
      }
}

}  // namespace
}  // namespace sunny16::sim
