#include "adapters/http/trust.hpp"

#include <boost/asio/ssl/context.hpp>

namespace muster::http {

namespace ssl = boost::asio::ssl;

namespace {

constexpr auto usual_ca_file = "/etc/ssl/certs/ca-certificates.crt";
constexpr int without_sha1_and_short_keys = 2;  // OpenSSL's security level: 112 bits

}  // namespace

Trust::Trust(const std::string& ca_file)
    : context_(std::make_unique<ssl::context>(ssl::context::tls_client)) {
    auto* native = context_->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_security_level(native, without_sha1_and_short_keys);
    context_->set_verify_mode(ssl::verify_peer);

    if (!ca_file.empty()) {
        context_->load_verify_file(ca_file);
        has_authorities_ = true;
    }
}

ssl::context& Trust::context() {
    if (!has_authorities_) read_those_of_the_system();
    return *context_;
}

void Trust::read_those_of_the_system() {
    boost::system::error_code error;
    context_->load_verify_file(usual_ca_file, error);
    if (error) context_->set_default_verify_paths();
    has_authorities_ = true;
}

Trust::~Trust() = default;

}  // namespace muster::http
