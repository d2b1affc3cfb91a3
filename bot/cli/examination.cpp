#include "bot/cli/examination.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "bot/cli/plain_text.hpp"
#include "bot/domain/settings.hpp"
#include "bot/domain/standup.hpp"

namespace muster::cli {
namespace {

constexpr int days_ahead = 14;
constexpr int calendar_days_ahead = 183;

std::string hours_text(const WorkingHours& hours) {
    std::string words;
    for (const auto& [days, times] : settings::by_days(hours.week))
        words += (words.empty() ? "" : "; ") + days + " " + times;
    return words.empty() ? "no day at all" : words;
}

class Examiner {
public:
    Examiner(View& view, const std::vector<config::NamedConnection>& connections, Instant now)
        : view_(view), now_(now), calendars_(view.calendars()) {
        for (const auto& connection : view.connections())
            for (const auto& [key, platform] : connections)
                if (connection.key == key) open_.push_back(connection.id);
    }

    Examination take() {
        for (const auto& person : view_.people())
            if (!person.archived) look_at(person);
        for (const auto& team : view_.teams())
            if (auto roster = team.archived ? std::nullopt : view_.roster(team.id, now_))
                look_at(*roster);
        if (result_.teams == 0)
            find(
                "No team is set up, so nobody will be asked.",
                "Invite Muster to the channel of a team, or write a settings file and run: muster "
                "apply "
                "SETTINGS"
            );
        for (const auto& key : used_calendars_)
            look_at_calendar(key);
        return std::move(result_);
    }

private:
    void look_at(const Person& person) {
        ++result_.people;
        if (!person.calendar.empty()) used_calendars_.insert(person.calendar);
        if (!is_zone(person.zone))
            find(
                fmt::format(
                    "{}: the time zone {} is not known on this machine.", person.name, person.zone
                ),
                "Correct \"timezone\" in the settings file, or install tzdata."
            );
        auto home = view_.account(person.home);
        if (!home)
            find(
                person.name + " has no account, so Muster cannot write to them.",
                fmt::format("Add an account of \"{}\" to the settings file.", person.key)
            );
        else if (!is_open(home->connection))
            find(
                fmt::format(
                    "{} cannot be reached: the connection \"{}\" is not in the configuration.",
                    person.name,
                    connection_key(home->connection)
                ),
                "Add the connection to the configuration, or give the person an account on another "
                "one as \"home\"."
            );
    }

    void look_at(const Roster& roster) {
        ++result_.teams;
        const auto& team = roster.team;
        if (!team.calendar.empty()) used_calendars_.insert(team.calendar);
        look_at_roles(roster);
        auto is_asked = [](const Member& member) {
            return member.standing == Standing::participant;
        };
        if (std::ranges::none_of(roster.members, is_asked))
            find(
                team.name + " has no members, so nobody will be asked.",
                "Add \"members\" to the team."
            );
        if (!is_zone(team.zone)) {
            find(
                fmt::format(
                    "{}: the time zone {} is not known on this machine.", team.name, team.zone
                ),
                "Correct \"timezone\" in the settings file, or install tzdata."
            );
            return;
        }
        look_at_channels(roster);
        if (roster.ceremonies.empty())
            find(team.name + " has no stand-up.", "Add one under \"ceremonies\" of the team.");
        for (const auto& ceremony : roster.ceremonies)
            look_at(roster, ceremony);
    }

    void look_at_roles(const Roster& roster) {
        if (!holders(roster, Role::delivery_manager, now_).empty()) return;
        find(
            roster.team.name +
                " has no delivery manager: nobody hears of somebody who cannot be reached.",
            "Add \"roles\": { \"delivery_manager\": [\"...\"] } to the team."
        );
    }

    void look_at_channels(const Roster& roster) {
        if (roster.channels.empty())
            find(
                roster.team.name + " has no channel: nobody will see the summary.",
                "Add \"channels\" to the team."
            );
        for (const auto& channel : roster.channels)
            if (!is_open(channel.connection))
                find(
                    fmt::format(
                        "{}: the channel's connection \"{}\" is not in the configuration.",
                        roster.team.name,
                        connection_key(channel.connection)
                    ),
                    "Add the connection to the configuration, or choose another channel."
                );
    }

    void look_at(const Roster& roster, const Ceremony& ceremony) {
        ++result_.ceremonies;
        auto title = roster.team.name + " " + ceremony.name;
        if (ceremony.paused) {
            find(
                title + " is paused: nobody will be asked.",
                "Remove \"paused\" when it should go on."
            );
            return;
        }
        auto is_text = [](const Question& question) {
            return question.kind == Question::Kind::text;
        };
        if (std::ranges::none_of(ceremony.questions, is_text))
            find(
                title + " has no question that can be answered with a typed line.",
                "Give one of its questions the kind \"text\"."
            );
        auto dates = held_dates(roster, ceremony);
        if (dates.empty()) {
            find(
                fmt::format("{} is not held in the next {} days.", title, days_ahead),
                fmt::format(
                    "Check its \"recurrence\" ({}), \"from\" and the team's calendar.",
                    to_text(ceremony.recurrence)
                )
            );
            return;
        }
        for (const auto& slot : ceremony.slots)
            for (const auto& member : roster.members)
                if (member.standing == Standing::participant && is_zone(member.person.zone))
                    look_at(roster, ceremony, slot, member, dates);
    }

    std::vector<LocalDate> held_dates(const Roster& roster, const Ceremony& ceremony) const {
        std::vector<LocalDate> dates;
        auto today = local_date(roster.team.zone, now_);
        auto last = add_days(today, days_ahead - 1);
        auto date = next_date(ceremony.recurrence, today);
        for (; date && *date <= last; date = next_date(ceremony.recurrence, add_days(*date, 1)))
            if (auto held = standup::held_on(ceremony, *date, roster.team, *calendars_))
                dates.push_back(*held);
        return dates;
    }

    void look_at(
        const Roster& roster,
        const Ceremony& ceremony,
        const Slot& slot,
        const Member& member,
        const std::vector<LocalDate>& dates
    ) {
        std::size_t asked = 0;
        std::size_t outside = 0;
        std::size_t away = 0;
        for (auto date : dates) {
            auto window =
                standup::window_for(ceremony, slot, date, roster.team, member, *calendars_);
            if (std::holds_alternative<standup::Window>(window)) {
                ++asked;
                continue;
            }
            auto why = std::get<standup::NoWindow>(window);
            if (why.phase == Phase::not_asked) ++outside;
            if (why.phase == Phase::away) ++away;
        }
        if (outside == 0 && asked > 0) return;
        if (outside == 0 && away > 0) return;  // away for two weeks is no mistake of anybody
        auto who =
            fmt::format("{}, {} at {}", roster.team.name, member.person.name, to_text(slot.at));
        auto works = hours_text(member.person.hours);
        if (outside == 0) {
            find(
                fmt::format(
                    "{}: would never be asked, as none of its days is a working day. Works {}.",
                    who,
                    works
                ),
                "Correct \"working_hours\" of the person, or make them an observer."
            );
            return;
        }
        auto where = ceremony.zone == ZoneRule::team && member.person.zone != roster.team.zone
                         ? " That is the team's time; in " + member.person.zone + " it is " +
                               to_text(time_there(roster, member, slot, dates.front())) + "."
                         : "";
        auto how_often =
            asked == 0 ? "would never be asked"
                       : fmt::format("would not be asked on {} of {} days", outside, dates.size());
        find(
            fmt::format(
                "{}: {}, as fewer than 30 minutes of the working hours are left by then.{} Works "
                "{}.",
                who,
                how_often,
                where,
                works
            ),
            "Choose another \"time\", use \"zone\": \"member\", or correct the \"working_hours\"."
        );
    }

    static TimeOfDay time_there(
        const Roster& roster, const Member& member, const Slot& slot, LocalDate date
    ) {
        auto instant = instant_at(roster.team.zone, date, slot.at);
        return instant ? local_time(member.person.zone, *instant).time : slot.at;
    }

    void look_at_calendar(const std::string& key) {
        auto calendar = calendars_->find(key);
        if (calendar == calendars_->end()) {
            find(
                "The calendar \"" + key + "\" is used but not there.", "Add it under \"calendars\"."
            );
            return;
        }
        const auto& ends = calendar->second.data_ends;
        auto today = local_date("UTC", now_);
        if (!ends || days_between(today, *ends) > calendar_days_ahead) return;
        find(
            fmt::format(
                "The calendar \"{}\" knows no holidays after {}: from then on people are asked on "
                "holidays.",
                key,
                to_text(*ends)
            ),
            "Update Muster for builtin calendars, or add the dates, then run muster apply."
        );
    }

    bool is_open(ConnectionId connection) const {
        return std::ranges::find(open_, connection) != open_.end();
    }

    std::string connection_key(ConnectionId id) {
        for (const auto& connection : view_.connections())
            if (connection.id == id) return connection.key;
        return "?";
    }

    void find(std::string what, std::string fix) {
        result_.ailments.push_back({std::move(what), std::move(fix)});
    }

    View& view_;
    Instant now_;
    std::shared_ptr<const CalendarBook> calendars_;
    std::vector<ConnectionId> open_;
    std::set<std::string> used_calendars_;
    Examination result_;
};

}  // namespace

Examination examine(
    View& view, const std::vector<config::NamedConnection>& connections, Instant now
) {
    return Examiner{view, connections, now}.take();
}

}  // namespace muster::cli
