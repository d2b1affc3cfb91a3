#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/json/strict.hpp"
#include "bot/domain/ids.hpp"
#include "bot/ports/provider_id.hpp"

// How messages of ours are named on Slack. Pure.
namespace muster::slack {

// The first block of every message of ours carries the delivery's id, and of the parts after the
// first also the first's ts: "d:123", "d:123:2:17.1" (spec/reliability.md).
struct Mark {
    DeliveryId delivery;
    int part = 1;
    int parts = 1;
    std::string first;  // ts of the first part; "" in the first part itself
};

std::string block_id(const Mark&);
std::optional<Mark> mark_in(std::string_view block_id);
std::optional<Mark> mark_of(const json::Value& message);  // as Slack tells of it

}  // namespace muster::slack
