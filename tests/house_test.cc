// The house: which part may include what. Reads every #include of the tree; the same table stands in README.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string_view>;

/// The C++ standard library without what makes a function impure: files, clocks, threads; or different from machine to
/// machine: <cmath> (exact_math.h stands in) and <random>.
constexpr std::string_view kPureStd = "pure std", kStd = "std";
const std::set<std::string_view> kImpure{"atomic",   "chrono",     "cmath",   "condition_variable",
                                         "ctime",    "filesystem", "fstream", "future",
                                         "iostream", "locale",     "mutex",   "random",
                                         "regex",    "thread"};

struct Rule {
  std::string_view folder;  ///< the longest one that matches counts; a folder may always include itself
  Names may_include;        ///< our own folders, and prefixes of other libraries' headers
};

const std::vector<Rule> kRules{
    {"isp", {kPureStd, "hwy/"}},
    {"hal/api", {kStd, "isp/core/"}},
    {"hal/libcamera", {kStd, "isp/core/", "hal/api/", "libcamera/", "linux/", "sys/", "fcntl.h", "unistd.h"}},
    {"hal/replay", {kStd, "isp/core/", "hal/api/", "libraw/", "tiff", "png.h", "nlohmann/"}},
    {"firmware/control", {kPureStd, "isp/", "hal/api/", "firmware/tuning/"}},
    {"firmware/tuning", {kStd, "isp/", "hal/api/", "firmware/control/", "nlohmann/"}},
    {"firmware/looks",
     {kStd, "isp/", "hal/api/", "firmware/tuning/", "firmware/control/", "firmware/output/", "nlohmann/", "sys/",
      "fcntl.h", "unistd.h"}},
    {"firmware/detect", {kStd, "isp/", "hal/api/", "firmware/", "dlfcn.h"}},
    {"firmware/detect/plugins", {kStd, "isp/", "hal/api/", "firmware/", "opencv2/", "onnxruntime"}},
    {"firmware",
     {kStd, "isp/", "hal/api/", "nlohmann/", "boost/", "fmt/", "spdlog/", "openssl/", "pango/", "jpeglib.h", "png.h",
      "tiff", "systemd/", "sys/", "fcntl.h", "unistd.h"}},
    {"sim",
     {kStd, "isp/", "hal/api/", "hal/replay/", "firmware/", "nlohmann/", "fmt/", "CLI/", "hwy/", "jpeglib.h",
      "opencv2/", "png.h", "tiff", "unistd.h"}},
    {"boards", {kStd, ""}},
};

const Rule* rule_of(std::string_view file) {
  const Rule* best = nullptr;
  for (const Rule& rule : kRules)
    if (file.starts_with(rule.folder) && file.substr(rule.folder.size()).starts_with('/') &&
        (!best || rule.folder.size() > best->folder.size()))
      best = &rule;
  return best;
}

/// `header` as written between quotes or angle brackets.
bool allowed(std::string_view file, std::string_view header) {
  const Rule* rule = rule_of(file);
  if (!rule) return true;
  const bool standard = header.find_first_of("./") == std::string_view::npos;
  if (header.starts_with(std::string(rule->folder) + '/')) return true;
  return std::ranges::any_of(rule->may_include, [&](std::string_view entry) {
    if (entry == kStd) return standard;
    if (entry == kPureStd) return standard && !kImpure.contains(header);
    return !standard && header.starts_with(entry);
  });
}

/// The header named by an #include line, or nothing.
std::optional<std::string> included(std::string_view line) {
  const auto skip_blanks = [&] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
  skip_blanks();
  if (!line.starts_with('#')) return std::nullopt;
  line.remove_prefix(1);
  skip_blanks();
  if (!line.starts_with("include")) return std::nullopt;
  const auto open = line.find_first_of("<\""), close = line.find_last_of(">\"");
  if (open == std::string_view::npos || close <= open) return std::nullopt;
  return std::string(line.substr(open + 1, close - open - 1));
}

TEST_CASE("each part includes only what the table allows it") {
  const fs::path root = SUNNY16_SOURCE_DIR;
  int files = 0;
  for (const std::string part : {"isp", "hal", "firmware", "sim", "boards"}) {
    if (!fs::exists(root / part)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / part)) {
      if (entry.path().extension() != ".h" && entry.path().extension() != ".cc") continue;
      const std::string file = fs::relative(entry.path(), root).generic_string();
      ++files;
      CHECK_MESSAGE(rule_of(file) != nullptr, file << " lies in a folder that the table does not name");
      std::ifstream text(entry.path());
      int number = 0;
      for (std::string line; std::getline(text, line);) {
        ++number;
        if (const auto header = included(line))
          CHECK_MESSAGE(allowed(file, *header), file << ":" << number << " must not include " << *header);
      }
    }
  }
  CHECK(files > 10);
}

TEST_CASE("the table forbids what it should") {
  CHECK(allowed("isp/stages/unpack.cc", "hwy/highway.h"));
  CHECK(allowed("isp/stages/unpack.cc", "vector"));
  CHECK_FALSE(allowed("isp/stages/unpack.cc", "thread"));
  CHECK_FALSE(allowed("isp/stages/unpack.cc", "cmath"));
  CHECK_FALSE(allowed("isp/stages/unpack.cc", "hal/api/raw_frame.h"));
  CHECK_FALSE(allowed("hal/api/raw_frame.h", "isp/stage/stage.h"));
  CHECK_FALSE(allowed("hal/replay/dng.cc", "libcamera/camera.h"));
  CHECK_FALSE(allowed("firmware/control/auto_exposure.cc", "boost/asio.hpp"));
  CHECK_FALSE(allowed("firmware/output/jpeg.cc", "hal/replay/dng.h"));
  CHECK_FALSE(allowed("sim/cli/main.cc", "boards/desktop/wiring.h"));
  CHECK(included("  #  include <a/b.h>  // why") == "a/b.h");
  CHECK(included("// #include <a.h>") == std::nullopt);
}

}  // namespace
