#include "firmware/http/certificate.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/host_name.hpp>

#include "firmware/http/host_policy.h"
#include "firmware/output/atomic_file.h"

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;

template <auto kFree>
struct Free {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using X509Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;

/// A device without a battery-backed clock does not know the date when it starts for the first time.
constexpr const char *kNotBefore = "20200101000000Z", *kNotAfter = "20491231235959Z";

[[noreturn]] void fail(const fs::path& file, std::string_view problem) {
  throw CertificateError(file.string() + ": " + std::string(problem));
}

void require(bool done, const fs::path& file) {
  if (!done) fail(file, "the certificate cannot be made");
}

/// "DNS:camera.local,IP:10.0.0.7"; a port plays no part.
std::string alternative_names(const std::vector<std::string>& hosts) {
  std::string names;
  for (const std::string& host : hosts) {
    const auto authority = parse_authority(host);
    if (!authority) continue;  // could smuggle in other names
    boost::system::error_code no_address;
    boost::asio::ip::make_address(authority->name, no_address);
    names += (names.empty() ? "" : ",") + std::string(no_address ? "DNS:" : "IP:") + authority->name;
  }
  return names;
}

void add_extension(X509* certificate, int id, const std::string& value, const fs::path& file) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()));
  require(extension && X509_add_ext(certificate, extension.get(), -1), file);
}

X509Certificate self_signed(EVP_PKEY* key, const std::vector<std::string>& hosts, const fs::path& file) {
  X509Certificate certificate(X509_new());
  X509* const c = certificate.get();
  std::uint64_t serial = 0;
  require(c && RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1, file);
  X509_NAME* const name = X509_get_subject_name(c);
  const auto* const common_name = reinterpret_cast<const unsigned char*>("sunny16");
  require(X509_set_version(c, X509_VERSION_3) && ASN1_INTEGER_set_uint64(X509_get_serialNumber(c), serial) &&
              ASN1_TIME_set_string(X509_getm_notBefore(c), kNotBefore) &&
              ASN1_TIME_set_string(X509_getm_notAfter(c), kNotAfter) &&
              X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_ASC, common_name, -1, -1, 0) &&
              X509_set_issuer_name(c, name) && X509_set_pubkey(c, key),
          file);
  add_extension(c, NID_basic_constraints, "critical,CA:FALSE", file);
  add_extension(c, NID_key_usage, "critical,digitalSignature", file);
  add_extension(c, NID_ext_key_usage, "serverAuth", file);
  add_extension(c, NID_subject_alt_name, alternative_names(hosts), file);
  require(X509_sign(c, key, EVP_sha256()) != 0, file);
  return certificate;
}

void make(const fs::path& file, const std::vector<std::string>& hosts) {
  const Key key(EVP_EC_gen("P-256"));
  require(key != nullptr, file);
  const X509Certificate certificate = self_signed(key.get(), hosts, file);
  const Bio text(BIO_new(BIO_s_secmem()));
  require(text && PEM_write_bio_PrivateKey(text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) &&
              PEM_write_bio_X509(text.get(), certificate.get()),
          file);
  char* bytes = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(text.get(), &bytes));
  AtomicFile out(file, 0600);
  out.write(std::as_bytes(std::span(bytes, size)));
  out.commit();
}

std::string fingerprint(const X509* certificate, const fs::path& file) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  if (!X509_digest(certificate, EVP_sha256(), digest.data(), &size)) fail(file, "the certificate has no fingerprint");
  std::string text;
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const unsigned byte : std::span(digest).first(size)) {
    if (!text.empty()) text += ':';
    text += {kHex[byte / 16], kHex[byte % 16]};
  }
  return text;
}

}  // namespace

std::string ensure_certificate(const fs::path& file, const std::vector<std::string>& hosts) {
  if (!fs::exists(file)) make(file, hosts);
  const auto open = [&] { return Bio(BIO_new_file(file.c_str(), "r")); };
  const Bio for_key = open(), for_certificate = open();
  if (!for_key || !for_certificate) fail(file, "cannot be read");
  const Key key(PEM_read_bio_PrivateKey(for_key.get(), nullptr, nullptr, nullptr));
  const X509Certificate certificate(PEM_read_bio_X509(for_certificate.get(), nullptr, nullptr, nullptr));
  if (!key || !certificate || X509_check_private_key(certificate.get(), key.get()) != 1)
    fail(file, "found no key with its certificate, allowed both in PEM; remove the file to have a new one made");
  return fingerprint(certificate.get(), file);
}

std::vector<std::string> own_hosts() {
  std::vector<std::string> hosts{"localhost", "127.0.0.1", "[::1]"};
  boost::system::error_code unnamed;
  const std::string name = boost::asio::ip::host_name(unnamed);
  if (parse_authority(name)) {
    hosts.push_back(name);
    if (name.find('.') == std::string::npos) hosts.push_back(name + ".local");
  }
  return hosts;
}

}  // namespace sunny16::firmware
