#include "adapters/msteams/contacts.hpp"

namespace muster::msteams {
namespace {

void take_over(std::string& told, const std::string& known) {
    if (told.empty()) told = known;
}

// Whether they took the app away is told by their own chat alone.
Contact with(Contact told, const Contact& known) {
    if (told.conversation.empty()) told.is_removed = known.is_removed;
    take_over(told.conversation, known.conversation);
    take_over(told.name_there, known.name_there);
    take_over(told.service_url, known.service_url);
    return told;
}

}  // namespace

Task<> Contacts::load() {
    auto contacts = co_await book_.contacts(connection_);
    for (auto& contact : contacts)
        known_[contact.address] = std::move(contact);
}

const Contact* Contacts::find(const std::string& address) const {
    auto found = known_.find(address);
    return found == known_.end() ? nullptr : &found->second;
}

std::string Contacts::any_service_url() const {
    return known_.empty() ? std::string{} : known_.begin()->second.service_url;
}

Task<bool> Contacts::note(Contact told) {
    if (const auto* known = find(told.address)) {
        told = with(std::move(told), *known);
        if (told == *known) co_return true;
    }
    auto is_stored = co_await book_.note(connection_, told);
    if (is_stored) known_[told.address] = std::move(told);
    co_return is_stored;
}

}  // namespace muster::msteams
