// What speed is measured on: a noisy frame of a common 12 MP sensor at analogue gain 4, and the registers it is
// developed with. Quality tests develop their pictures with the same ones, and assert so by their hash: no figure is
// fast in one setting and good in another.
#pragma once

#include <cstdint>

#include "isp/pipeline/phone_pipeline.h"
#include "sim/reference/packing.h"

namespace sunny16::sim {

inline constexpr int kBenchWidth = 4032, kBenchHeight = 3024;
inline constexpr double kBenchBlack = 256, kBenchWhite = 4095;        // DN
inline constexpr double kBenchElectrons = 2000, kBenchReadNoise = 2;  // at white; rms
inline constexpr std::array<double, 3> kBenchGains{2, 1, 1.6};        // white balance

/// The conditions of the figures above: 12 bits, and the noise that an IMX477 has at gain 4; daylight. The lens shading
/// mesh is flat: that stage works as always, and pictures need not be shaded for it.
isp::Conditions bench_conditions(int width, int height);

/// A frame under those conditions: gradients, edges of every kind and fine texture, clipped here and there. 12-bit
/// samples in 16 bits, RGGB.
RawBuffer bench_frame(int width, int height);

/// Registers of a profile: default tunings unless others are given, and one RGB8 output of the whole picture.
isp::LineRegisters bench_registers(isp::Profile profile, isp::Conditions conditions, isp::Tunings tunings = {});

/// Hash of the registers that `conditions` give at the size above: two sets of conditions that differ in nothing but
/// the size of the frame have the same.
std::uint64_t bench_hash(isp::Profile profile, isp::Conditions conditions, const isp::Tunings& tunings = {});

}  // namespace sunny16::sim
