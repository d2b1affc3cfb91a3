#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// How a message is named between the program and a platform (chat_platform.hpp). Pure.
namespace muster {

// "D1/17.1", in parts "D1/17.1 17.2".
struct Named {
    std::string place;
    std::vector<std::string> parts;  // first part first; never empty
};

std::string provider_id(std::string_view place, std::string_view part);
std::string provider_id_of(const Named&);

// nullopt: no name of a message.
std::optional<Named> named(std::string_view provider_id);

}  // namespace muster
