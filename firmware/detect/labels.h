// What the classes of a model are called.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sunny16::firmware {

/// In the order of the classes; empty: nobody told.
using Labels = std::vector<std::string>;

/// A text file with one name a line; a byte-order mark, carriage returns and blank lines at the end do not count.
/// Throws DetectorError: "FILE:LINE: found ..., allowed ...".
Labels read_labels(const std::filesystem::path& file);

/// From a model's own `names`, as exporters write them: {0: 'person', 1: 'bicycle'}. Empty where it is none of these.
Labels labels_of_names(std::string_view names);

/// The class's name; "class 7" where nobody told.
std::string label_of(const Labels& labels, std::size_t kind);

}  // namespace sunny16::firmware
