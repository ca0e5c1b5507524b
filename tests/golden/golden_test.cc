// The golden hashes in golden.txt are what this machine computes: on every instruction set, and from the reference
// rows.
#include "sim/reference/golden.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "tests/isp/every_target.h"

namespace sunny16::sim {
namespace {

std::string golden_file() {
  std::ifstream in(SUNNY16_SOURCE_DIR "/tests/golden/golden.txt");
  return {std::istreambuf_iterator<char>(in), {}};
}

void check(const std::string& found) {
  const std::vector<std::string> changed = golden_difference(golden_file(), found);
  std::string names;
  for (const std::string& name : changed) names += "\n  " + name;
  CHECK_MESSAGE(changed.empty(), changed.size()
                                     << " hashes differ (`sunny16 golden --update` if they should):" << names);
}

TEST_CASE("fast rows give the golden hashes on every instruction set") {
  isp::test::on_every_target([] { check(golden_text()); });
}

TEST_CASE("reference rows give the golden hashes") { check(golden_text(isp::Kernels::reference)); }

TEST_CASE("a difference is told by its name, comments apart") {
  CHECK(golden_difference("# a\nx 1\ny 2\n", "# b\nx 1\ny 2\n").empty());
  CHECK(golden_difference("x 1\ny 2\n", "x 1\ny 3\nz 4\n") == std::vector<std::string>{"y", "z"});
}

}  // namespace
}  // namespace sunny16::sim
