#include "adapters/msteams/activities.hpp"

namespace muster::msteams {

using json::Array;
using json::Object;

json::Object activity_of(Post post) {
    Object card{
        {"contentType", "application/vnd.microsoft.card.adaptive"},
        {"content", std::move(post.card)}};
    return {
        {"type", "message"},
        {"summary", std::move(post.summary)},
        {"attachments", Array{std::move(card)}},
    };
}

json::Object activity_of_line(std::string words) {
    return {{"type", "message"}, {"textFormat", "plain"}, {"text", std::move(words)}};
}

}  // namespace muster::msteams
