// The golden hashes in simulated.txt are what this machine simulates: with any number of threads, on every instruction
// set.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "sim/camera/golden_shots.h"
#include "sim/reference/golden.h"
#include "tests/isp/every_target.h"

namespace sunny16::sim {
namespace {

void check(const std::string& found) {
  std::ifstream in(SUNNY16_SOURCE_DIR "/tests/golden/simulated.txt");
  const std::string expected(std::istreambuf_iterator<char>(in), {});
  const std::vector<std::string> changed = golden_difference(expected, found);
  std::string names;
  for (const std::string& name : changed) names += "\n  " + name;
  CHECK_MESSAGE(changed.empty(), changed.size()
                                     << " hashes differ (`sunny16 golden --update` if they should):" << names);
}

TEST_CASE("simulated shots have the golden hashes on every instruction set") {
  isp::test::on_every_target([] { check(simulated_golden_text(2)); });
}

TEST_CASE("simulated shots have the golden hashes on one thread and on many") {
  check(simulated_golden_text(1));
  check(simulated_golden_text(7));
}

}  // namespace
}  // namespace sunny16::sim
