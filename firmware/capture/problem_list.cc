#include "firmware/capture/problem_list.h"

#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {

void ProblemList::raise(const std::string& code, const std::string& message, std::uint64_t until_ns) {
  const Problem problem{code, message, time_of_day_()};
  {
    const std::lock_guard lock(mutex_);
    const auto [entry, begins] = entries_.try_emplace(code, Entry{problem, until_ns});
    if (!begins) {
      entry->second.until_ns = until_ns;
      entry->second.problem.message = message;
      return;
    }
  }
  listener_.on_event({"problem", Severity::error, message, to_json(problem)});
}

void ProblemList::resolve(const std::string& code) {
  Problem problem;
  {
    const std::lock_guard lock(mutex_);
    const auto entry = entries_.find(code);
    if (entry == entries_.end()) return;
    problem = entry->second.problem;
    entries_.erase(entry);
  }
  listener_.on_event({"resolved", Severity::info, code + ": over", to_json(problem)});
}

void ProblemList::expire(std::uint64_t now_ns) {
  std::vector<std::string> over;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [code, entry] : entries_)
      if (entry.until_ns <= now_ns) over.push_back(code);
  }
  for (const std::string& code : over) resolve(code);
}

std::vector<Problem> ProblemList::now() const {
  const std::lock_guard lock(mutex_);
  std::vector<Problem> problems;
  for (const auto& [code, entry] : entries_) problems.push_back(entry.problem);
  return problems;
}

}  // namespace sunny16::firmware
