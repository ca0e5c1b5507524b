// This device's own certificate for TLS: self-signed, made at the first start, kept.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace sunny16::firmware {

/// One line that begins with the file's path.
struct CertificateError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Makes `file` (PEM of a P-256 key and its certificate, readable by its owner alone) where it is missing, for these
/// host names and addresses. Returns the certificate's SHA-256 fingerprint, "AB:CD:...", with which a person can tell
/// that a browser talks to this device. Throws CertificateError, OutputError.
std::string ensure_certificate(const std::filesystem::path& file, const std::vector<std::string>& hosts);

/// What this machine is called: localhost and its addresses, the host name alone and with ".local".
std::vector<std::string> own_hosts();

}  // namespace sunny16::firmware
