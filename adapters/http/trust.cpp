#include "adapters/http/trust.hpp"

#include <boost/asio/ssl/context.hpp>

namespace muster::http {

namespace ssl = boost::asio::ssl;

namespace {

constexpr auto usual_ca_file = "/etc/ssl/certs/ca-certificates.crt";
constexpr int without_sha1_and_short_keys = 2;  // OpenSSL's security level: 112 bits

std::unique_ptr<ssl::context> believing_nobody() {
    auto context = std::make_unique<ssl::context>(ssl::context::tls_client);
    auto* native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_security_level(native, without_sha1_and_short_keys);
    context->set_verify_mode(ssl::verify_peer);
    return context;
}

std::unique_ptr<ssl::context> believing_those_of_the_system() {
    auto context = believing_nobody();
    boost::system::error_code error;
    context->load_verify_file(usual_ca_file, error);
    if (error) context->set_default_verify_paths();
    return context;
}

}  // namespace

Trust::Trust(const std::string& ca_file) {
    if (ca_file.empty()) return;
    context_ = believing_nobody();
    context_->load_verify_file(ca_file);
}

ssl::context& Trust::context() {
    if (!context_) context_ = believing_those_of_the_system();
    return *context_;
}

Trust::~Trust() = default;

}  // namespace muster::http
