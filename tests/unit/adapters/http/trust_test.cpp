#include "adapters/http/trust.hpp"

#include <fstream>

#include <boost/asio/ssl/context.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

namespace muster::http {
namespace {

int authorities_of(Trust& trust) {
    auto* store = SSL_CTX_get_cert_store(trust.context().native_handle());
    return sk_X509_OBJECT_num(X509_STORE_get0_objects(store));
}

int certificates_in(std::istream& file) {
    auto count = 0;
    for (std::string line; std::getline(file, line);)
        if (line == "-----BEGIN CERTIFICATE-----") ++count;
    return count;
}

TEST(Trust, IsInEachAuthorityOfTheSystem) {
    std::ifstream file{"/etc/ssl/certs/ca-certificates.crt"};
    ASSERT_TRUE(file) << "./dev installs ca-certificates";
    Trust trust{""};
    EXPECT_EQ(authorities_of(trust), certificates_in(file));
}

TEST(Trust, InAFileThatCannotBeReadIsRefusedBeforeAnybodyIsCalled) {
    EXPECT_THROW(Trust{"/nowhere/authorities.pem"}, boost::system::system_error);
}

}  // namespace
}  // namespace muster::http
