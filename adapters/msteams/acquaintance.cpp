#include "adapters/msteams/acquaintance.hpp"

#include "adapters/msteams/activity_parts.hpp"

namespace muster::msteams {
namespace {

using json::Value;

// Bots have no id in the directory of the organisation.
bool is_person(const Value& account) {
    return !account.text_of("id").empty() && !account.text_of("aadObjectId").empty();
}

bool is_removal(const Value& activity) {
    return activity.text_of("type") == "installationUpdate" &&
           activity.text_of("action").starts_with("remove");
}

// A person, known by what they are called there; where they are written to is told by their own
// chat alone.
Contact contact_of(const Value& account, const Value& activity) {
    Contact contact;
    contact.address = account.text_of("aadObjectId");
    contact.name_there = account.text_of("id");
    contact.service_url = activity.text_of("serviceUrl");
    return contact;
}

Contact sender_of(const Value& activity) {
    auto sender = contact_of(in(activity, "from"), activity);
    if (kind_of_place(activity) != PlaceKind::personal) return sender;
    sender.conversation = in(activity, "conversation").text_of("id");
    sender.is_removed = is_removal(activity);
    return sender;
}

// A channel is looked up by its team.
Contact channel_contact(const Value& activity) {
    Contact contact;
    contact.address = channel_in(activity);
    contact.conversation = contact.address;
    contact.name_there = in(in(activity, "channelData"), "team").text_of("id");
    contact.service_url = activity.text_of("serviceUrl");
    contact.is_removed = is_removal(activity);
    return contact;
}

}  // namespace

std::vector<Contact> contacts_in(const Value& activity) {
    std::vector<Contact> contacts;
    if (is_person(in(activity, "from"))) contacts.push_back(sender_of(activity));
    if (kind_of_place(activity) == PlaceKind::channel && !channel_in(activity).empty())
        contacts.push_back(channel_contact(activity));
    if (const auto* added = in(activity, "membersAdded").array())
        for (const auto& member : *added)
            if (is_person(member)) contacts.push_back(contact_of(member, activity));
    return contacts;
}

}  // namespace muster::msteams
