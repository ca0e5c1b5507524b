#include "tests/firmware/http/server_load.h"

namespace {

TEST_CASE("ten thousand resets leave no descriptor and no thread") { sunny16::firmware::reset_many_times(10'000); }

}  // namespace
