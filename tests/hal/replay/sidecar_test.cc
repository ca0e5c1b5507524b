#include "hal/replay/sidecar.h"

#include <doctest/doctest.h>

#include <string>

#include "hal/replay/input_error.h"

using namespace sunny16;
using hal::InputError;
using hal::parse_sidecar;

TEST_CASE("a sidecar describes samples and frame") {
  const hal::Sidecar sidecar = parse_sidecar(R"({
    "raw_format": "2304x1296:SBGGR10_CSI2P", "black": [64, 63.5, 64.25, 65], "white": 1023,
    "make": "Raspberry Pi", "model": "Camera Module 3", "unique_model": "imx708", "date_time": "2024:05:01 12:00:00",
    "orientation": 3, "aperture": 1.8, "focal_length": 4.74, "noise_profile": [1e-4, 1e-7],
    "ExposureTime": 62500, "AnalogueGain": 6.9, "DigitalGain": 1.25, "ColourGains": [2, 1.6], "ColourTemperature": 3100,
    "Lux": 40, "LensPosition": 1.5, "SensorTimestamp": 9007199254740993})");
  CHECK(sidecar.description.format.value().width == 2304);
  CHECK(sidecar.description.black.value() == std::array<double, 4>{64, 63.5, 64.25, 65});
  CHECK(sidecar.description.white.value() == 1023);
  const hal::RawFrame& frame = sidecar.frame;
  CHECK(frame.make == "Raspberry Pi");
  CHECK(frame.model == "Camera Module 3");
  CHECK(frame.unique_model == "imx708");
  CHECK(frame.date_time == "2024:05:01 12:00:00");
  CHECK(frame.orientation == 3);
  CHECK(frame.aperture == 1.8);
  CHECK(frame.focal_length_mm == 4.74);
  CHECK(frame.noise.value().shot == 1e-4);
  CHECK(frame.noise.value().read == 1e-7);
  CHECK(frame.applied.exposure_us == 62500);
  CHECK(frame.applied.analogue_gain == 6.9);
  CHECK(frame.applied.digital_gain == 1.25);
  CHECK(frame.applied.colour_temperature == 3100);
  CHECK(frame.applied.lux == 40);
  CHECK(frame.applied.lens_position == 1.5);
  CHECK(frame.as_shot_neutral.value() == std::array{0.5, 1.0, 0.625});
  CHECK(frame.timestamp_ns == 9007199254740993);  // more digits than a double has
}

TEST_CASE("every key may be left out") {
  const hal::Sidecar sidecar = parse_sidecar("{}");
  CHECK_FALSE(sidecar.description.format);
  CHECK_FALSE(sidecar.description.black);
  CHECK_FALSE(sidecar.frame.as_shot_neutral);
  CHECK(parse_sidecar(R"({"black": 64})").description.black.value() == std::array<double, 4>{64, 64, 64, 64});
}

TEST_CASE("errors of a sidecar name the JSON path") {
  const auto message = [](std::string_view json) -> std::string {
    try {
      parse_sidecar(json);
    } catch (const InputError& error) {
      return error.what();
    }
    return "no error";
  };
  CHECK(message(R"({"white": "1023"})") == "/white: found \"1023\", allowed is a number from 0.0 to 65535.0");
  CHECK(message(R"({"white": -1})") == "/white: found -1, allowed is a number from 0.0 to 65535.0");
  CHECK(message(R"({"black": [64, 64, "x", 64]})") == "/black/2: found \"x\", allowed is a number from 0.0 to 65535.0");
  CHECK(message(R"({"black": [64, 64]})") == "/black: found [64,64], allowed is an array of 4 numbers");
  CHECK(message(R"({"black": null})") == "/black: found null; leave the key out instead");
  CHECK(message(R"({"whit": 1})") == "/whit: unknown key");
  CHECK(message(R"({"black": 1, "black": 2})") == "/black: the key appears twice");
  CHECK(message(R"({"orientation": 9})") == "/orientation: found 9, allowed is an integer from 1 to 8");
  CHECK(message(R"({"orientation": 1.5})") == "/orientation: found 1.5, allowed is an integer from 1 to 8");
  CHECK(message(R"({"date_time": "yesterday"})") ==
        "/date_time: found \"yesterday\", allowed is \"YYYY:MM:DD HH:MM:SS\"");
  CHECK(message(R"({"raw_format": "1x1:SRGGB8"})").starts_with("/raw_format: raw format \"1x1:SRGGB8\": width"));
  CHECK(message(R"({"black": [[1]]})") == "nested deeper than 2 levels");
  CHECK(message(std::string(100000, '[')).starts_with("100000 bytes"));
  CHECK(message(std::string(60000, '[')) == "nested deeper than 2 levels");
  CHECK(message("[]") == "/: expected an object, found array");
  CHECK(message("") == "not JSON: error at byte 1");
  CHECK(message(R"({"white": 1023,})") == "not JSON: error at byte 16");
  CHECK(message(R"({"white": 1e999})") == "a number has too large an exponent");
  CHECK(message(R"({"white": NaN})") == "not JSON: error at byte 11");
  CHECK(
      message(R"({"make": ")" + std::string(257, 'x') + R"("})").ends_with("allowed is a string of at most 256 bytes"));
}
