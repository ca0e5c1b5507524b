#include "firmware/capture/capture_worker.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "firmware/capture/detection.h"
#include "firmware/capture/metadata_json.h"
#include "firmware/capture/turn.h"
#include "firmware/output/atomic_file.h"
#include "firmware/output/frame_caption.h"
#include "firmware/output/picture_file.h"

namespace sunny16::firmware {
namespace {

std::size_t bytes_of(const Still& still) { return still.shot.kept->frame.raw.bytes.size(); }

}  // namespace

isp::OutputRequest cropped_output(const hal::RawFrame& frame, isp::Profile profile, const std::array<double, 4>& crop,
                                  isp::OutputFormat format, int width) {
  const int binning = profile == isp::Profile::preview ? 2 : 1;
  const isp::FrameGeometry geometry =
      isp::binned(isp::FrameGeometry::canonical(frame.raw.width, frame.raw.height, frame.raw.phase), binning);
  const int columns = geometry.active.width, rows = geometry.active.height;
  const auto part = [](double fraction, int of) { return static_cast<int>(fraction * of + 0.5) & ~1; };
  isp::OutputRequest request{.format = format};
  request.crop.width = std::clamp(part(crop[2], columns), 2, columns);
  request.crop.height = std::clamp(part(crop[3], rows), 2, rows);
  request.crop.x = std::clamp(part(crop[0], columns), 0, columns - request.crop.width);
  request.crop.y = std::clamp(part(crop[1], rows), 0, rows - request.crop.height);
  if (width > 0 && width < request.crop.width) {
    request.width = std::max(width & ~1, request.crop.width / isp::kMaxReduction + 1);
    request.height = std::max(2, (request.crop.height * request.width / request.crop.width) & ~1);
  }
  return request;
}

CaptureWorker::CaptureWorker(CaptureLibrary& library, Stored stored)
    : library_(library), stored_(std::move(stored)), thread_([this] { work(); }) {}

CaptureWorker::~CaptureWorker() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

bool CaptureWorker::add(Still still) {
  {
    const std::lock_guard lock(mutex_);
    if (!waiting_.empty() && waiting_bytes_ + bytes_of(still) > kMostWaitingBytes) return false;
    waiting_bytes_ += bytes_of(still);
    waiting_.push_back(std::move(still));
  }
  changed_.notify_all();
  return true;
}

void CaptureWorker::post(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  changed_.notify_all();
}

void CaptureWorker::drop(const std::string& id) {
  const std::lock_guard lock(mutex_);
  std::erase_if(waiting_, [&](const Still& still) {
    if (still.id != id) return false;
    waiting_bytes_ -= bytes_of(still);
    return true;
  });
}

void CaptureWorker::work() {
  // The preview comes first. On Linux a thread has a priority of its own.
  constexpr int kNice = 10;
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);
  while (const auto task = next_task()) task();
}

/// Waits for something to do; nothing: it is over.
std::function<void()> CaptureWorker::next_task() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ending_ || !tasks_.empty() || !waiting_.empty(); });
  if (!tasks_.empty()) {
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    return task;
  }
  if (waiting_.empty()) return nullptr;
  Still still = std::move(waiting_.front());
  waiting_.pop_front();
  waiting_bytes_ -= bytes_of(still);
  return [this, still = std::move(still)] { finish(still); };
}

void CaptureWorker::finish(const Still& still) {
  std::vector<CaptureFile> files;
  std::string error;
  try {
    files = store(still);
  } catch (const std::exception& problem) {
    error = problem.what();
  }
  stored_(still, files, error);
}

/// The raw file first: it is what cannot be made again.
std::vector<CaptureFile> CaptureWorker::store(const Still& still) {
  hal::RawFrame frame = still.shot.kept->frame;
  frame.date_time = still.date_time;
  FrameRequest request{.outputs = {cropped_output(frame, isp::Profile::full, still.crop, isp::OutputFormat::rgb8, 0)},
                       .decisions = still.shot.kept->decisions,
                       .adjustments = still.adjustments,
                       .look = still.look,
                       .look_use = still.look_use,
                       .threads = still.threads};
  DevelopedFrame developed = run_frame(frame, *still.tuning, request);
  Picture& picture = developed.pictures.front();
  const auto& gains = developed.metadata.colour_gains;
  if (!frame.as_shot_neutral) frame.as_shot_neutral = {1 / gains[0], 1, 1 / gains[1]};

  std::vector<CaptureFile> files;
  const auto add = [&](const char* extension, const std::function<void(const std::filesystem::path&)>& write) {
    files.push_back(library_.add(still.id, still.shot.picture, extension, write));
  };
  const auto pixels = [&] { return std::as_const(picture.planes[0]).view(); };
  if (still.request.raw) add(".dng", [&](const auto& path) { write_dng(path, frame, pixels(), developed.metadata.look); });
  if (still.request.jpeg) {
    turn(picture, Orientation::from_exif(frame.orientation));
    PictureInfo info = picture_info(frame);
    info.orientation = 1;
    info.look = developed.metadata.look;
    info.faces = face_regions(developed.metadata.detections, still.crop, Orientation::from_exif(frame.orientation),
                              picture.width, picture.height);
    add_frame(picture.planes[0], info, still.request.frame);
    add(".jpg", [&](const auto& path) { write_jpeg(path, pixels(), info, {.quality = still.request.quality}); });
  }
  add(".json", [&](const auto& path) {
    AtomicFile file(path);
    file.write(std::as_bytes(std::span(std::string_view(metadata_json(developed.metadata)))));
    file.commit();
  });
  return files;
}

}  // namespace sunny16::firmware
