#include "bot/domain/form_parts.hpp"
#include "bot/domain/team_days.hpp"
#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

using testing::ElementsAre;
using testing::Pair;

// Days off and who stands in, changed from the team's page. Dev is the delivery manager.
class DaysStory : public AppStory {
protected:
    DaysStory() {
        know(bank_holidays());
        start({{connection, &platform}});
    }

    static Calendar bank_holidays() {
        Calendar england;
        england.key = "england-and-wales";
        england.days = {
            {*date_from("2026-12-25"), "Christmas Day"}, {*date_from("2026-12-28"), "Boxing Day"}};
        england.data_ends = *date_from("2027-12-28");
        return england;
    }

    void know(Calendar calendar) {
        settings::Wanted wanted;
        wanted.calendars = {std::move(calendar)};
        set(wanted);
    }

    Team only_team() {
        return look([](View& view) { return view.teams().front(); });
    }

    TeamId team() { return only_team().id; }

    Form form_of(const std::string& who, Verb verb) {
        auto reply = take(who, press(verb, team().value)).value();
        return std::get<OpenForm>(reply).form;
    }

    FormValues opened(const std::string& who, Verb verb) {
        FormValues values;
        for (const auto& field : form_of(who, verb).fields)
            values.emplace_back(field.key, field.initial);
        return values;
    }

    Result<Reply> send(const std::string& who, FormKind kind, FormValues values) {
        return take(who, Submitted{{kind, team().value, 1}, std::move(values)});
    }

    std::string error(const Result<Reply>& reply) {
        return std::get<FormErrors>(reply.value()).errors.at(0).second.key;
    }

    settings::Document document() {
        return look([](View& view) { return settings_document(view); });
    }

    Calendar calendar_of_the_team() {
        auto all = document().calendars;
        return *std::ranges::find(all, only_team().calendar, &Calendar::key);
    }

    // What muster export settings writes changes nothing when it is applied.
    void expect_to_be_exported_whole() {
        auto now_set = document();
        IdSource ids{{1, 2}};
        auto again =
            settings::change(now_set, settings::wanted_from(now_set), false, std::nullopt, ids);
        ASSERT_TRUE(again.has_value());
        EXPECT_THAT(again->differences, testing::IsEmpty());
    }
};

TEST_F(DaysStory, LetsATeamFollowBankHolidays) {
    EXPECT_EQ(*value_of(opened("dev", Verb::edit_days_off), "calendar"), "none");
    auto reply = send("dev", FormKind::days_off, {{"calendar", "england-and-wales"}});
    EXPECT_EQ(said(reply), "days_off.saved");
    EXPECT_EQ(only_team().calendar, "england-and-wales");
    expect_to_be_exported_whole();
    send("dev", FormKind::days_off, {{"calendar", "none"}});
    EXPECT_EQ(only_team().calendar, "");
}

TEST_F(DaysStory, AddsADayOfTheTeamsOwnBesideBankHolidays) {
    send(
        "dev",
        FormKind::days_off,
        {{"calendar", "england-and-wales"}, {"date", "2026-12-24"}, {"title", " Office closed "}}
    );
    EXPECT_THAT(
        calendar_of_the_team().days,
        ElementsAre(
            Pair(*date_from("2026-12-24"), "Office closed"),
            Pair(*date_from("2026-12-25"), "Christmas Day"),
            Pair(*date_from("2026-12-28"), "Boxing Day")
        )
    );
    EXPECT_EQ(calendar_of_the_team().data_ends, date_from("2027-12-28"));
    auto values = opened("dev", Verb::edit_days_off);
    EXPECT_EQ(*value_of(values, "calendar"), "england-and-wales");
    EXPECT_EQ(*value_of(values, "kept"), "2026-12-24");
    expect_to_be_exported_whole();
}

TEST_F(DaysStory, AsksNobodyOnADayOff) {
    send("dev", FormKind::days_off, {{"calendar", "none"}, {"date", "2026-11-24"}});
    until("2026-11-24T12:00");
    EXPECT_EQ(rounds("amira").size(), 1U) << "Monday's";
    until("2026-11-25T12:00");
    EXPECT_EQ(rounds("amira").size(), 2U) << "and Wednesday's";
}

TEST_F(DaysStory, AsksNobodyOnADayOffThatWasPlannedFor) {
    until("2026-11-23T15:00");  // since Monday's has begun, Tuesday's is planned
    send("dev", FormKind::days_off, {{"calendar", "none"}, {"date", "2026-11-24"}});
    until("2026-11-24T12:00");
    EXPECT_EQ(rounds("amira").size(), 1U) << "Monday's";
}

TEST_F(DaysStory, AsksOnADayThatIsNoLongerOff) {
    send("dev", FormKind::days_off, {{"calendar", "none"}, {"date", "2026-11-24"}});
    until("2026-11-23T15:00");  // Wednesday's is planned
    send("dev", FormKind::days_off, {{"calendar", "none"}, {"kept", ""}});
    until("2026-11-24T12:00");
    EXPECT_EQ(rounds("amira").size(), 2U) << "Monday's and Tuesday's";
}

TEST_F(DaysStory, AsksNobodyOnAHolidayOfACalendarThatTheTeamFollowsFromNowOn) {
    until("2026-12-24T15:00");
    auto before = rounds("amira").size();
    send("dev", FormKind::days_off, {{"calendar", "england-and-wales"}});
    until("2026-12-25T15:00");
    EXPECT_EQ(rounds("amira").size(), before);
}

TEST_F(DaysStory, TakesADayOffTheListAgain) {
    send("dev", FormKind::days_off, {{"calendar", "england-and-wales"}, {"date", "2026-12-24"}});
    send("dev", FormKind::days_off, {{"calendar", "england-and-wales"}, {"kept", ""}});
    EXPECT_EQ(only_team().calendar, "england-and-wales");
    EXPECT_EQ(value_of(opened("dev", Verb::edit_days_off), "kept"), nullptr);
}

// What a form sends replaces all that it showed.
TEST_F(DaysStory, LosesNothingThatSomebodyElseAddsWhileAFormIsOpen) {
    FormValues holidays{{"calendar", "england-and-wales"}};
    auto old = form_of("dev", Verb::edit_days_off).context;
    send("dev", FormKind::days_off, {{"calendar", "none"}, {"date", "2026-12-24"}});
    EXPECT_EQ(error(take("dev", Submitted{old, holidays})), "team.changed_meanwhile");
    EXPECT_EQ(*value_of(opened("dev", Verb::edit_days_off), "kept"), "2026-12-24");

    auto now = form_of("dev", Verb::edit_days_off).context;
    EXPECT_TRUE(std::holds_alternative<Say>(take("dev", Submitted{now, holidays}).value()));
}

// New bank holidays come with a new version, or with a file.
TEST_F(DaysStory, FollowTheBankHolidaysThatTheyBuildOn) {
    send("dev", FormKind::days_off, {{"calendar", "england-and-wales"}, {"date", "2026-12-24"}});
    auto next = bank_holidays();
    next.days[*date_from("2027-01-01")] = "New Year's Day";
    know(next);
    EXPECT_TRUE(calendar_of_the_team().is_holiday(*date_from("2027-01-01")));
    EXPECT_TRUE(calendar_of_the_team().is_holiday(*date_from("2026-12-24")));
    expect_to_be_exported_whole();
}

TEST_F(DaysStory, SayWhatIsMissing) {
    auto reply =
        send("dev", FormKind::days_off, {{"calendar", "none"}, {"title", "Office closed"}});
    EXPECT_EQ(error(reply), "days_off.which_day");
    reply = send("dev", FormKind::days_off, {{"calendar", "none"}, {"date", "2026-01-02"}});
    EXPECT_EQ(error(reply), "days_off.in_the_past");
    EXPECT_EQ(only_team().calendar, "");
}

TEST_F(DaysStory, AreChangedByNobodyElse) {
    for (auto verb : {Verb::edit_days_off, Verb::edit_cover})
        EXPECT_EQ(said(take("amira", press(verb, team().value))), "team.not_yours");
    for (auto kind : {FormKind::days_off, FormKind::cover})
        EXPECT_EQ(said(send("amira", kind, {{"date", "2026-12-24"}})), "team.not_yours");
    EXPECT_TRUE(document().covers.empty());
}

TEST_F(DaysStory, LetSomebodyStandInForSomeDays) {
    auto reply = send(
        "dev",
        FormKind::cover,
        {{"person", sim::account_of("amira")},
         {"role", "delivery_manager"},
         {"from", "2026-12-01"},
         {"to", "2026-12-03"}}
    );
    EXPECT_EQ(said(reply), "cover.saved");
    auto covers = document().covers;
    ASSERT_EQ(covers.size(), 1U);
    EXPECT_EQ(covers.front().person, person("amira").id);
    EXPECT_EQ(covers.front().team, team());
    EXPECT_EQ(covers.front().from, *date_from("2026-12-01"));
    EXPECT_EQ(covers.front().to, *date_from("2026-12-03"));
    expect_to_be_exported_whole();
    EXPECT_EQ(
        *value_of(opened("dev", Verb::edit_cover), "kept"),
        "2026-12-01/2026-12-03/delivery_manager/" + std::to_string(person("amira").id.value)
    );
    EXPECT_EQ(said(send("dev", FormKind::cover, {{"kept", ""}})), "cover.saved_nobody");
    EXPECT_TRUE(document().covers.empty());
}

TEST_F(DaysStory, SayWhatIsWrongWithAStandIn) {
    auto amira = sim::account_of("amira");
    auto wrong = [&](FormValues values) { return error(send("dev", FormKind::cover, values)); };
    EXPECT_EQ(wrong({{"from", "2026-12-01"}}), "cover.choose_a_person");
    EXPECT_EQ(wrong({{"person", amira}}), "cover.choose_a_date");
    EXPECT_EQ(wrong({{"person", "U-NOBODY"}, {"from", "2026-12-01"}}), "cover.not_known");
    EXPECT_EQ(
        wrong({{"person", amira + " " + sim::account_of("bo")}, {"from", "2026-12-01"}}),
        "cover.one_person"
    );
    EXPECT_EQ(
        wrong({{"person", amira}, {"from", "2026-12-03"}, {"to", "2026-12-01"}}), "cover.ends_first"
    );
    EXPECT_EQ(wrong({{"person", amira}, {"from", "2026-01-02"}}), "cover.in_the_past");
    EXPECT_TRUE(document().covers.empty());
}

TEST_F(DaysStory, KeepsTheTeamsOwnDaysToTheTeam) {
    send("dev", FormKind::days_off, {{"calendar", "england-and-wales"}, {"date", "2026-12-24"}});
    auto team = only_team();
    EXPECT_EQ(team.calendar, "payments-days");
    EXPECT_EQ(
        look([id = team.id](View& view) {
            return team_days::shared_calendar(id, settings_document(view));
        }),
        "england-and-wales"
    );
    send("dev", FormKind::days_off, {{"calendar", "england-and-wales"}, {"kept", ""}});
    auto all = document().calendars;
    auto own = std::ranges::find(all, "payments-days", &Calendar::key);
    ASSERT_NE(own, all.end());
    EXPECT_FALSE(own->days.contains(*date_from("2026-12-24")));
    expect_to_be_exported_whole();
}

TEST_F(DaysStory, SaysThatNothingFitsBelowAFieldThatIsThere) {
    auto old = form_of("dev", Verb::edit_cover).context;
    send("dev", FormKind::cover, {{"person", sim::account_of("amira")}, {"from", "2026-12-01"}});
    FormValues values{{"person", sim::account_of("bo")}, {"from", "2026-12-02"}};
    auto reply = take("dev", Submitted{old, values}).value();
    EXPECT_EQ(std::get<FormErrors>(reply).errors.at(0).first, "person");
    EXPECT_EQ(said(take("dev", Submitted{old, {}})), "team.changed_meanwhile");
}

TEST_F(DaysStory, NamesACoverShortlyWhoeverItIs) {
    auto amira = person("amira");
    amira.key = std::string(64, 'a');
    apply({.changes = {amira}});
    send("dev", FormKind::cover, {{"person", sim::account_of("amira")}, {"from", "2026-12-01"}});
    auto kept = *value_of(opened("dev", Verb::edit_cover), "kept");
    EXPECT_LE(kept.size(), 75U);
    send("dev", FormKind::cover, {{"kept", kept}});
    EXPECT_EQ(*value_of(opened("dev", Verb::edit_cover), "kept"), kept);
}

TEST_F(DaysStory, TakesNobodyOfAnotherOrganisationToStandIn) {
    auto bo = person("bo");
    bo.outsider = true;
    apply({.changes = {bo}});
    auto reply =
        send("dev", FormKind::cover, {{"person", sim::account_of("bo")}, {"from", "2026-12-01"}});
    EXPECT_EQ(error(reply), "cover.is_outsider");
}

}  // namespace
}  // namespace muster
