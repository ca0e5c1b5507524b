#include "firmware/detect/labels.h"

#include <doctest/doctest.h>

#include "firmware/detect/detector.h"
#include "tests/temp_dir.h"

namespace sunny16::firmware {
namespace {

std::string refusal(const std::filesystem::path& file) {
  try {
    read_labels(file);
  } catch (const DetectorError& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("labels are lines; those behind the last name count for nothing") {
  const TempDir dir;
  CHECK(read_labels(dir.file("a",
                             "\xEF\xBB\xBF"
                             "cat\r\n\r\ndog\r\n\r\n")) == Labels{"cat", "", "dog"});
}

TEST_CASE("what is no list of labels says so") {
  const TempDir dir;
  CHECK(refusal(dir / "none").ends_with("none: cannot be read"));
  CHECK(refusal(dir.file("empty", "\n\n")).ends_with("empty: found no names, allowed one a line"));
  CHECK(refusal(dir.file("long", "a\n" + std::string(101, 'x')))
            .ends_with(":2: found a name of 101 bytes, allowed at most 100"));
  std::string many;
  for (int i = 0; i < 10'001; ++i) many += "a\n";
  CHECK(refusal(dir.file("many", many)).ends_with(":10001: found one more name, allowed 10000 names"));
  CHECK(refusal("/dev/zero").starts_with("/dev/zero:1: found a name of"));
}

}  // namespace
}  // namespace sunny16::firmware
