#include "bot/app/setups.hpp"

#include "bot/app/settings_change.hpp"
#include "bot/domain/onboarding.hpp"

namespace muster {

Composed compose_setup(View& view, const Delivery& delivery, Instant now) {
    auto setup = view.setup(SetupId{delivery.key.subject});
    auto starter = view.person(std::get<PersonId>(delivery.key.recipient));
    if (!setup || !starter) return Pointless{"gone"};
    auto reader = standup::reader_of(*starter);
    return onboarding::card(*setup, settings_document(view), delivery.key.seq, reader, now);
}

Composed compose_announcement(View& view, const Delivery& delivery, Instant now) {
    auto roster = view.roster(TeamId{delivery.key.subject}, now);
    if (!roster) return Pointless{"gone"};
    return onboarding::announcement(*roster, standup::reader_of(roster->team));
}

Composed compose_welcome(View& view, const Delivery& delivery, Instant now) {
    auto roster = view.roster(TeamId{delivery.key.subject}, now);
    auto person = view.person(std::get<PersonId>(delivery.key.recipient));
    if (!roster || !person) return Pointless{"gone"};
    return onboarding::welcome(*roster, *person, standup::reader_of(*person), now);
}

}  // namespace muster
