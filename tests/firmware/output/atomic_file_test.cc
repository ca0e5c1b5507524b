#include "firmware/output/atomic_file.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <fstream>
#include <string>

#include "firmware/output/output_error.h"
#include "tests/temp_dir.h"

using namespace sunny16;
using firmware::AtomicFile;
using firmware::OutputError;

namespace {

std::span<const std::byte> bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a file appears when it is committed, and replaces the old one") {
  const TempDir dir;
  const auto path = dir.file("out", "old");
  {
    AtomicFile file(path);
    file.write(bytes("new"));
    CHECK(text_of(path) == "old");
    file.commit();
  }
  CHECK(text_of(path) == "new");
  CHECK(std::distance(std::filesystem::directory_iterator(dir.path()), {}) == 1);
}

TEST_CASE("a file that is not committed leaves nothing") {
  const TempDir dir;
  { AtomicFile(dir / "out").write(bytes("new")); }
  CHECK(dir.empty());
}

TEST_CASE("two writers of one name do not disturb each other") {
  const TempDir dir;
  AtomicFile first(dir / "out"), second(dir / "out");
  first.write(bytes("first"));
  second.write(bytes("second"));
  second.commit();
  CHECK(text_of(dir / "out") == "second");
  first.commit();
  CHECK(text_of(dir / "out") == "first");
}

TEST_CASE("rights follow the umask, and a link stays a link") {
  const TempDir dir;
  const mode_t mask = umask(027);
  AtomicFile(dir / "out").commit();
  umask(mask);
  CHECK((std::filesystem::status(dir / "out").permissions() & std::filesystem::perms::mask) ==
        std::filesystem::perms{0640});

  std::filesystem::create_symlink("out", dir / "link");
  AtomicFile file(dir / "link");
  file.write(bytes("through the link"));
  file.commit();
  CHECK(std::filesystem::is_symlink(dir / "link"));
  CHECK(text_of(dir / "out") == "through the link");
}

TEST_CASE("what cannot be written is an error of one line") {
  const TempDir dir;
  const std::string missing = (dir / "no/folder/out").string();
  CHECK_THROWS_WITH_AS(AtomicFile{missing}, (missing + ": cannot be created: No such file or directory").c_str(),
                       OutputError);
  CHECK_THROWS_WITH_AS(AtomicFile{dir.path()}, (dir.path().string() + ": exists and is not a regular file").c_str(),
                       OutputError);
  CHECK_THROWS_WITH_AS(AtomicFile{"/dev/null"}, "/dev/null: exists and is not a regular file", OutputError);
}

TEST_CASE("a full disk is an error, and leaves nothing") {
  // A limit on the size of files stands in for a full disk: writing fails half-way.
  const TempDir dir;
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto handler = signal(SIGXFSZ, SIG_IGN);
  const rlimit small{.rlim_cur = 4096, .rlim_max = before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
  const std::string path = (dir / "out").string(), expected = path + ": cannot be written: File too large";
  const auto write = [&] {
    AtomicFile file(path);
    file.write(bytes(std::string(6000, 'x')));
    file.commit();
  };
  CHECK_THROWS_WITH_AS(write(), expected.c_str(), OutputError);
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, handler);
  CHECK(dir.empty());
}
