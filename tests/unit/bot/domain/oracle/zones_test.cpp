#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <ranges>
#include <sstream>

#include <gtest/gtest.h>

#include "bot/domain/zone.hpp"

// bot/domain/zone.cpp against Python's zoneinfo: zones.txt, explained in README.md.

namespace muster {

using namespace std::chrono;

namespace {

const std::filesystem::path zoneinfo = "/usr/share/zoneinfo";
constexpr Instant table_begins = sys_days{2000y / January / 1};
constexpr Instant table_ends = sys_days{2038y / January / 1};
constexpr int slots_of_a_day = 96;

// One change of the clocks.
struct Change {
    Instant at;
    minutes before;  // local time minus UTC
    minutes after;

    bool operator==(const Change&) const = default;
};

// What zoneinfo says of the quarters of an hour around it: runs of first instants and of last ones.
struct Expected {
    Change change;
    std::string first;
    std::string last;
};

// Zones with the same data.
struct Group {
    std::vector<std::string> names;
    minutes offset;  // at the start of the table
    std::vector<Expected> changes;
};

struct Table {
    std::string tzdata;
    std::vector<Group> groups;
};

// A zone's changes in the time of the table as this machine's tzdata has them.
struct SystemZone {
    minutes offset;
    std::vector<Change> changes;
};

Table read_table();
std::string system_tzdata();
std::optional<SystemZone> read_system_zone(const std::string& name);
bool is_comparable(const Change&, const Group&, const SystemZone&);
std::vector<std::optional<Instant>> decoded(const std::string& runs, const Change&);
LocalDate first_date_around(const Change&);

class Disagreements {
public:
    template <class... Parts>
    void add(const Parts&... parts) {
        if (++count_ > 20) return;
        std::ostringstream line;
        ((line << parts << ' '), ...);
        lines_ += line.str() + '\n';
    }

    int count() const { return count_; }

    const std::string& lines() const { return lines_; }

private:
    int count_ = 0;
    std::string lines_;
};

std::string shown(std::optional<Instant> instant) {
    return instant ? to_text(*instant) : "none";
}

TEST(ZonesOracle, AgreesOnEveryQuarterOfAnHourAroundEveryChange) {
    Disagreements wrong;
    for (const auto& group : read_table().groups)
        for (const auto& name : group.names) {
            const auto system = read_system_zone(name);
            if (!system) continue;
            for (const auto& [change, first_runs, last_runs] : group.changes) {
                if (!is_comparable(change, group, *system)) continue;
                const auto first = decoded(first_runs, change);
                const auto last = decoded(last_runs, change);
                for (std::size_t slot = 0; slot < first.size(); ++slot) {
                    const auto date = add_days(
                        first_date_around(change), static_cast<int>(slot) / slots_of_a_day
                    );
                    const auto time = 15min * (slot % slots_of_a_day);
                    if (const auto found = instant_at(name, date, time); found != first[slot])
                        wrong.add(
                            name,
                            to_text(date),
                            to_text(TimeOfDay{time}),
                            "first: zoneinfo",
                            shown(first[slot]),
                            "we",
                            shown(found)
                        );
                    if (const auto found = last_instant_at(name, date, time); found != last[slot])
                        wrong.add(
                            name,
                            to_text(date),
                            to_text(TimeOfDay{time}),
                            "last: zoneinfo",
                            shown(last[slot]),
                            "we",
                            shown(found)
                        );
                }
            }
        }
    EXPECT_EQ(wrong.count(), 0) << wrong.lines();
}

TEST(ZonesOracle, AgreesOnTheWallClockBeforeAtAndBetweenChanges) {
    Disagreements wrong;
    for (const auto& group : read_table().groups)
        for (const auto& name : group.names) {
            const auto system = read_system_zone(name);
            if (!system) continue;
            const auto check = [&](Instant instant, minutes offset) {
                const auto local = instant + offset;
                const auto day = floor<days>(local);
                if (local_time(name, instant) != LocalTime{day, floor<minutes>(local - day)})
                    wrong.add(name, to_text(instant), "zoneinfo: offset", offset.count());
            };
            if (group.offset == system->offset) check(table_begins, group.offset);
            for (const auto& [change, first, last] : group.changes) {
                if (!is_comparable(change, group, *system)) continue;
                check(change.at - 1ms, change.before);
                check(change.at, change.after);
                check(change.at + 72h, change.after);
                check(change.at - 72h, change.before);
            }
        }
    // Two changes may lie within three days of each other only where the table says so itself.
    EXPECT_EQ(wrong.count(), 0) << wrong.lines();
}

TEST(ZonesOracle, EveryLocalDayHasOneOccurrenceAndEachIsLaterThanTheOneBefore) {
    Disagreements wrong;
    const auto follow = [&](const std::string& name, LocalDate from, LocalDate to, TimeOfDay time) {
        auto skipped = 0;
        auto previous = Instant::min();
        for (auto date = from; date <= to; date = add_days(date, 1)) {
            const auto occurrence = instant_at(name, date, time);
            if (!occurrence)
                ++skipped;
            else if (*occurrence <= previous)
                wrong.add(name, to_text(date), to_text(time), "is not later than the day before");
            else
                previous = *occurrence;
        }
        return skipped;
    };

    for (const auto& group : read_table().groups) {
        const auto present = std::ranges::find_if(group.names, is_zone);
        if (present == group.names.end()) continue;
        const auto& name = *present;
        const auto system = read_system_zone(name);
        const auto skipped = std::ranges::count_if(system->changes, [](const Change& change) {
            return change.after - change.before >= 24h;
        });
        if (follow(name, 2000y / January / 2, 2037y / December / 30, 2h + 30min) != skipped)
            wrong.add(name, "does not have", skipped, "skipped dates");
        for (const auto& change : system->changes)
            for (auto time = TimeOfDay{0}; time < 24h; time += 15min)
                follow(
                    name, first_date_around(change), add_days(first_date_around(change), 4), time
                );
    }
    EXPECT_EQ(wrong.count(), 0) << wrong.lines();
}

TEST(ZonesOracle, IsComparedInFullOrSaysWhatThisMachinesTzdataChanged) {
    const auto table = read_table();
    auto names = 0, absent_groups = 0, changes = 0, compared = 0;
    std::string different, absent;
    for (const auto& group : table.groups) {
        auto present = 0;
        for (const auto& name : group.names) {
            const auto system = read_system_zone(name);
            EXPECT_EQ(is_zone(name), system.has_value()) << name;
            if (!system) {
                absent += " " + name;
                continue;
            }
            ++present;
            const auto same = std::ranges::count_if(group.changes, [&](const Expected& expected) {
                return is_comparable(expected.change, group, *system);
            });
            const auto known = std::max(std::ssize(group.changes), std::ssize(system->changes));
            compared += static_cast<int>(same);
            changes += static_cast<int>(known);
            if (same != known) different += " " + name;
        }
        names += present;
        if (present == 0) ++absent_groups;
    }

    const auto groups = static_cast<int>(table.groups.size());
    std::cout << "tzdata " << table.tzdata << " in the table, " << system_tzdata()
              << " here: " << names << " zones, " << compared << " of " << changes
              << " changes compared"
              << "\nwith other changes here:" << (different.empty() ? " none" : different)
              << "\nnot here:" << (absent.empty() ? " none" : absent) << '\n';
    RecordProperty("changes_compared", compared);
    RecordProperty("changes_different", changes - compared);

    if (system_tzdata() == table.tzdata) {
        EXPECT_EQ(compared, changes);
    }
    EXPECT_GT(names, 400);
    EXPECT_LT(absent_groups, groups / 10);
    EXPECT_GT(compared, changes / 100 * 95) << "Is this tzdata without transitions after 2007 "
                                               "(zic -b slim)? date/tz does not read its rules.";
}

// ---- the table

Table read_table() {
    std::ifstream file(MUSTER_ORACLE_FOLDER "/zones.txt");
    if (!file) throw std::runtime_error("no " MUSTER_ORACLE_FOLDER "/zones.txt");

    Table table;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string first;
        words >> first;
        if (first == "tzdata") {
            words >> table.tzdata;
        } else if (first == "zones") {
            auto& group = table.groups.emplace_back();
            for (std::string name; words >> name;)
                group.names.push_back(name);
        } else if (first == "offset") {
            int offset = 0;
            words >> offset;
            table.groups.back().offset = minutes{offset};
        } else {
            int before = 0, after = 0;
            Expected expected;
            words >> before >> after >> expected.first;
            if (!(words >> expected.last)) expected.last = expected.first;
            const auto at = instant_from(first.substr(0, 16) + ":00.000Z").value();
            expected.change = {at, minutes{before}, minutes{after}};
            table.groups.back().changes.push_back(expected);
        }
    }
    return table;
}

// The first quarter of an hour that the table speaks of: midnight of the date before the change's.
LocalDate first_date_around(const Change& change) {
    const auto earlier = change.at + std::min(change.before, change.after);
    return add_days(LocalDate{floor<days>(earlier)}, -1);
}

std::vector<std::optional<Instant>> decoded(const std::string& runs, const Change& change) {
    std::vector<std::optional<Instant>> instants;
    const Instant first_slot = sys_days{first_date_around(change)};
    std::istringstream pieces(runs);
    for (std::string run; std::getline(pieces, run, ',');) {
        auto offset = run[0] == 'b' ? change.before : change.after;
        auto count = run.substr(1);
        if (run[0] == 'o') {
            offset = minutes{std::stoi(count)};
            count = count.substr(count.find(':') + 1);
        }
        for (int left = std::stoi(count); left > 0; --left) {
            const Instant local = first_slot + 15min * static_cast<int>(instants.size());
            if (run[0] == 'x')
                instants.push_back(std::nullopt);
            else
                instants.push_back(run[0] == 'c' ? change.at : local - offset);
        }
    }
    return instants;
}

// A change that both releases of tzdata have, with the same neighbours in the days around it.
bool is_comparable(const Change& change, const Group& group, const SystemZone& system) {
    const auto is_near = [&](const Change& other) { return abs(other.at - change.at) < 96h; };
    std::vector<Change> in_table, here;
    for (const auto& expected : group.changes)
        if (is_near(expected.change)) in_table.push_back(expected.change);
    std::ranges::copy_if(system.changes, std::back_inserter(here), is_near);
    return in_table == here;
}

// ---- this machine's tzdata, read without date/tz

std::string system_tzdata() {
    std::ifstream file(zoneinfo / "tzdata.zi");
    std::string word, version = "(unknown)";
    file >> word >> word >> version;  // "# version 2026f"
    return version;
}

class Bytes {
public:
    explicit Bytes(std::string bytes) : bytes_(std::move(bytes)) {}

    void skip(std::int64_t count) { position_ += static_cast<std::size_t>(count); }

    // A big-endian number of that many bytes, with its sign.
    std::int64_t number(int size) {
        auto value = size > 1 && (bytes_.at(position_) & 0x80) ? std::int64_t{-1} : 0;
        while (size-- > 0)
            value = value << 8 | static_cast<unsigned char>(bytes_.at(position_++));
        return value;
    }

private:
    std::string bytes_;
    std::size_t position_ = 0;
};

struct TzifCounts {
    std::int64_t utc, standard, leap_seconds, changes, types, letters;
};

TzifCounts tzif_header(Bytes& bytes) {
    bytes.skip(20);
    TzifCounts counts{};
    for (auto* count :
         {&counts.utc,
          &counts.standard,
          &counts.leap_seconds,
          &counts.changes,
          &counts.types,
          &counts.letters})
        *count = bytes.number(4);
    return counts;
}

// RFC 8536, the 64-bit part.
std::optional<SystemZone> read_system_zone(const std::string& name) {
    std::ifstream file(zoneinfo / name, std::ios::binary);
    if (!file) return std::nullopt;
    Bytes bytes(std::string(std::istreambuf_iterator<char>(file), {}));

    const auto old = tzif_header(bytes);
    bytes.skip(
        old.changes * 5 + old.types * 6 + old.letters + old.leap_seconds * 8 + old.standard +
        old.utc
    );
    const auto counts = tzif_header(bytes);
    std::vector<Instant> instants;
    std::vector<std::size_t> types;
    std::vector<minutes> offsets;
    for (auto left = counts.changes; left > 0; --left)
        instants.emplace_back(seconds{bytes.number(8)});
    for (auto left = counts.changes; left > 0; --left)
        types.push_back(static_cast<std::size_t>(bytes.number(1)));
    for (auto left = counts.types; left > 0; --left) {
        offsets.push_back(floor<minutes>(seconds{bytes.number(4)}));
        bytes.skip(2);
    }

    SystemZone zone{offsets.at(0), {}};
    auto offset = zone.offset;
    for (std::size_t index = 0; index < instants.size(); ++index) {
        const auto after = offsets.at(types[index]);
        if (instants[index] <= table_begins)
            zone.offset = after;
        else if (instants[index] < table_ends && after != offset)
            zone.changes.push_back({instants[index], offset, after});
        offset = after;
    }
    return zone;
}

}  // namespace

}  // namespace muster
