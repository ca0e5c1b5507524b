#include "firmware/capture/capture_library.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include "firmware/output/atomic_file.h"
#include "firmware/output/output_error.h"
#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRecord = "capture.json", kCounter = ".next-capture", kProbe = ".probe";
constexpr std::size_t kBootDigits = 8, kCounterDigits = 6, kMostRecordBytes = 1 << 20;

struct Kind {
  std::string_view extension, type;
};
constexpr std::array kKinds{Kind{".jpg", "image/jpeg"}, Kind{".dng", "image/x-adobe-dng"},
                            Kind{".json", "application/json"}};

std::string padded(std::uint64_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

std::string megabytes(double bytes) { return std::to_string(static_cast<long>(bytes / 1e6)); }

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string kernel_boot_id() { return text_of("/proc/sys/kernel/random/boot_id").substr(0, kBootDigits); }

bool all_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

/// Whether a folder's name is one that begin() gave.
bool is_id(std::string_view name) {
  return name.size() >= kBootDigits + 1 + kCounterDigits && name[kBootDigits] == '-' &&
         all_of(name.substr(0, kBootDigits), "0123456789abcdef") && all_of(name.substr(kBootDigits + 1), "0123456789");
}

std::uint64_t number_in(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

double size_of(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  return error ? 0 : static_cast<double>(size);
}

/// f(entry) for what is in a folder; nothing where it cannot be read.
template <class F>
void for_each_in(const fs::path& folder, F&& f) {
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) f(*it);
}

std::vector<CaptureFile> files_in(const fs::path& folder) {
  std::vector<CaptureFile> files;
  for_each_in(folder, [&](const fs::directory_entry& entry) {
    const std::string name = entry.path().filename();
    const auto kind = std::ranges::find(kKinds, std::string_view(entry.path().extension().native()), &Kind::extension);
    if (name.starts_with('.') || name == kRecord || kind == kKinds.end()) return;
    files.push_back({name, std::string(kind->type), size_of(entry.path())});
  });
  std::ranges::sort(files, {}, &CaptureFile::name);
  return files;
}

void write_text(const fs::path& path, std::string_view text) {
  AtomicFile file(path);
  file.write(std::as_bytes(std::span(text)));
  file.commit();
}

/// As the capture's record says; what is missing or damaged has the defaults.
CaptureInfo recorded(const fs::path& folder) {
  CaptureInfo info;
  const fs::path file = folder / kRecord;
  if (size_of(file) > kMostRecordBytes) return info;
  try {
    read_value(nlohmann::json::parse(text_of(file)), info, std::string(kRecord), {0, 0});
  } catch (const std::exception&) {  // a record that nobody can read tells nothing
    info = {};
  }
  return info;
}

}  // namespace

CaptureLibrary::CaptureLibrary(LibraryOptions options) : options_(std::move(options)) {
  if (options_.boot_id.empty()) options_.boot_id = kernel_boot_id();
  options_.boot_id.resize(kBootDigits, '0');
  std::error_code error;
  fs::create_directories(options_.folder, error);
  if (error) problem_ = options_.folder.string() + ": cannot be made: " + error.message();
  for_each_in(options_.folder, [&](const fs::directory_entry& capture) {
    const std::string name = capture.path().filename();
    if (!is_id(name)) return;
    if (name.starts_with(options_.boot_id)) next_ = std::max(next_, number_in(name.substr(kBootDigits + 1)) + 1);
    for_each_in(capture.path(), [&](const fs::directory_entry& file) {
      std::error_code ignored;
      if (file.path().extension() == ".part")
        fs::remove(file.path(), ignored);
      else
        used_bytes_ += size_of(file.path());
    });
  });
  // Captures may have been deleted since: the counter's own file remembers.
  const std::string kept = text_of(options_.folder / kCounter);
  if (kept.starts_with(options_.boot_id + " "))
    next_ = std::max(next_, number_in(std::string_view(kept).substr(kBootDigits + 1)));
}

/// Runs what writes, and keeps its failure, or that it went well, as the disk's state.
template <class F>
auto CaptureLibrary::watched(F&& write) {
  try {
    if constexpr (std::is_void_v<decltype(write())>) {
      write();
      const std::lock_guard lock(mutex_);
      problem_.clear();
    } else {
      auto result = write();
      const std::lock_guard lock(mutex_);
      problem_.clear();
      return result;
    }
  } catch (const OutputError& error) {
    const std::lock_guard lock(mutex_);
    problem_ = error.what();
    throw;
  }
}

StorageStatus CaptureLibrary::status() const {
  const std::lock_guard lock(mutex_);
  StorageStatus status{.used_bytes = used_bytes_, .quota_bytes = options_.quota_bytes, .problem = problem_};
  std::error_code error;
  const fs::space_info space = fs::space(options_.folder, error);
  status.free_bytes = error ? 0 : static_cast<double>(space.available);
  if (status.problem.empty() && error) status.problem = options_.folder.string() + ": " + error.message();
  if (status.problem.empty() && status.free_bytes < options_.reserve_bytes)
    status.problem = options_.folder.string() + ": the disk is full: " + megabytes(status.free_bytes) +
                     " MB are free, " + megabytes(options_.reserve_bytes) + " MB must stay so";
  if (status.problem.empty() && used_bytes_ >= options_.quota_bytes)
    status.problem = options_.folder.string() + ": the quota is used up: delete captures";
  status.writable = status.problem.empty();
  return status;
}

void CaptureLibrary::probe() {
  {
    const std::lock_guard lock(mutex_);
    if (problem_.empty()) return;
  }
  try {
    watched([&] {
      std::error_code error;
      fs::create_directories(options_.folder, error);
      write_text(options_.folder / kProbe, "");
      fs::remove(options_.folder / kProbe, error);
    });
  } catch (const OutputError&) {  // the state has it
  }
}

std::string CaptureLibrary::begin() {
  return watched([&] {
    std::uint64_t number;
    {
      const std::lock_guard lock(mutex_);
      number = next_++;
    }
    write_text(options_.folder / kCounter, options_.boot_id + " " + std::to_string(number + 1));
    const std::string id = options_.boot_id + "-" + padded(number, kCounterDigits);
    std::error_code error;
    fs::create_directory(folder_of(id), error);
    if (error) throw OutputError(folder_of(id).string() + ": cannot be made: " + error.message());
    const std::lock_guard lock(mutex_);
    begun_.insert(id);
    return id;
  });
}

void CaptureLibrary::record(const CaptureInfo& info) {
  CaptureInfo kept = info;
  kept.files.clear();  // the folder itself tells them
  watched([&] { write_text(folder_of(info.id) / kRecord, to_json(kept).dump(2) + "\n"); });
}

std::string CaptureLibrary::refusal(double bytes) const {
  const StorageStatus now = status();
  if (now.used_bytes + bytes > now.quota_bytes)
    return "storage: found " + megabytes(now.used_bytes) + " MB of captures, allowed " + megabytes(now.quota_bytes) +
           " MB: delete some";
  if (now.free_bytes - bytes < options_.reserve_bytes)
    return "storage: found " + megabytes(now.free_bytes) + " MB free, needed " +
           megabytes(bytes + options_.reserve_bytes) + " MB";
  return "";
}

CaptureFile CaptureLibrary::add(const std::string& id, int picture, const std::string& extension,
                                const std::function<void(const fs::path&)>& write) {
  const auto kind = std::ranges::find(kKinds, std::string_view(extension), &Kind::extension);
  const std::string name = id + "-" + padded(static_cast<std::uint64_t>(picture), 4) + extension;
  const fs::path path = folder_of(id) / name;
  return watched([&] {
    write(path);
    const double bytes = size_of(path);
    const std::lock_guard lock(mutex_);
    used_bytes_ += bytes;
    return CaptureFile{name, std::string(kind == kKinds.end() ? "application/octet-stream" : kind->type), bytes};
  });
}

std::vector<CaptureInfo> CaptureLibrary::list() const {
  std::vector<CaptureInfo> captures;
  for_each_in(options_.folder, [&](const fs::directory_entry& entry) {
    if (auto info = find(entry.path().filename())) captures.push_back(*std::move(info));
  });
  std::ranges::sort(captures, [](const CaptureInfo& a, const CaptureInfo& b) {
    return std::pair(a.created, a.id) > std::pair(b.created, b.id);
  });
  return captures;
}

std::optional<CaptureInfo> CaptureLibrary::find(const std::string& id) const {
  std::error_code error;
  if (!is_id(id) || !fs::is_directory(folder_of(id), error)) return std::nullopt;
  CaptureInfo info = recorded(folder_of(id));
  info.id = id;
  info.files = files_in(folder_of(id));
  const bool open = info.state == CaptureState::queued || info.state == CaptureState::running;
  const std::lock_guard lock(mutex_);
  if (open && !begun_.contains(id)) {
    info.state = CaptureState::failed;
    info.error = "the program ended before the capture did";
  }
  return info;
}

std::optional<fs::path> CaptureLibrary::path_of(const std::string& id, const std::string& name) const {
  if (!is_id(id)) return std::nullopt;
  const auto files = files_in(folder_of(id));
  if (std::ranges::find(files, name, &CaptureFile::name) == files.end()) return std::nullopt;
  return folder_of(id) / name;
}

bool CaptureLibrary::remove(const std::string& id) {
  std::error_code error;
  if (!is_id(id) || !fs::is_directory(folder_of(id), error)) return false;
  double bytes = 0;
  for_each_in(folder_of(id), [&](const fs::directory_entry& file) { bytes += size_of(file.path()); });
  fs::remove_all(folder_of(id), error);
  if (error) throw OutputError(folder_of(id).string() + ": cannot be removed: " + error.message());
  const std::lock_guard lock(mutex_);
  used_bytes_ = std::max(0.0, used_bytes_ - bytes);
  return true;
}

}  // namespace sunny16::firmware
