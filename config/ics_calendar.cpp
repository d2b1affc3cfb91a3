#include <algorithm>
#include <memory>
#include <set>

#include <libical/ical.h>

#include "config/calendar_files.hpp"

namespace muster::config {
namespace {

constexpr int years_of_recurrence = 10;
constexpr int longest_event = 366;  // days
constexpr int most_occurrences = 4'000;

struct Free {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }

    void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

using Root = std::unique_ptr<icalcomponent, Free>;
using Occurrences = std::unique_ptr<icalrecur_iterator, Free>;

// Somebody moved one occurrence of a series: an event of the same name with a date of its own.
using Moved = std::set<std::pair<std::string, LocalDate>>;

LocalDate date_of(const icaltimetype& time) {
    return LocalDate{
        std::chrono::year{time.year},
        std::chrono::month{static_cast<unsigned>(time.month)},
        std::chrono::day{static_cast<unsigned>(time.day)}};
}

bool is_a_day(const icaltimetype& time) {
    return !icaltime_is_null_time(time) && time.is_date && date_of(time).ok();
}

std::string text_or_empty(const char* text) {
    return text ? text : "";
}

template <class Visit>
void each_event(icalcomponent* root, Visit visit) {
    if (icalcomponent_isa(root) == ICAL_VEVENT_COMPONENT) return visit(root);
    for (auto* inner = icalcomponent_get_first_component(root, ICAL_ANY_COMPONENT); inner;
         inner = icalcomponent_get_next_component(root, ICAL_ANY_COMPONENT))
        each_event(inner, visit);
}

template <class Visit>
void each_property(icalcomponent* event, icalproperty_kind kind, Visit visit) {
    for (auto* property = icalcomponent_get_first_property(event, kind); property;
         property = icalcomponent_get_next_property(event, kind))
        visit(property);
}

bool has(icalcomponent* event, icalproperty_kind kind) {
    return icalcomponent_get_first_property(event, kind) != nullptr;
}

// Days are counted up to the day before the end; without an end it is one.
int length_of(icalcomponent* event, LocalDate begins) {
    if (!has(event, ICAL_DTEND_PROPERTY) && !has(event, ICAL_DURATION_PROPERTY)) return 1;
    auto end = icalcomponent_get_dtend(event);
    if (icaltime_is_null_time(end) || !date_of(end).ok()) return 1;
    return std::clamp(days_between(begins, date_of(end)), 1, longest_event);
}

class Reader {
public:
    CalendarFile read(icalcomponent* root) {
        auto look_ahead = [this](icalcomponent* event) { note(event); };
        each_event(root, look_ahead);
        auto take = [this](icalcomponent* event) { add(event); };
        each_event(root, take);
        if (file_.expected.empty() && file_.calendar.days.empty())
            file_.expected = "an iCalendar file with all-day events; this one has none";
        if (!file_.expected.empty()) return {{}, std::move(file_.expected)};
        file_.calendar.data_ends = recurs_ ? horizon() : file_.calendar.days.rbegin()->first;
        return std::move(file_);
    }

private:
    void note(icalcomponent* event) {
        auto begins = icalcomponent_get_dtstart(event);
        if (is_a_day(begins)) last_year_ = std::max(last_year_, begins.year);
        auto moved = icalcomponent_get_recurrenceid(event);
        if (!icaltime_is_null_time(moved) && date_of(moved).ok())
            moved_.emplace(text_or_empty(icalcomponent_get_uid(event)), date_of(moved));
    }

    void add(icalcomponent* event) {
        auto begins = icalcomponent_get_dtstart(event);
        if (!is_a_day(begins) || icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED) return;
        auto length = length_of(event, date_of(begins));
        auto title = text_or_empty(icalcomponent_get_summary(event));
        for (auto day : occurrences_of(event, begins))
            for (int next = 0; next < length; ++next)
                add_day(add_days(day, next), title);
    }

    std::set<LocalDate> occurrences_of(icalcomponent* event, const icaltimetype& begins) {
        std::set<LocalDate> days{date_of(begins)};
        if (!icaltime_is_null_time(icalcomponent_get_recurrenceid(event))) return days;
        each_property(event, ICAL_RRULE_PROPERTY, [&](icalproperty* property) {
            recurs_ = true;
            Occurrences next{icalrecur_iterator_new(icalproperty_get_rrule(property), begins)};
            for (int count = 0; next && count < most_occurrences; ++count) {
                auto time = icalrecur_iterator_next(next.get());
                if (icaltime_is_null_time(time) || date_of(time) > horizon()) break;
                days.insert(date_of(time));
            }
        });
        each_property(event, ICAL_RDATE_PROPERTY, [&](icalproperty* property) {
            auto more = icalproperty_get_rdate(property).time;
            if (is_a_day(more)) days.insert(date_of(more));
        });
        each_property(event, ICAL_EXDATE_PROPERTY, [&](icalproperty* property) {
            days.erase(date_of(icalproperty_get_exdate(property)));
        });
        auto name = text_or_empty(icalcomponent_get_uid(event));
        std::erase_if(days, [&](LocalDate day) { return moved_.contains({name, day}); });
        return days;
    }

    void add_day(LocalDate day, const std::string& title) {
        auto& days = file_.calendar.days;
        if (days.size() < most_days_of_a_file)
            days.try_emplace(day, title);
        else if (!days.contains(day))
            file_.expected = "a calendar of at most 4,000 days";
    }

    LocalDate horizon() const {
        return std::chrono::year{last_year_ + years_of_recurrence} / std::chrono::December / 31;
    }

    CalendarFile file_;
    Moved moved_;
    int last_year_ = 0;
    bool recurs_ = false;
};

}  // namespace

CalendarFile calendar_from_ics(const std::string& text) {
    if (text.size() > longest_calendar_file) return {{}, "a file of at most 1 MiB"};
    Root root{icalparser_parse_string(text.c_str())};
    if (!root) return {{}, "an iCalendar file, which begins with BEGIN:VCALENDAR"};
    return Reader{}.read(root.get());
}

}  // namespace muster::config
