#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// application/x-www-form-urlencoded, both ways.
namespace muster::fake_slack {

using FormFields = std::vector<std::pair<std::string, std::string>>;

std::string encoded(const FormFields&);

// nullopt: an escape that is none.
std::optional<FormFields> decoded(std::string_view form);

}  // namespace muster::fake_slack
