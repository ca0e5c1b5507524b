#include "firmware/http/event_hub.h"

#include <doctest/doctest.h>

namespace {

using sunny16::firmware::EventHub;
using sunny16::firmware::Importance;

std::string drain(EventHub::Listener& listener) {
  std::string all;
  while (const auto text = listener.next()) all += *text + ' ';
  return all;
}

TEST_CASE("every listener gets what is published while it lives") {
  EventHub hub;
  hub.publish("early", Importance::event);
  int calls = 0;
  EventHub::Listener a(hub, [&] { ++calls; });
  {
    const EventHub::Listener b(hub, [] {});
    CHECK(hub.listeners() == 2);
  }
  hub.publish("one", Importance::event);
  hub.publish("two", Importance::statistics);
  CHECK(hub.listeners() == 1);
  CHECK(calls == 2);
  CHECK(drain(a) == "one two ");
}

TEST_CASE("statistics make room for events") {
  EventHub hub(3);
  EventHub::Listener slow(hub, [] {});
  hub.publish("s1", Importance::statistics);
  hub.publish("e1", Importance::event);
  hub.publish("s2", Importance::statistics);
  hub.publish("e2", Importance::event);
  CHECK_FALSE(slow.overflowed());
  CHECK(drain(slow) == "e1 e2 ");
}

TEST_CASE("a listener without room for an event gets nothing more, and others do") {
  EventHub hub(2);
  EventHub::Listener slow(hub, [] {}), quick(hub, [] {});
  std::string got;
  for (const char* text : {"e1", "e2", "e3", "e4"}) {
    hub.publish("s", Importance::statistics);
    hub.publish(text, Importance::event);
    got += drain(quick);
  }
  CHECK(slow.overflowed());
  CHECK(drain(slow) == "");
  CHECK_FALSE(quick.overflowed());
  CHECK(got == "s e1 s e2 s e3 s e4 ");
}

TEST_CASE("a full queue of events loses new statistics, not events") {
  EventHub hub(2);
  EventHub::Listener slow(hub, [] {});
  for (const char* text : {"e1", "e2"}) hub.publish(text, Importance::event);
  hub.publish("s", Importance::statistics);
  CHECK_FALSE(slow.overflowed());
  CHECK(drain(slow) == "e1 e2 ");
}

}  // namespace
