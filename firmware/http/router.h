// Finds the route of a request.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/http/framing.h"
#include "firmware/http/route.h"

namespace sunny16::firmware {

class Router {
 public:
  /// Routes with a query count before those of the same path without. Throws std::invalid_argument where two routes are
  /// the same, or a path is none.
  explicit Router(std::vector<Route> routes);

  struct Match {
    const Route* route = nullptr;  ///< null: none of this path and method
    std::map<std::string, std::string> parameters;
    std::vector<std::string> allowed;  ///< where there is no route: the path's methods; empty: no such path
  };
  /// HEAD finds the route of GET.
  Match find(const RequestHead& head) const;

 private:
  struct Pattern {
    Route route;
    std::vector<std::string> segments;  ///< "{id}" takes any
    std::map<std::string, std::string> query;
  };

  std::vector<Pattern> patterns_;
};

}  // namespace sunny16::firmware
