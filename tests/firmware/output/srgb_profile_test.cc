#include "firmware/output/srgb_profile.h"

#include <doctest/doctest.h>
#include <lcms2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

using namespace sunny16;

TEST_CASE("the profile is sRGB to lcms") {
  const auto& bytes = firmware::srgb_profile();
  const auto ours = cmsOpenProfileFromMem(bytes.data(), static_cast<cmsUInt32Number>(bytes.size())),
             theirs = cmsCreate_sRGBProfile();
  REQUIRE(ours);
  CHECK(cmsGetProfileVersion(ours) == doctest::Approx(2.1));
  const auto transform = cmsCreateTransform(ours, TYPE_RGB_8, theirs, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC, 0);
  REQUIRE(transform);
  int worst = 0;
  for (int r = 0; r < 256; r += 5)
    for (int g = 0; g < 256; g += 5)
      for (int b = 0; b < 256; b += 15) {
        const std::array<std::uint8_t, 3> in{static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g),
                                             static_cast<std::uint8_t>(b)};
        std::array<std::uint8_t, 3> out{};
        cmsDoTransform(transform, in.data(), out.data(), 1);
        for (std::size_t c = 0; c < 3; ++c) worst = std::max(worst, std::abs(in[c] - out[c]));
      }
  CHECK(worst <= 1);
  cmsDeleteTransform(transform);
  cmsCloseProfile(ours);
  cmsCloseProfile(theirs);
}
