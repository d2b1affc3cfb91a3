#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster::msteams {

// Whether our token may go there: https, or http on this machine; one of the hosts ("host" or
// "host:port"), and nothing in it that two readers could understand differently.
bool is_service_url(std::string_view url, const std::vector<std::string>& hosts);

// A path behind it, with exactly one slash between them.
std::string joined(std::string_view service_url, std::string_view path);

}  // namespace muster::msteams
