#include "tests/sim/slack_marks.hpp"

#include <algorithm>
#include <charconv>

namespace muster::sim {
namespace {

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> pieces{""};
    for (auto letter : text) {
        if (letter == ':')
            pieces.emplace_back();
        else
            pieces.back() += letter;
    }
    return pieces;
}

template <class Number>
Number number_in(const std::string& digits) {
    Number number{};
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

// The platform's time of a message.
Instant instant_of(const std::string& ts) {
    auto seconds = number_in<std::int64_t>(ts.substr(0, ts.find('.')));
    return Instant{std::chrono::seconds{seconds}};
}

}  // namespace

std::optional<Marked> marked(const fake_slack::Message& message) {
    if (message.blocks.empty()) return std::nullopt;
    auto pieces = split(message.blocks.front().text_of("block_id"));
    if (pieces.size() < 2 || pieces.front() != "d") return std::nullopt;
    Marked mark{DeliveryId{number_in<std::int64_t>(pieces[1])}, 1, 1, message.ts};
    if (pieces.size() > 3) {
        mark.part = number_in<int>(pieces[2]);
        mark.parts = number_in<int>(pieces[3]);
    }
    if (pieces.size() > 4) mark.first = pieces[4];
    return mark;
}

Copies copies_in(const fake_slack::Workspace& workspace) {
    Copies copies;
    for (const auto& [place, messages] : workspace.messages) {
        const auto& channel = workspace.channels.at(place);
        std::map<std::string, std::multiset<int>> parts;  // that stand, by the first one's ts
        for (const auto& [ts, message] : messages) {
            auto mark = marked(message);
            if (mark && !message.is_deleted) parts[mark->first].insert(mark->part);
        }
        for (const auto& [ts, message] : messages) {
            auto mark = marked(message);
            if (!mark || mark->part != 1) continue;
            Posted posted;
            posted.id = id_of(message);
            posted.place = channel.is_direct() ? channel.person : channel.id;
            posted.direct = channel.is_direct();
            if (!message.thread.empty()) posted.thread = place + "/" + message.thread;
            posted.delivery = mark->delivery;
            posted.message.notification = verbatim(message.text);
            posted.shown_as_of = instant_of(ts);
            posted.edits = message.edits;
            posted.removed = message.is_deleted;
            copies.all.push_back(std::move(posted));

            auto is_whole = std::ssize(parts[ts]) == mark->parts;
            for (int part = 1; part <= mark->parts; ++part)
                is_whole = is_whole && parts[ts].count(part) == 1;
            if (!message.is_deleted && !is_whole)
                copies.broken.push_back(
                    "of " + std::to_string(mark->parts) + " parts of " + id_of(message) + " " +
                    std::to_string(parts[ts].size()) + " stand"
                );
        }
    }
    return copies;
}

std::string id_of(const fake_slack::Message& message) {
    return message.channel + "/" + message.ts;
}

}  // namespace muster::sim
