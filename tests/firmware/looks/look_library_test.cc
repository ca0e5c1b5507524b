#include "firmware/looks/look_library.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "firmware/output/output_error.h"
#include "tests/firmware/looks/small_pack.h"
#include "tests/temp_dir.h"

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;
using test::Json;

struct Shelf {
  Shelf() {
    fs::create_directory(shipped);
    write_pack_folder(shipped / "house", test::small_pack("house"));
  }
  LookLibrary library() const { return LookLibrary({shipped}, installed); }

  const TempDir folder;
  const fs::path shipped = folder / "shipped", installed = folder / "installed";
};

/// The same pack in another version, in which `dark` is darker.
PackFiles renewed(const std::string& name) {
  Json json = test::small_json(name);
  json["version"] = "2.0.0";
  json["looks"][0]["stages"]["vignette"]["strength"] = 2;
  return test::files_of(json);
}

TEST_CASE("a pack is installed, replaced and removed; what is on the disk is what the library says") {
  const Shelf shelf;
  LookLibrary library = shelf.library();
  CHECK(library.install(test::small_pack(), "body").installed);
  CHECK(names_of(library.looks()) == "house/dark house/swapped trial/dark trial/swapped");
  CHECK(library.install(renewed("trial"), "body").pack.info.version == "2.0.0");
  CHECK(find_look(shelf.library().looks(), "trial/dark")->record.version == "2.0.0");
  library.remove("trial");
  CHECK(names_of(library.looks()) == "house/dark house/swapped");
  CHECK(shelf.library().packs().size() == 1);
  CHECK(fs::is_empty(shelf.installed));
}

TEST_CASE("an installed pack stands in the place of the shipped one of its name until it goes") {
  const Shelf shelf;
  LookLibrary library = shelf.library();
  const LookLibrary::Entry& entry = library.install(renewed("house"), "body");
  CHECK((entry.shipped && entry.installed));
  CHECK(find_look(library.looks(), "house/dark")->record.version == "2.0.0");
  library.remove("house");
  CHECK(find_look(library.looks(), "house/dark")->record.version == "1.2.3");
  CHECK_THROWS_WITH_AS(library.remove("house"), "pack: found \"house\", allowed one that was installed: there is none",
                       TuningError);
}

TEST_CASE("a bad pack leaves the good one where it is") {
  const Shelf shelf;
  LookLibrary library = shelf.library();
  library.install(test::small_pack(), "body");
  PackFiles bad = renewed("trial");
  bad.cubes["swap.cube"] = "LUT_3D_SIZE 2\n0 0 0\n";
  CHECK_THROWS_AS(library.install(bad, "body"), TuningError);
  CHECK(find_look(library.looks(), "trial/dark")->record.version == "1.2.3");
  CHECK(find_look(shelf.library().looks(), "trial/dark")->record.version == "1.2.3");
}

TEST_CASE("a pack that was spoilt on the disk is told of, and the others stay") {
  const Shelf shelf;
  fs::create_directories(shelf.installed / "spoilt");
  fs::create_directories(shelf.installed / ".half-written");
  write_pack_folder(shelf.installed / "renamed", test::small_pack("trial"));
  const LookLibrary library = shelf.library();
  CHECK(names_of(library.looks()) == "house/dark house/swapped");
  REQUIRE(library.problems().size() == 2);
  for (const std::string& problem : library.problems())
    CHECK((problem.ends_with("spoilt/pack.json: cannot be opened: No such file or directory") ||
           problem == "renamed/pack.json: $.name: found \"trial\", allowed the folder's name"));
}

TEST_CASE("a folder may be a pack itself") {
  const Shelf shelf;
  CHECK(names_of(LookLibrary({shelf.shipped / "house"}).looks()) == "house/dark house/swapped");
}

TEST_CASE("without a folder for them no packs are installed") {
  LookLibrary library({});
  CHECK_THROWS_AS(library.install(test::small_pack(), "body"), OutputError);
}

TEST_CASE("a folder that is no pack is never replaced by one") {
  const TempDir folder;
  folder.file("letter.txt", "dear");
  CHECK_THROWS_WITH_AS(
      write_pack_folder(folder.path(), test::small_pack()),
      (folder.path().string() + ": found \"letter.txt\" in it, allowed a pack of looks or a new folder").c_str(),
      OutputError);
  CHECK(fs::exists(folder / "letter.txt"));
}

TEST_CASE("looks are found by their full name, or by their own where one pack has it") {
  const Shelf shelf;
  LookLibrary library = shelf.library();
  CHECK(find_look(library.looks(), "dark")->record.full_name() == "house/dark");
  library.install(test::small_pack(), "body");
  CHECK_THROWS_WITH_AS(find_look(library.looks(), "dark"),
                       "look: found \"dark\", which several packs have, allowed house/dark trial/dark", TuningError);
  CHECK_THROWS_WITH_AS(find_look(library.looks(), "sepia"),
                       "look: found \"sepia\", allowed house/dark house/swapped trial/dark trial/swapped", TuningError);
  CHECK_THROWS_WITH_AS(find_look({}, "sepia"), "look: found \"sepia\", allowed none at all", TuningError);
}

}  // namespace
}  // namespace sunny16::firmware
