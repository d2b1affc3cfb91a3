#pragma once

#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace muster::http {

// Which servers we believe: TLS 1.2 or later, a chain of certificates that ends at a known
// authority and has no weak link, and the name that was called.
class Trust {
public:
    // `ca_file` holds the authorities in PEM. Throws boost::system::system_error when it cannot be
    // read. "" = the system's, which are read when they are needed first: they are many.
    explicit Trust(const std::string& ca_file);
    ~Trust();

    Trust(const Trust&) = delete;
    Trust& operator=(const Trust&) = delete;

    boost::asio::ssl::context& context();

private:
    std::unique_ptr<boost::asio::ssl::context> context_;
};

}  // namespace muster::http
