#pragma once

#include <utility>
#include <vector>

#include "adapters/http/message.hpp"

// What people see in their browser when they install Muster (adapters/slack/install).
namespace muster::slack {

// What stands in a page for what is known: { "workspace", "Payments" }. Typed by strangers perhaps.
using Facts = std::vector<std::pair<std::string, std::string>>;

// One of the files, by its name without ".html". Throws std::out_of_range for any other name.
http::Response install_page(std::string_view name, int status, const Facts& facts = {});

http::Response install_style();

}  // namespace muster::slack
