#include "firmware/capture/capture_library.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "firmware/output/output_error.h"
#include "tests/temp_dir.h"

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;

LibraryOptions options_in(const TempDir& dir) {
  return {.folder = dir / "captures", .quota_bytes = 1e6, .reserve_bytes = 0, .boot_id = "0123abcd"};
}

void write_bytes(const fs::path& path, std::size_t bytes) {
  std::ofstream(path, std::ios::binary) << std::string(bytes, 'x');
}

CaptureFile add(CaptureLibrary& library, const std::string& id, int picture = 1, std::size_t bytes = 1000) {
  return library.add(id, picture, ".jpg", [&](const auto& path) { write_bytes(path, bytes); });
}

TEST_CASE("Files are named by boot, capture and picture") {
  const TempDir dir;
  CaptureLibrary library(options_in(dir));
  const std::string id = library.begin();
  CHECK(id == "0123abcd-000001");
  const CaptureFile file = add(library, id, 12);
  CHECK(file.name == "0123abcd-000001-0012.jpg");
  CHECK(file.type == "image/jpeg");
  CHECK(file.bytes == 1000);
  CHECK(library.path_of(id, file.name) == dir / "captures" / id / file.name);
  CHECK(library.status().used_bytes == 1000);
}

TEST_CASE("An id is never used again: not after deletion, not in the next run, not in the next boot") {
  const TempDir dir;
  {
    CaptureLibrary library(options_in(dir));
    library.begin();
    CHECK(library.remove(library.begin()));
  }
  {
    CaptureLibrary library(options_in(dir));
    CHECK(library.begin() == "0123abcd-000003");
    fs::remove(dir / "captures" / ".next-capture");
  }
  CHECK(CaptureLibrary(options_in(dir)).begin() == "0123abcd-000004");
  LibraryOptions next_boot = options_in(dir);
  next_boot.boot_id = "fedc9876";
  CHECK(CaptureLibrary(next_boot).begin() == "fedc9876-000001");
}

TEST_CASE("Names that the library did not give lead nowhere") {
  const TempDir dir;
  dir.file("secret.jpg", "secret");
  CaptureLibrary library(options_in(dir));
  const std::string id = library.begin();
  add(library, id);
  for (const std::string name : {"../../secret.jpg", "../secret.jpg", "", ".", "..", "capture.json", "/etc/passwd"})
    CHECK_FALSE(library.path_of(id, name));
  for (const std::string& bad :
       std::vector<std::string>{"..", ".", "", "captures", "0123abcd-1", "0123abcd-00000x", "../captures/" + id}) {
    CHECK_FALSE(library.path_of(bad, "secret.jpg"));
    CHECK_FALSE(library.find(bad));
    CHECK_FALSE(library.remove(bad));
  }
  CHECK(fs::exists(dir / "secret.jpg"));
}

TEST_CASE("The list has the newest first, and tells of captures that an earlier run left behind") {
  const TempDir dir;
  CaptureInfo first, second;
  {
    CaptureLibrary library(options_in(dir));
    first.id = library.begin(), second.id = library.begin();
    first.created = 1000, second.created = 2000;
    first.state = CaptureState::done, second.state = CaptureState::running;
    library.record(first), library.record(second);
    CHECK(library.find(second.id)->state == CaptureState::running);
  }
  CaptureLibrary library(options_in(dir));
  const auto list = library.list();
  REQUIRE(list.size() == 2);
  CHECK(list[0].id == second.id);
  CHECK(list[0].state == CaptureState::failed);
  CHECK_FALSE(list[0].error.empty());
  CHECK(list[1].state == CaptureState::done);
  CHECK(list[1].created == 1000);
}

TEST_CASE("A record that nobody can read costs the record, not the pictures") {
  const TempDir dir;
  CaptureLibrary library(options_in(dir));
  const std::string id = library.begin();
  add(library, id);
  std::ofstream(dir / "captures" / id / "capture.json") << "{\"state\": 7";
  CHECK(library.find(id)->files.size() == 1);
}

TEST_CASE("What an interrupted write left is removed") {
  const TempDir dir;
  std::string id;
  {
    CaptureLibrary library(options_in(dir));
    id = library.begin();
    add(library, id);
  }
  const fs::path part = dir / "captures" / id / (".x.jpg.77-1.part");
  write_bytes(part, 10);
  const CaptureLibrary library(options_in(dir));
  CHECK_FALSE(fs::exists(part));
  CHECK(library.find(id)->files.size() == 1);
  CHECK(library.status().used_bytes == 1000);
}

TEST_CASE("The quota refuses, and deletion makes room") {
  const TempDir dir;
  CaptureLibrary library(options_in(dir));
  const std::string id = library.begin();
  add(library, id, 1, 700'000);
  CHECK(library.refusal(100'000).empty());
  CHECK(library.refusal(400'000).find("allowed 1 MB") != std::string::npos);
  add(library, id, 2, 300'000);
  CHECK_FALSE(library.status().writable);
  CHECK(library.remove(id));
  CHECK(library.status().writable);
  CHECK(library.refusal(400'000).empty());
  LibraryOptions careful = options_in(dir);
  careful.reserve_bytes = 1e18;
  CHECK(CaptureLibrary(careful).status().problem.find("full") != std::string::npos);
}

TEST_CASE("A folder that cannot be made is a state, not an end") {
  const TempDir dir;
  dir.file("captures", "a file is in the way");
  CaptureLibrary library(options_in(dir));
  CHECK_FALSE(library.status().writable);
  CHECK(library.list().empty());
  CHECK_THROWS_AS(library.begin(), OutputError);
  fs::remove(dir / "captures");
  library.probe();
  CHECK(library.status().writable);
}

}  // namespace
}  // namespace sunny16::firmware
