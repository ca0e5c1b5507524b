#include "firmware/output/srgb_profile.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"

namespace sunny16::firmware {
namespace {

using isp::round_half_up;

/// ICC data is big-endian.
class Writer {
 public:
  void u16(std::uint64_t v) { integer(v, 2); }
  void u32(std::uint64_t v) { integer(v, 4); }
  void text(std::string_view s) {
    for (const char c : s) bytes_.push_back(static_cast<std::byte>(c));
  }
  void zeros(std::size_t count) { bytes_.resize(bytes_.size() + count); }
  void s15_fixed_16(double v) { u32(static_cast<std::uint64_t>(round_half_up(v * 65536))); }
  void xyz(const std::array<double, 3>& v) {
    text("XYZ ");
    zeros(4);
    for (const double x : v) s15_fixed_16(x);
  }
  std::size_t size() const { return bytes_.size(); }
  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  void integer(std::uint64_t v, int count) {
    for (int i = count - 1; i >= 0; --i) bytes_.push_back(static_cast<std::byte>(v >> 8 * i & 0xFF));
  }
  std::vector<std::byte> bytes_;
};

double srgb_to_linear(double v) { return v <= 0.04045 ? v / 12.92 : isp::exact::pow((v + 0.055) / 1.055, 2.4); }

constexpr std::string_view kName = "sRGB", kCopyright = "No copyright, use freely";
// White and primaries adapted to D50 by the Bradford transform, as ICC.1:2001-04 has it for sRGB.
constexpr std::array<double, 3> kWhite{0.9642, 1.0, 0.8249}, kRed{0.43607, 0.22249, 0.01392},
    kGreen{0.38515, 0.71687, 0.09708}, kBlue{0.14307, 0.06061, 0.71410};
constexpr int kCurvePoints = 1024;

std::vector<std::byte> make_profile() {
  // Each element starts at a multiple of four bytes; the three channels share one curve.
  struct Element {
    std::string_view tag;
    std::vector<std::byte> data;
  };
  const auto element = [](std::string_view tag, auto&& fill) {
    Writer writer;
    fill(writer);
    writer.zeros((4 - writer.size() % 4) % 4);
    return Element{tag, writer.take()};
  };
  std::vector<Element> elements;
  elements.push_back(element("desc", [](Writer& w) {
    w.text("desc");
    w.zeros(4);
    w.u32(kName.size() + 1);
    w.text(kName);
    w.zeros(1 + 8 + 3 + 67);  // end of the name; no Unicode and no Macintosh name
  }));
  elements.push_back(element("cprt", [](Writer& w) {
    w.text("text");
    w.zeros(4);
    w.text(kCopyright);
    w.zeros(1);
  }));
  for (const auto& [tag, value] : {std::pair{"wtpt", &kWhite}, {"rXYZ", &kRed}, {"gXYZ", &kGreen}, {"bXYZ", &kBlue}})
    elements.push_back(element(tag, [&value = value](Writer& w) { w.xyz(*value); }));
  elements.push_back(element("rTRC", [](Writer& w) {
    w.text("curv");
    w.zeros(4);
    w.u32(kCurvePoints);
    for (int i = 0; i < kCurvePoints; ++i)
      w.u16(static_cast<std::uint64_t>(round_half_up(65535 * srgb_to_linear(i / (kCurvePoints - 1.0)))));
  }));

  constexpr std::size_t kHeader = 128, kTagEntry = 12;
  const std::size_t tags = elements.size() + 2;  // gTRC and bTRC name the red curve's data
  std::size_t total = kHeader + 4 + kTagEntry * tags;
  const std::size_t first = total;
  for (const Element& e : elements) total += e.data.size();

  Writer out;
  out.u32(total);
  out.zeros(4);         // no preferred colour engine
  out.u32(0x02100000);  // version 2.1
  out.text("mntrRGB XYZ ");
  for (const int part : {2024, 1, 1, 0, 0, 0})
    out.u16(static_cast<std::uint64_t>(part));  // a fixed date: the same bytes every time
  out.text("acsp");
  out.zeros(4 + 4 + 4 + 4 + 8 + 4);  // platform, flags, device, attributes; perceptual intent
  for (const double x : kWhite) out.s15_fixed_16(x);
  out.zeros(kHeader - out.size());
  out.u32(tags);
  std::size_t offset = first;
  const auto entry = [&](std::string_view tag, const Element& e) {
    out.text(tag);
    out.u32(offset);
    out.u32(e.data.size());
  };
  for (const Element& e : elements) {
    entry(e.tag, e);
    if (e.tag == "rTRC")
      for (const std::string_view tag : {"gTRC", "bTRC"}) entry(tag, e);
    offset += e.data.size();
  }
  std::vector<std::byte> profile = out.take();
  for (const Element& e : elements) profile.insert(profile.end(), e.data.begin(), e.data.end());
  return profile;
}

}  // namespace

const std::vector<std::byte>& srgb_profile() {
  static const std::vector<std::byte> profile = make_profile();
  return profile;
}

}  // namespace sunny16::firmware
