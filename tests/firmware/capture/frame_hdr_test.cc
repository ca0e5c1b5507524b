#include "firmware/capture/frame_hdr.h"

#include <doctest/doctest.h>

#include "tests/firmware/capture/noisy_frame.h"

namespace sunny16::firmware {
namespace {

isp::Statistics histogram(std::initializer_list<std::pair<double, unsigned>> levels) {
  isp::Statistics statistics;
  for (const auto& [level, count] : levels)
    statistics.histogram[static_cast<std::size_t>(level * isp::Statistics::kHistogramBins)] += count;
  return statistics;
}

TEST_CASE("HDR of one frame: off is off, single is all, automatic is what highlights hold back") {
  const isp::Statistics plain = histogram({{0.18, 900}, {0.5, 100}}), window = histogram({{0.045, 900}, {0.9, 100}});
  for (const HdrMode mode : {HdrMode::off, HdrMode::night, HdrMode::automatic})
    CHECK(estimate_hdr_exposure(plain, mode).strength == doctest::Approx(0).epsilon(0.05));
  CHECK(estimate_hdr_exposure(window, HdrMode::off).digital_gain < 1.2);
  const HdrExposure automatic = estimate_hdr_exposure(window, HdrMode::automatic);
  CHECK(automatic.digital_gain == doctest::Approx(4).epsilon(0.03));
  CHECK(automatic.strength > 0.8);
  CHECK(estimate_hdr_exposure(plain, HdrMode::single_exposure).strength == 1);
  CHECK(estimate_hdr_exposure(plain, HdrMode::multi_exposure).strength == 1);
}

TEST_CASE("HDR turns local tone mapping up, from the tuning's strength to all of it") {
  const auto strength = [](double own, double hdr) {
    isp::Tunings tunings;
    isp::tuning_of<isp::LocalTone>(tunings).strength = own;
    apply_hdr(tunings, hdr);
    return isp::tuning_of<isp::LocalTone>(tunings).strength;
  };
  CHECK(strength(0, 0) == 0);
  CHECK(strength(0.5, 0) == 0.5);
  CHECK(strength(0, 0.25) == 0.25);
  CHECK(strength(0.5, 0.5) == 0.75);
  CHECK(strength(0.5, 1) == 1);
}

TEST_CASE(
    "a still's gains are its own frame's; a given thumbnail takes their place; it is counted for a controller, too") {
  const hal::RawFrame raw = frame(256, 192);
  const CameraTuning tuning;
  const auto counted = [&](const FrameRequest& request) {
    return std::get<isp::ThumbnailCells::Registers>(prepare_frame(raw, tuning, request).registers.taps).enabled;
  };
  const auto gains = [&](const FrameRequest& request) {
    return isp::hash_registers(isp::registers_of<isp::LocalTone>(prepare_frame(raw, tuning, request).registers));
  };
  FrameRequest request;
  CHECK(counted(request) == 0);
  request.decisions = FrameDecisions{};
  CHECK(counted(request) == 1);  // control judges the scene by it
  request.decisions->hdr_strength = 1;
  CHECK(counted(request) == 1);
  const auto own = gains(request);
  CHECK(gains(request) == own);
  const auto other = isp::thumbnail_of(run_frame(raw, tuning, request).statistics);
  request.thumbnail = std::make_shared<const isp::Thumbnail>(other);
  CHECK(gains(request) == own);  // what the line counts is what the first pass counted
  request.thumbnail = std::make_shared<const isp::Thumbnail>(exposed(other, 0.5));
  CHECK(gains(request) != own);
}

}  // namespace
}  // namespace sunny16::firmware
