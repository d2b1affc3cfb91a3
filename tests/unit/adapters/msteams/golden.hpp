#pragma once

#include "adapters/msteams/activities.hpp"
#include "adapters/words/lengths.hpp"
#include "bot/domain/messages.hpp"
#include "tests/unit/adapters/golden/golden.hpp"

#define MUSTER_GOLDEN_SUITE TeamsGolden

// What Teams gets (tests/contract/msteams/golden/README.md): cards, as Microsoft's own tools take
// them.
namespace muster::golden {

inline constexpr const char* platform = "msteams";
inline constexpr std::size_t most_units = 40'000;  // of an activity (protocols/teams.md 5.6)

inline void expect_post(const std::string& name, msteams::Post post) {
    json::Value card{post.card};
    EXPECT_FALSE(post.summary.empty()) << name;
    EXPECT_LT(length_of(json::dump(msteams::activity_of(std::move(post))), units), most_units)
        << name;
    expect_golden(name, card);
}

inline void expect_direct(const std::string& name, const Composed& composed) {
    auto posts =
        msteams::render(std::get<Message>(composed), DeliveryId{1795512600001}, catalogue());
    for (std::size_t part = 0; part < posts.size(); ++part)
        expect_post(name_of_part(name, part, posts.size()), posts[part]);
}

inline void expect_in_channel(const std::string& name, const Composed& composed) {
    expect_direct(name, composed);
}

inline void expect_form(const std::string& name, const Form& form) {
    auto dialog = msteams::render(form, catalogue());
    EXPECT_FALSE(dialog.title.empty()) << name;
    expect_golden(name, dialog.card);
}

inline void expect_in_place_of_a_form(const std::string& name, const Message& message) {
    expect_golden(name, msteams::render_as_dialog(message, catalogue()).card);
}

}  // namespace muster::golden
