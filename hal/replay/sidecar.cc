#include "hal/replay/sidecar.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "hal/replay/input_error.h"

namespace sunny16::hal {
namespace {

using nlohmann::json;

/// Parses an object whose values are scalars or flat arrays; nlohmann::json alone would keep the last of two equal keys
/// and follow any depth.
json parse_flat_object(std::string_view text) {
  constexpr int kMaxDepth = 2;
  std::set<std::string> keys;
  const auto check = [&](int depth, json::parse_event_t event, json& value) {
    if (depth >= kMaxDepth && (event == json::parse_event_t::array_start || event == json::parse_event_t::object_start))
      throw InputError("nested deeper than " + std::to_string(kMaxDepth) + " levels");
    if (depth == 1 && event == json::parse_event_t::key && !keys.insert(value.get<std::string>()).second)
      throw InputError("/" + value.get<std::string>() + ": the key appears twice");
    return true;
  };
  try {
    json object = json::parse(text, check);
    if (!object.is_object()) throw InputError("/: expected an object, found " + std::string(object.type_name()));
    return object;
  } catch (const json::parse_error& error) {
    throw InputError("not JSON: error at byte " + std::to_string(error.byte));
  } catch (const json::out_of_range&) {
    throw InputError("a number has too large an exponent");
  }
}

/// Takes values out of an object by key; what has not been taken at the end is unknown.
class Reader {
 public:
  explicit Reader(json object) : object_(std::move(object)) {}

  std::optional<double> number(std::string_view key, double minimum, double maximum) {
    const json value = take(key);
    if (value.is_null()) return std::nullopt;
    return checked('/' + std::string(key), value, minimum, maximum);
  }

  std::optional<std::uint64_t> integer(std::string_view key, std::uint64_t minimum, std::uint64_t maximum) {
    const json value = take(key);
    if (value.is_null()) return std::nullopt;
    const auto v = value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
    if (!value.is_number_unsigned() || v < minimum || v > maximum)
      throw wrong('/' + std::string(key), value,
                  "an integer from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    return v;
  }

  /// An array of `count` numbers.
  std::optional<std::vector<double>> numbers(std::string_view key, std::size_t count, double minimum, double maximum) {
    const json value = take(key);
    if (value.is_null()) return std::nullopt;
    const std::string path = '/' + std::string(key);
    if (!value.is_array() || value.size() != count)
      throw wrong(path, value, "an array of " + std::to_string(count) + " numbers");
    std::vector<double> out;
    for (std::size_t i = 0; i < count; ++i)
      out.push_back(checked(path + '/' + std::to_string(i), value[i], minimum, maximum));
    return out;
  }

  std::optional<std::string> text(std::string_view key) {
    constexpr std::size_t kMaxLength = 256;
    const json value = take(key);
    if (value.is_null()) return std::nullopt;
    if (!value.is_string() || value.get_ref<const std::string&>().size() > kMaxLength)
      throw wrong('/' + std::string(key), value, "a string of at most 256 bytes");
    return value.get<std::string>();
  }

  bool is_array(std::string_view key) const { return object_.contains(key) && object_.at(std::string(key)).is_array(); }

  void finish() const {
    if (!object_.empty()) throw InputError("/" + object_.begin().key() + ": unknown key");
  }

 private:
  /// Null if absent; a null in the file is an error like any wrong type.
  json take(std::string_view key) {
    const auto it = object_.find(std::string(key));
    if (it == object_.end()) return nullptr;
    json value = std::move(*it);
    object_.erase(it);
    if (value.is_null()) throw InputError('/' + std::string(key) + ": found null; leave the key out instead");
    return value;
  }

  static InputError wrong(const std::string& path, const json& value, const std::string& allowed) {
    std::string found = value.dump(-1, ' ', true, json::error_handler_t::replace);
    if (found.size() > 40) found = found.substr(0, 37) + "...";
    return InputError(path + ": found " + found + ", allowed is " + allowed);
  }

  static double checked(const std::string& path, const json& value, double minimum, double maximum) {
    const double v = value.is_number() ? value.get<double>() : NAN;
    if (!(v >= minimum && v <= maximum))
      throw wrong(path, value, "a number from " + json(minimum).dump() + " to " + json(maximum).dump());
    return v;
  }

  json object_;
};

/// "YYYY:MM:DD HH:MM:SS", as EXIF writes it.
bool is_exif_date(std::string_view text) {
  constexpr std::string_view kPattern = "0000:00:00 00:00:00";
  if (text.size() != kPattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (kPattern[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != kPattern[i]) return false;
  return true;
}

}  // namespace

Sidecar parse_sidecar(std::string_view text) {
  if (text.size() > kMaxSidecarBytes)
    throw InputError(std::to_string(text.size()) + " bytes: a sidecar has at most " + std::to_string(kMaxSidecarBytes));
  Reader reader(parse_flat_object(text));
  Sidecar sidecar;

  if (const auto format = reader.text("raw_format")) {
    try {
      sidecar.description.format = RawFormat::parse(*format);
    } catch (const InputError& error) {
      throw InputError(std::string("/raw_format: ") + error.what());
    }
  }
  if (reader.is_array("black")) {
    const auto black = reader.numbers("black", 4, 0, 65535);
    sidecar.description.black = {(*black)[0], (*black)[1], (*black)[2], (*black)[3]};
  } else if (const auto black = reader.number("black", 0, 65535)) {
    sidecar.description.black = {*black, *black, *black, *black};
  }
  sidecar.description.white = reader.number("white", 0, 65535);

  RawFrame& frame = sidecar.frame;
  AppliedSettings& applied = frame.applied;
  applied.exposure_us = reader.number("ExposureTime", 0, 1e12);
  applied.analogue_gain = reader.number("AnalogueGain", 1e-3, 1e6);
  applied.digital_gain = reader.number("DigitalGain", 1e-3, 1e6);
  applied.colour_temperature = reader.number("ColourTemperature", 1000, 100000);
  applied.lux = reader.number("Lux", 0, 1e6);
  applied.lens_position = reader.number("LensPosition", 0, 1000);
  frame.timestamp_ns = reader.integer("SensorTimestamp", 0, std::numeric_limits<std::int64_t>::max()).value_or(0);
  if (const auto gains = reader.numbers("ColourGains", 2, 1e-3, 1e3))
    frame.as_shot_neutral = {1 / (*gains)[0], 1, 1 / (*gains)[1]};
  if (const auto noise = reader.numbers("noise_profile", 2, 0, 1))
    frame.noise = {.shot = (*noise)[0], .read = (*noise)[1]};
  frame.aperture = reader.number("aperture", 0.1, 1000);
  frame.focal_length_mm = reader.number("focal_length", 0.01, 100000);
  frame.orientation = static_cast<int>(reader.integer("orientation", 1, 8).value_or(1));
  frame.make = reader.text("make").value_or("");
  frame.model = reader.text("model").value_or("");
  frame.unique_model = reader.text("unique_model").value_or("");
  frame.date_time = reader.text("date_time").value_or("");
  if (!frame.date_time.empty() && !is_exif_date(frame.date_time))
    throw InputError("/date_time: found \"" + frame.date_time + "\", allowed is \"YYYY:MM:DD HH:MM:SS\"");
  reader.finish();
  return sidecar;
}

}  // namespace sunny16::hal
