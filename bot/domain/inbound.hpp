#pragma once

#include <optional>

#include "bot/domain/message.hpp"
#include "bot/domain/person.hpp"
#include "bot/domain/setup.hpp"

namespace muster {

// What a platform told us, in neutral words. An adapter has verified and parsed it; nothing here is
// trusted beyond that.

// A line typed in the direct message with the bot, also in a thread there. What people say to each
// other in a channel, below a message of the bot too, is not for the bot: adapters keep it back.
struct Said {
    std::string text;
    std::string message;                // provider id of the line
    std::optional<std::string> thread;  // provider id of the message it replies to
};

// The person changed or removed a line typed earlier.
struct Edited {
    std::string message;
    std::string text;
    std::optional<std::string> thread = std::nullopt;  // as of a line, where the platform tells it
};

struct Deleted {
    std::string message;
};

struct Pressed {
    Verb verb;
    std::int64_t subject = 0;
    std::int64_t extra = 0;
    std::string message;  // provider id of the message with the button
    // Of that message, where the platform tells it and did not post it in parts: proves that it
    // arrived. What was posted in parts is looked for.
    std::optional<DeliveryId> delivery = std::nullopt;
};

struct Submitted {
    FormContext form;
    FormValues values;
};

// The form was put away unsent.
struct Dismissed {
    FormContext form;
};

// Typed after the bot's name or as a command, anywhere: the same grammar as a line. Of answers it
// takes those with a letter only.
struct Commanded {
    std::string text;
};

// A message of ours came back to us from the platform, as it does where bots hear what they say:
// proves that it arrived. Nobody did it. Not for a message in parts, since it names one of them.
struct Seen {
    DeliveryId delivery;
    std::string message;  // its provider id
};

// The person looks at Muster's own page on that platform.
struct HomeOpened {
    bool is_blank = false;  // nothing of ours is shown there, whatever we published
};

// The person wants to raise a blocker, with these words to begin with: those of a message that they
// picked, which may be somebody else's; or none.
struct BlockerWanted {
    std::string words;
};

// ---- what the platform tells of itself: nobody did it, and it may be told more than once

// It ended our access to a connection as a whole.
struct ConnectionLost {
    std::string reason;  // for the log
};

// Who Muster is there, and what of all that it needs it may not do.
struct Introduced {
    std::string not_granted;  // in the platform's words; "" = nothing
};

// As it is there now.
struct PersonChanged {
    std::string person;    // external id of the account
    bool is_gone = false;  // the account is closed
    // None of these: not told. The name as people see it there, a zone that we know, whether they
    // are of another organisation, and what their status says of their days.
    std::optional<std::string> name = std::nullopt;
    std::optional<ZoneName> zone = std::nullopt;
    std::optional<bool> is_outsider = std::nullopt;
    std::optional<AwayHint> away = std::nullopt;
};

// Somebody wants no disturbance: now, or next; neither: no more.
struct QuietWanted {
    std::string person;  // external id of the account
    std::optional<Instant> from = std::nullopt;
    std::optional<Instant> to = std::nullopt;
};

// Nothing can be posted there any more: Muster was removed from it, or it was archived or deleted.
struct Left {
    std::string place;
};

// It takes posts again.
struct Reopened {
    std::string place;
};

// Muster was invited to a place.
struct Joined {
    std::string place;
    std::string by;  // external id of who invited it; "" = not told
};

// Somebody else came to a place where Muster is.
struct MemberJoined {
    std::string place;
    std::string person;  // external id of the account
};

// What was asked of the directory for a set-up (bot/app/look_ups); what is not here it will not
// tell.
struct LookedUp {
    SetupId setup;
    SetupState state = SetupState::looking;  // that it was asked in
    std::optional<PlaceFacts> place;
    std::vector<std::string> asked;  // about these accounts
    std::vector<Profile> people;
    std::optional<GroupFacts> group = std::nullopt;
};

// People came to a group that the platform keeps, or left it.
struct GroupChanged {
    std::string group;              // external id
    std::vector<std::string> came;  // external ids of accounts
    std::vector<std::string> left;
};

// The same place, known by another id from now on.
struct PlaceMoved {
    std::string from;
    std::string to;
};

using InboundEvent = std::variant<
    Said,
    Edited,
    Deleted,
    Pressed,
    Submitted,
    Dismissed,
    Commanded,
    Seen,
    HomeOpened,
    ConnectionLost,
    PersonChanged,
    Left,
    Reopened,
    PlaceMoved,
    BlockerWanted,
    Joined,
    LookedUp,
    QuietWanted,
    MemberJoined,
    GroupChanged,
    Introduced>;

struct Inbound {
    ConnectionId connection;
    std::string account;  // external id of the person; "" of what nobody did
    std::vector<std::string>
        keys;           // any one seen before = a duplicate (design.md, "An answer arrives")
    Instant sent_at{};  // the platform's time of it; orders edits
    Seed seed;
    InboundEvent event;
    bool came_late = false;  // set by the intake: what was sent after it may be in already
};

// When it was said, and whether it came so late that what was said after it may be in already. Else
// it is the newest there is, whatever clocks say: theirs may differ from ours by seconds, and ours
// may be set back.
struct SaidAt {
    Instant at{};
    bool came_late = false;
};

}  // namespace muster
