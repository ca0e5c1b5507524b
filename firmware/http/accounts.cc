#include "firmware/http/accounts.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <span>
#include <utility>

#include "firmware/output/atomic_file.h"
#include "firmware/tuning/described_json.h"
#include "hal/api/time_of_day.h"

namespace sunny16::firmware {

struct TokenFile {
  std::vector<StoredToken> tokens;
  std::string problem() const;
};

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct Describe<firmware::StoredToken> {
  using S = firmware::StoredToken;
  static constexpr auto fields = std::tuple{field<&S::token>("token", 0, 0, "", "What is told of it."),
                                            field<&S::sha256>("sha256", 0, 0, "", "The hash of its text.")};
};
template <>
struct Describe<firmware::TokenFile> {
  static constexpr auto fields =
      std::tuple{field<&firmware::TokenFile::tokens>("tokens", 0, 0, "", "All that are valid.")};
};

}  // namespace sunny16::isp

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kTokenBytes = 32, kIdBytes = 4, kHashBytes = 32, kCodeLength = 8;
/// Crockford's base 32: nothing in it looks like something else.
constexpr std::string_view kCodeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::string hexadecimal(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned byte : bytes) text += {kDigits[byte / 16], kDigits[byte % 16]};
  return text;
}

template <std::size_t kSize>
std::array<unsigned char, kSize> random_bytes() {
  std::array<unsigned char, kSize> bytes;
  if (RAND_bytes(bytes.data(), kSize) != 1) throw std::runtime_error("the system gives no random numbers");
  return bytes;
}

std::string sha256(std::string_view text) {
  std::array<unsigned char, kHashBytes> hash;
  if (EVP_Digest(text.data(), text.size(), hash.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available");
  return hexadecimal(hash);
}

/// Takes as long whatever the difference is.
bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// As a person may type it: in small letters, with blanks, O for 0.
std::string typed_code(std::string_view text) {
  std::string code;
  for (char c : text) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    code += c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
  }
  return code;
}

bool has_admin(const std::vector<StoredToken>& tokens) {
  return std::ranges::any_of(tokens, [](const StoredToken& stored) { return stored.token.role == Role::admin; });
}

/// Empty: there is no such file.
std::vector<StoredToken> read_tokens(const fs::path& file) {
  std::error_code error;
  if (fs::status(file, error).type() == fs::file_type::not_found) return {};
  std::ifstream in(file, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  if (!in) throw AccountsError(file.string() + ": cannot be read");
  TokenFile read;
  try {
    read_value(read_json(text, file.string()), read, "$", {});
  } catch (const TuningError& problem) {
    throw AccountsError(file.string() + ": the tokens are damaged: " + problem.what() +
                        "; remove the file to claim this device anew");
  }
  return std::move(read.tokens);
}

}  // namespace

std::string TokenFile::problem() const {
  if (tokens.size() > Accounts::kMaxTokens)
    return ".tokens: found more than the allowed " + std::to_string(Accounts::kMaxTokens);
  for (const StoredToken& stored : tokens) {
    const bool hash = stored.sha256.size() == 2 * kHashBytes &&
                      stored.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!hash || stored.token.id.empty() || stored.token.role == Role::anyone)
      return ".tokens: found one without id, role or hash";
  }
  return has_admin(tokens) ? "" : ".tokens: found no admin's";
}

Accounts::Accounts(fs::path file, const hal::Clock& clock, std::function<void(std::string_view)> show_code)
    : file_(std::move(file)), clock_(clock), show_code_(std::move(show_code)), tokens_(read_tokens(file_)) {
  if (tokens_.empty()) renew_code();
}

bool Accounts::claimed() const {
  const std::scoped_lock lock(mutex_);
  return !tokens_.empty();
}

std::variant<Accounts::NewToken, Accounts::ClaimProblem> Accounts::claim(std::string_view code,
                                                                         const std::string& name) {
  const std::scoped_lock lock(mutex_);
  if (!tokens_.empty()) return ClaimProblem::already_claimed;
  if (clock_.now_ns() >= code_expires_ns_) {
    renew_code();
    return ClaimProblem::expired;
  }
  if (!same_secret(typed_code(code), code_)) {
    if (++wrong_codes_ >= kClaimAttempts) renew_code();
    return ClaimProblem::wrong_code;
  }
  NewToken made = make(name, Role::admin);
  code_.clear();
  return made;
}

std::optional<Identity> Accounts::identify(std::string_view token) const {
  const std::string hash = sha256(token);
  const std::scoped_lock lock(mutex_);
  std::optional<Identity> found;
  for (const StoredToken& stored : tokens_)
    if (same_secret(stored.sha256, hash)) found = Identity{stored.token.name, stored.token.role};
  return found;
}

std::optional<Accounts::NewToken> Accounts::add(const std::string& name, Role role) {
  const std::scoped_lock lock(mutex_);
  if (tokens_.size() >= kMaxTokens) return std::nullopt;
  return make(name, role);
}

std::vector<TokenInfo> Accounts::tokens() const {
  const std::scoped_lock lock(mutex_);
  std::vector<TokenInfo> infos;
  for (const StoredToken& stored : tokens_) infos.push_back(stored.token);
  return infos;
}

Accounts::Removal Accounts::remove(std::string_view id) {
  const std::scoped_lock lock(mutex_);
  std::vector<StoredToken> left = tokens_;
  if (std::erase_if(left, [&](const StoredToken& stored) { return stored.token.id == id; }) == 0)
    return Removal::unknown;
  if (!has_admin(left)) return Removal::last_admin;
  store(std::move(left));
  return Removal::done;
}

Accounts::NewToken Accounts::make(const std::string& name, Role role) {
  NewToken made{.info = {hexadecimal(random_bytes<kIdBytes>()), name, role, hal::unix_time()},
                .token = hexadecimal(random_bytes<kTokenBytes>())};
  std::vector<StoredToken> more = tokens_;
  more.push_back({made.info, sha256(made.token)});
  store(std::move(more));
  return made;
}

void Accounts::store(std::vector<StoredToken> tokens) {
  TokenFile content{std::move(tokens)};
  AtomicFile file(file_, 0600);
  const std::string text = write_json(to_json(content));
  file.write(std::as_bytes(std::span(text)));
  file.commit();
  tokens_ = std::move(content.tokens);
}

void Accounts::renew_code() {
  code_.clear();
  for (const unsigned byte : random_bytes<kCodeLength>()) code_ += kCodeAlphabet[byte % kCodeAlphabet.size()];
  code_expires_ns_ = clock_.now_ns() + kCodeLife_ns;
  wrong_codes_ = 0;
  show_code_(code_.substr(0, kCodeLength / 2) + '-' + code_.substr(kCodeLength / 2));
}

}  // namespace sunny16::firmware
