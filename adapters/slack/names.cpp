#include "adapters/slack/names.hpp"

#include <charconv>

namespace muster::slack {
namespace {

constexpr std::string_view prefix = "d:";

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> pieces;
    for (;;) {
        auto end = text.find(at);
        pieces.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return pieces;
        text.remove_prefix(end + 1);
    }
}

template <class Number>
std::optional<Number> number_in(std::string_view digits) {
    Number number{};
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size() || number <= 0)
        return std::nullopt;
    return number;
}

}  // namespace

std::string block_id(const Mark& mark) {
    auto id = std::string{prefix} + std::to_string(mark.delivery.value);
    if (mark.parts == 1) return id;
    id += ":" + std::to_string(mark.part) + ":" + std::to_string(mark.parts);
    return mark.part == 1 ? id : id + ":" + mark.first;
}

std::optional<Mark> mark_in(std::string_view block_id) {
    if (!block_id.starts_with(prefix)) return std::nullopt;
    auto pieces = split(block_id.substr(prefix.size()), ':');
    auto delivery = number_in<std::int64_t>(pieces.front());
    if (!delivery) return std::nullopt;
    Mark mark{DeliveryId{*delivery}, 1, 1, ""};
    if (pieces.size() == 1) return mark;
    if (pieces.size() < 3) return std::nullopt;
    auto part = number_in<int>(pieces[1]);
    auto parts = number_in<int>(pieces[2]);
    if (!part || !parts || *part > *parts || pieces.size() != (*part == 1 ? 3U : 4U))
        return std::nullopt;
    mark.part = *part;
    mark.parts = *parts;
    if (*part > 1) mark.first = pieces[3];
    return mark;
}

std::optional<Mark> mark_of(const json::Value& message) {
    const auto* blocks = message.find("blocks");
    const auto* list = blocks ? blocks->array() : nullptr;
    if (!list || list->empty()) return std::nullopt;
    return mark_in(list->front().text_of("block_id"));
}

}  // namespace muster::slack
