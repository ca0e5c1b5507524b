// Who may do what: tokens with roles, of which only SHA-256 hashes are stored, and the one-time code with which the
// owner claims a device that has none yet. There is no default password.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware/http/route.h"
#include "hal/api/clock.h"
#include "isp/core/describe.h"

namespace sunny16::firmware {

/// The file of tokens cannot be used: one line that begins with its path.
struct AccountsError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct TokenInfo {
  std::string id;
  std::string name;  ///< whom or what it is for
  Role role = Role::viewer;
  double created = 0;  ///< Unix time, s
};

/// As the file of tokens has it.
struct StoredToken {
  TokenInfo token;
  std::string sha256;  ///< of the token's text, hexadecimal
};

struct Identity {
  std::string name;
  Role role = Role::anyone;
};

/// Called from any thread.
class Accounts {
 public:
  static constexpr int kClaimAttempts = 5;                        ///< wrong codes before there is a new one
  static constexpr std::uint64_t kCodeLife_ns = 900'000'000'000;  ///< then there is a new one
  static constexpr std::size_t kMaxTokens = 64, kMaxNameLength = 64;

  /// Reads `file`. Without it the device is unclaimed, and `show_code` gets the code for the console, at once and
  /// whenever it changes; it must not call back. Throws AccountsError where the file is damaged: nothing is opened up
  /// by breaking it.
  Accounts(std::filesystem::path file, const hal::Clock& clock, std::function<void(std::string_view)> show_code);

  bool claimed() const;

  struct NewToken {
    TokenInfo info;
    std::string token;  ///< 64 hexadecimal digits, told only here
  };

  enum class ClaimProblem : std::uint8_t { wrong_code, expired, already_claimed };
  /// Makes the first admin. Throws OutputError where the token cannot be stored; the code then stays good.
  std::variant<NewToken, ClaimProblem> claim(std::string_view code, const std::string& name);

  /// Whose token it is.
  std::optional<Identity> identify(std::string_view token) const;

  /// Nothing: there are kMaxTokens already. Throws OutputError.
  std::optional<NewToken> add(const std::string& name, Role role);
  std::vector<TokenInfo> tokens() const;
  enum class Removal : std::uint8_t { done, unknown, last_admin };
  /// The last admin's token stays: without it nobody could make another. Throws OutputError.
  Removal remove(std::string_view id);

 private:
  // All under the mutex.
  NewToken make(const std::string& name, Role role);
  void store(std::vector<StoredToken> tokens);
  void renew_code();

  const std::filesystem::path file_;
  const hal::Clock& clock_;
  const std::function<void(std::string_view)> show_code_;
  mutable std::mutex mutex_;
  std::vector<StoredToken> tokens_;
  std::string code_;  // empty: claimed
  std::uint64_t code_expires_ns_ = 0;
  int wrong_codes_ = 0;
};

/// POST /api/v1/claim, GET and POST /api/v1/tokens, DELETE /api/v1/tokens/{id}. `accounts` lives as long as they.
std::vector<Route> account_routes(Accounts& accounts);

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::TokenInfo> {
  using T = firmware::TokenInfo;
  static constexpr auto fields = std::tuple{field<&T::id>("id", 0, 0, "", "Names the token; tells nothing of it."),
                                            field<&T::name>("name", 0, 0, "", "Whom or what it is for."),
                                            field<&T::role>("role", 0, 0, "", "What it allows."),
                                            field<&T::created>("created", 0, 1e12, "s", "Unix time.")};
};
