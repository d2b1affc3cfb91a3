#include "bot/domain/examination.hpp"
#include "bot/domain/hindrance.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::examination {
namespace {

using namespace standup::words;
using Kind = Finding::Kind;

Text about(const char* key, const Finding& finding) {
    Arguments names;
    if (finding.team) names.emplace_back("team", UserText{finding.team->name});
    if (finding.person) names.emplace_back("person", UserText{finding.person->name});
    if (finding.ceremony) names.emplace_back("ceremony", UserText{finding.ceremony->name});
    return text(key, std::move(names));
}

Text zone_unknown(const Finding& finding) {
    const auto& zone = finding.person ? finding.person->zone : finding.team->zone;
    auto words = about(
        finding.person ? "doctor.zone_of_person_unknown" : "doctor.zone_of_team_unknown", finding
    );
    words.arguments.emplace_back("zone", UserText{zone});
    return words;
}

Text about_platform(const char* key, const Connection& connection) {
    return text(
        key,
        {{"platform", several(text("platform." + connection.platform))},
         {"missing", UserText{connection.not_granted}}}
    );
}

Text not_reached(const Finding& finding) {
    if (finding.reason == hindrance::deactivated) return about("doctor.account_closed", finding);
    if (finding.reason == hindrance::unknown) return about("doctor.person_unknown", finding);
    if (finding.reason == hindrance::forbidden) return about("doctor.person_forbidden", finding);
    if (finding.reason == hindrance::not_added) return about("doctor.person_not_added", finding);
    auto words = about("doctor.not_reached", finding);
    words.arguments.emplace_back("reason", UserText{finding.reason});
    return words;
}

// By the clock of the person, who may be far from the team.
Text outside_hours(const Finding& finding) {
    const bool is_never = finding.asked == 0;
    auto words = about(is_never ? "doctor.never_in_hours" : "doctor.outside_hours", finding);
    words.arguments.emplace_back("at", clock(finding.there));
    if (is_never) return words;
    words.arguments.emplace_back("outside", finding.outside);
    words.arguments.emplace_back("held", finding.held);
    return words;
}

Text calendar_ends(const Finding& finding) {
    return text("doctor.calendar_ends", {{"date", finding.ends}});
}

std::optional<Text> sentence_of(const Finding& finding) {
    switch (finding.kind) {
        case Kind::no_team:
        case Kind::home_not_configured:
        case Kind::channel_not_configured:       // the configuration is the operator's
        case Kind::paused: return std::nullopt;  // because somebody wants it so
        case Kind::zone_unknown: return zone_unknown(finding);
        case Kind::suspended: return about_platform("doctor.suspended", *finding.connection);
        case Kind::not_granted: return about_platform("doctor.not_granted", *finding.connection);
        case Kind::no_account: return about("doctor.no_account", finding);
        case Kind::account_closed: return about("doctor.account_closed", finding);
        case Kind::not_reached: return not_reached(finding);
        case Kind::no_delivery_manager: return about("doctor.no_delivery_manager", finding);
        case Kind::delivery_managers_gone: return about("doctor.delivery_managers_gone", finding);
        case Kind::no_members: return about("doctor.no_members", finding);
        case Kind::no_channel: return about("doctor.no_channel", finding);
        case Kind::channel_refused: return about("doctor.channel_refused", finding);
        case Kind::no_ceremony: return about("doctor.no_ceremony", finding);
        case Kind::no_text_question: return about("doctor.no_text_question", finding);
        case Kind::not_held: return about("doctor.not_held", finding);
        case Kind::never_works: return about("doctor.never_works", finding);
        case Kind::outside_hours: return outside_hours(finding);
        case Kind::calendar_missing: return text("doctor.calendar_missing");
        case Kind::calendar_ends: return calendar_ends(finding);
    }
    return std::nullopt;
}

}  // namespace

Items in_words(const std::vector<Finding>& findings) {
    Items words;
    for (const auto& finding : findings)
        if (auto sentence = sentence_of(finding)) words.items.push_back(*std::move(sentence));
    return words;
}

}  // namespace muster::examination
