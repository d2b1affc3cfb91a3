#pragma once

#include <initializer_list>
#include <set>

#include "tests/fakes/slack/block_kit.hpp"

// How block_kit looks at JSON: one object at a time, its place at hand.
namespace muster::fake_slack {

struct Place {
    std::string pointer;  // "/blocks/0"

    Place operator/(std::string_view key) const { return {pointer + "/" + std::string{key}}; }

    Place operator/(std::size_t index) const { return *this / std::to_string(index); }
};

class BlockChecker {
public:
    BlockChecker(Surface surface, Verdict& verdict) : surface_(surface), verdict_(verdict) {}

    void check(const json::Array& blocks, const Place&);

    // ---- objects of which others are made

    void plain_text(const Place&, const json::Object&, std::string_view key, std::size_t most);
    void text_object(const Place&, const json::Object&, std::string_view key, std::size_t most);

    // ---- one field

    // A missing one is fine: fields() says what is needed.
    void string(
        const Place&, const json::Object&, std::string_view key, std::size_t least, std::size_t most
    );
    void whole_number(const Place&, const json::Object&, std::string_view key, int least, int most);
    void flag(const Place&, const json::Object&, std::string_view key);
    void
    one_of(const Place&, const json::Object&, std::string_view key, std::initializer_list<std::string_view>);
    // Only these, and all of `needed` among them; `type` goes without saying.
    void fields(
        const Place&,
        const json::Object&,
        std::initializer_list<std::string_view> needed,
        std::initializer_list<std::string_view> allowed
    );
    // Its items, when they are objects and neither too few nor too many.
    std::vector<const json::Object*> objects(
        const Place&, const json::Object&, std::string_view key, std::size_t least, std::size_t most
    );
    const json::Object* object(const Place&, const json::Object&, std::string_view key);

    void refuse(const Place&, const std::string& why);
    void never(const Place&, const std::string& why);

private:
    void block(const Place&, const json::Object&);
    void section(const Place&, const json::Object&);
    void context(const Place&, const json::Object&);
    void actions(const Place&, const json::Object&);
    void input(const Place&, const json::Object&);
    void table(const Place&, const json::Object&);

    // What can be used (block_elements.cpp). `action_ids` are those of the same block.
    using Names = std::set<std::string>;
    void element(
        const Place&,
        const json::Object&,
        std::initializer_list<std::string_view> types,
        Names& action_ids
    );
    void image(const Place&, const json::Object&);
    void button(const Place&, const json::Object&);
    void text_input(const Place&, const json::Object&);
    void select(const Place&, const json::Object&, bool many);
    void few_options(const Place&, const json::Object&, std::size_t most);
    void overflow(const Place&, const json::Object&);
    void picker(const Place&, const json::Object&, std::string_view initial, bool has_zone);
    void option(const Place&, const json::Object&, bool plain);
    void confirm(const Place&, const json::Object&);
    void initial(const Place&, const json::Object&, const json::Array& options);

    // rich_text.cpp
    void rich_text(const Place&, const json::Object&);
    void rich_part(const Place&, const json::Object&);
    void rich_leaf(const Place&, const json::Object&, bool only_plain);

    void markup(const Place&, std::string_view mrkdwn);

    void count_text(std::string_view text) { length_ += characters_in(text); }

    Surface surface_;
    Verdict& verdict_;
    Names block_ids_;
    std::size_t length_ = 0;  // of all texts, and of what holds them
    std::size_t markdown_ = 0;
    int tables_ = 0;
    int focused_ = 0;
};

}  // namespace muster::fake_slack
