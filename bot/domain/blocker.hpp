#pragma once

#include "bot/domain/team.hpp"

namespace muster {

enum class BlockerState { open, cleared, withdrawn, merged };

constexpr std::size_t longest_needed_from = 500;

// One thing that stops somebody. One identity over days; people see its number.
struct Blocker {
    BlockerId id;
    TeamId team;
    int number = 0;
    std::string title;
    PersonId raiser;
    Instant raised_at{};
    std::optional<RoundId> round;  // the answer that raised it
    BlockerState state = BlockerState::open;
    std::optional<Instant> ended_at;
    std::optional<PersonId> ended_by;
    std::optional<PersonId> helper;  // "I can help"
    std::optional<BlockerId> root;   // merged into
    std::string needed_from;         // at most longest_needed_from characters
    std::optional<LocalDate> needed_by;
    std::string ask;  // what the raiser wants them to do
    bool only_delivery_manager = false;
    // Shown to nobody else before: the raiser may still limit who sees it. Stays when it ends while
    // held: then it is never shown.
    std::optional<Instant> held_until;
    bool without_name = false;  // raised in a run that hides names: nobody else learns the raiser
    std::string message;  // provider id of the typed line that raised it: its edits are edits of it
    Instant said_at{};    // the platform's time of that line or its newest edit; as for an answer

    bool operator==(const Blocker&) const = default;
};

enum class NoteKind { still, moving, note };

struct BlockerNote {
    NoteId id;
    BlockerId blocker;
    PersonId by;
    NoteKind kind = NoteKind::note;
    std::string text;
    Instant at{};

    bool operator==(const BlockerNote&) const = default;
};

// Does only its raiser know of it now?
bool is_held(const Blocker&, Instant now);

// May others in the team see it now?
bool is_public(const Blocker&, Instant now);

// "no", "none", "n/a", "dim byd" ... and the empty text: nothing stops this person. English and
// Welsh.
bool means_nothing(std::string_view answer);

// The same words but for case, punctuation and spaces.
bool same_words(std::string_view a, std::string_view b);

// 0..1: how alike two titles are (shared words, weighted by length). From 0.6 on, linking is
// offered.
double similarity(std::string_view a, std::string_view b);
constexpr double alike = 0.6;

// Text that sounds like a blocker ("waiting for", "stuck"): earns a button, never a blocker.
bool sounds_like_a_blocker(std::string_view line);

}  // namespace muster
