#include "firmware/http/places.h"

#include <doctest/doctest.h>

namespace sunny16::firmware {
namespace {

TEST_CASE("places are given out until there are none, for all and for each address") {
  Places places(3, 2);
  Place first = places.take("a"), second = places.take("a");
  CHECK(first);
  CHECK(second);
  CHECK_FALSE(places.take("a"));
  const Place other = places.take("b");
  CHECK(other);
  CHECK_FALSE(places.take("c"));
  CHECK(places.taken() == 3);

  second.reset();
  CHECK(places.taken() == 2);
  CHECK(places.take("c"));  // and given back at once
  CHECK(places.take("a"));
  CHECK(places.taken() == 2);
}

}  // namespace
}  // namespace sunny16::firmware
