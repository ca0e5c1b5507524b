// An object of a Raspberry Pi tuning file that knows where it stands, checks what it is asked for, and remembers which
// of its members were used.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {

class RaspberryPiBlock {
 public:
  /// `name` is what notes call it ("rpi.agc"); `path` is what errors call it.
  RaspberryPiBlock(const nlohmann::json& object, std::string name, std::string path)
      : object_(object), name_(std::move(name)), path_(std::move(path)) {
    if (!object_.is_object()) reject(path_, object_, "an object");
  }

  const std::string& path() const { return path_; }
  bool has(const std::string& key) const { return object_.contains(key); }
  std::string path_of(std::string_view key) const { return member_path(path_, key); }

  double number(const std::string& key, double fallback, Bounds bounds = kAnything) {
    if (has(key)) read_value(use(key), fallback, path_of(key), bounds);
    return fallback;
  }
  double number(const std::string& key, Bounds bounds = kAnything) {
    require(key);
    return number(key, 0, bounds);
  }

  std::vector<double> numbers(const std::string& key) {
    std::vector<double> values;
    if (has(key)) read_value(use(key), values, path_of(key), kAnything);
    return values;
  }

  std::string text(const std::string& key) {
    std::string value;
    require(key);
    read_value(use(key), value, path_of(key), kAnything);
    return value;
  }

  /// True for true, 1, and what else is not 0.
  bool flag(const std::string& key, bool fallback) {
    if (!has(key)) return fallback;
    return object_[key].is_boolean() ? use(key).get<bool>() : number(key, 0) != 0;
  }

  /// A flat list x0 y0 x1 y1 ... as `Width` lists.
  template <std::size_t Width>
  std::array<std::vector<double>, Width> tuples(const std::string& key) {
    const std::vector<double> flat = numbers(key);
    if (flat.size() % Width != 0)
      reject(path_of(key), object_[key], "a multiple of " + std::to_string(Width) + " numbers");
    std::array<std::vector<double>, Width> lists;
    for (std::size_t i = 0; i < flat.size(); ++i) lists[i % Width].push_back(flat[i]);
    return lists;
  }

  /// The member `key`, an object.
  RaspberryPiBlock child(const std::string& key) {
    require(key);
    return {use(key), name_ + "." + key, path_of(key)};
  }
  /// The names in the member `key`; none if it is absent.
  std::vector<std::string> keys(const std::string& key) {
    std::vector<std::string> names;
    if (has(key))
      for (const auto& member : child(key).object_.items()) names.push_back(member.key());
    return names;
  }

  /// Calls f(name, block) for each object in the member `key`, and adds what it left unused to the notes.
  void for_each_member(const std::string& key, std::vector<std::string>& notes,
                       const std::function<void(const std::string&, RaspberryPiBlock&)>& f) {
    for (const std::string& name : keys(key)) {
      RaspberryPiBlock block = child(key).child(name);
      f(name, block);
      block.add_unused(notes);
    }
  }

  /// The same for each object of an array.
  void for_each_element(const std::string& key, std::vector<std::string>& notes,
                        const std::function<void(RaspberryPiBlock&)>& f) {
    if (!has(key)) return;
    const nlohmann::json& array = use(key);
    if (!array.is_array()) reject(path_of(key), array, "an array");
    for (std::size_t i = 0; i < array.size(); ++i) {
      RaspberryPiBlock block(array[i], element_path(name_ + "." + key, i), element_path(path_of(key), i));
      f(block);
      block.add_unused(notes);
    }
  }

  /// "rpi.agc.desaturate: not used" for each member that nobody asked for.
  void add_unused(std::vector<std::string>& notes) const {
    for (const auto& member : object_.items())
      if (!used_.contains(member.key()) && member.key() != "comment")
        notes.push_back(member_path(name_, member.key()) + ": not used");
  }

 private:
  static constexpr Bounds kAnything{-1e9, 1e9};

  const nlohmann::json& use(const std::string& key) {
    used_.insert(key);
    return object_[key];
  }
  void require(const std::string& key) const {
    if (!has(key)) throw TuningError(path_of(key) + ": found nothing, allowed a value");
  }

  const nlohmann::json& object_;
  std::string name_, path_;
  std::set<std::string> used_;
};

}  // namespace sunny16::firmware
