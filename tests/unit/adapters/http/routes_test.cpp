#include "adapters/http/routes.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace muster::http {
namespace {

class RoutesTest : public testing::Test {
protected:
    void add(std::string method, std::string path, Handler handler) {
        routes.add({.method = std::move(method), .path = std::move(path), .handler = handler});
    }

    void add(std::string method, std::string path) { add(method, path, nothing); }

    std::string found_at(std::string_view path) const {
        const auto* methods = routes.at(path);
        return methods ? methods->begin()->second.path : "nothing";
    }

    Handler nothing = [](Request) -> Task<Response> { co_return Response{}; };
    Routes routes;
};

TEST_F(RoutesTest, PrefersTheExactPathThenTheLongestPrefix) {
    add("GET", "/*");
    add("GET", "/local/*");
    add("GET", "/local/page");

    EXPECT_EQ(found_at("/local/page"), "/local/page");
    EXPECT_EQ(found_at("/local/page/more"), "/local/*");
    EXPECT_EQ(found_at("/local/"), "/local/*");
    EXPECT_EQ(found_at("/local"), "/*");
    EXPECT_EQ(found_at("/locality/x"), "/*");
}

TEST_F(RoutesTest, FindsNothingBesideItsPaths) {
    add("GET", "/livez");
    add("GET", "/local/*");

    EXPECT_EQ(found_at("/livez/"), "nothing");
    EXPECT_EQ(found_at("/live"), "nothing");
    EXPECT_EQ(found_at("/local"), "nothing");
    EXPECT_EQ(found_at("/"), "nothing");
}

TEST_F(RoutesTest, RefusesARouteThatCannotBeMeant) {
    add("GET", "/a");

    EXPECT_THROW(add("GET", "/a"), std::invalid_argument);
    EXPECT_THROW(add("GET", "b"), std::invalid_argument);
    EXPECT_THROW(add("GET", "/*/c"), std::invalid_argument);
    EXPECT_THROW(add("GET", "/d%20e"), std::invalid_argument);
    EXPECT_THROW(add("GET", "/f", Handler{}), std::invalid_argument);
}

}  // namespace
}  // namespace muster::http
