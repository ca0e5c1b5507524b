// A table of some registers that is too large to be copied with them: immutable, shared, known by its content's hash.
// Two are equal if their contents are.
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>

#include "isp/core/hash.h"

namespace sunny16::isp {

template <class T>
requires(std::is_trivially_copyable_v<T>&& std::has_unique_object_representations_v<T>) class SharedTable {
 public:
  SharedTable() = default;
  explicit SharedTable(std::shared_ptr<const T> table)
      : table_(std::move(table)), hash_(table_ ? hash_object(*table_) : 0) {}

  const T* get() const { return table_.get(); }
  const T& operator*() const { return *table_; }
  const T* operator->() const { return table_.get(); }
  explicit operator bool() const { return table_ != nullptr; }

  std::uint64_t hash(std::uint64_t seed) const { return hash_object(hash_, seed); }
  friend bool operator==(const SharedTable& a, const SharedTable& b) { return a.hash_ == b.hash_; }

 private:
  std::shared_ptr<const T> table_;
  std::uint64_t hash_ = 0;
};

}  // namespace sunny16::isp
