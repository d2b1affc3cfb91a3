#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace muster::http {

// What stands in a certificate. The dates do not depend on today.
struct Claims {
    std::string common_name = "";
    std::string alternative_names = "DNS:slack.test";  // as OpenSSL writes them; "" = none
    std::string from = "20200101000000Z";
    std::string to = "21200101000000Z";
    bool is_authority = false;
    const EVP_MD* digest = EVP_sha256();
};

// A certificate and its key, made for one test.
class Identity {
public:
    // Signed by itself when nobody else is named.
    explicit Identity(const Claims& claims, const Identity* issuer = nullptr)
        : key_(EVP_EC_gen("P-256"), &EVP_PKEY_free), certificate_(X509_new(), &X509_free) {
        if (!issuer) issuer = this;
        auto* made = certificate_.get();
        static long serial = 0;
        X509_set_version(made, X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial);
        ASN1_TIME_set_string_X509(X509_getm_notBefore(made), claims.from.c_str());
        ASN1_TIME_set_string_X509(X509_getm_notAfter(made), claims.to.c_str());
        X509_set_pubkey(made, key_.get());
        auto* bytes = reinterpret_cast<const unsigned char*>(claims.common_name.data());
        auto size = static_cast<int>(claims.common_name.size());
        auto* subject = X509_get_subject_name(made);
        X509_NAME_add_entry_by_NID(subject, NID_commonName, V_ASN1_UTF8STRING, bytes, size, -1, 0);
        X509_set_issuer_name(made, X509_get_subject_name(issuer->certificate()));
        if (claims.is_authority) add(NID_basic_constraints, "critical,CA:TRUE");
        if (!claims.alternative_names.empty()) add(NID_subject_alt_name, claims.alternative_names);
        if (X509_sign(made, issuer->key(), claims.digest) == 0)
            throw std::runtime_error("cannot make a certificate");
    }

    X509* certificate() const { return certificate_.get(); }

    EVP_PKEY* key() const { return key_.get(); }

    std::string pem() const {
        auto file = std::unique_ptr<BIO, decltype(&BIO_free)>{BIO_new(BIO_s_mem()), &BIO_free};
        PEM_write_bio_X509(file.get(), certificate());
        char* bytes = nullptr;
        auto size = BIO_get_mem_data(file.get(), &bytes);
        return {bytes, static_cast<std::size_t>(size)};
    }

private:
    void add(int kind, const std::string& value) {
        auto extension = std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)>{
            X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()), &X509_EXTENSION_free};
        if (!extension || X509_add_ext(certificate(), extension.get(), -1) == 0)
            throw std::runtime_error("cannot make a certificate with " + value);
    }

    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
    std::unique_ptr<X509, decltype(&X509_free)> certificate_;
};

inline Claims authority_named(std::string name) {
    Claims claims;
    claims.common_name = std::move(name);
    claims.alternative_names = "";
    claims.is_authority = true;
    return claims;
}

}  // namespace muster::http
