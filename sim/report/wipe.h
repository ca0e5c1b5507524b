// A wipe view: two pictures over one another with a divider that mouse, finger and keyboard move.
#pragma once

#include <string>
#include <vector>

#include "sim/report/page.h"

namespace sunny16::sim {

struct NamedPicture {
  std::string name;
  firmware::Rgb8 picture;
};

/// Of two or more pictures of the same size: of more, the reader chooses the two. Shows them whole, or a screen's pixel
/// for each of theirs.
Html wipe_view(const std::vector<NamedPicture>& pictures);

}  // namespace sunny16::sim
