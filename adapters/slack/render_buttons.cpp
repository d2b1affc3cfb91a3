#include "adapters/slack/blocks.hpp"
#include "adapters/words/lengths.hpp"

namespace muster::slack {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::size_t longest_label = 75;  // also of the spoken one

Value button_element(const Button& button, std::size_t place, const Phrasing& phrasing) {
    Object element{
        {"type", "button"},
        {"action_id", std::string{name(button.verb)} + ":" + std::to_string(place)},
        {"text", plain_text(phrasing.words(button.label), longest_label)},
        {"value", button_value(button)},
    };
    if (button.primary) element.push_back({"style", "primary"});
    if (auto spoken = phrasing.words(button.spoken); !spoken.empty())
        element.push_back({"accessibility_label", shortened(spoken, longest_label)});
    return element;
}

}  // namespace

Value row_of(const Buttons& row, const Phrasing& phrasing) {
    Array elements;
    for (const auto& button : row.buttons)
        elements.push_back(button_element(button, elements.size(), phrasing));
    return Object{{"type", "actions"}, {"elements", std::move(elements)}};
}

}  // namespace muster::slack
