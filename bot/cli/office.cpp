#include "bot/cli/office.hpp"

#include <algorithm>

#include "bot/cli/errands.hpp"
#include "bot/cli/exit_code.hpp"

namespace muster::cli {
namespace {

Decision connections_change(
    View& view,
    const std::string& name,
    const std::vector<config::NamedConnection>& named,
    IdSource& ids
) {
    Decision decision;
    auto organisation = view.organisation().value_or(Organisation{});
    if (!organisation.id || organisation.name != name) {
        if (!organisation.id) organisation.id = ids.next<OrganisationId>();
        organisation.name = name;
        decision.changes.push_back(organisation);
    }
    auto known = view.connections();
    for (const auto& [key, platform] : named) {
        auto same = std::ranges::find(known, key, &Connection::key);
        if (same != known.end() && same->platform == platform) continue;
        auto id = same == known.end() ? ids.next<ConnectionId>() : same->id;
        decision.changes.push_back(Connection{id, organisation.id, key, platform});
        decision.events.push_back({"connection.opened", id.value, std::nullopt, {{"key", key}}});
    }
    return decision;
}

std::vector<PersonId> people_of(View& view, const std::vector<config::Admin>& admins) {
    std::vector<PersonId> people;
    auto connections = view.connections();
    for (const auto& admin : admins) {
        auto connection = std::ranges::find(connections, admin.connection, &Connection::key);
        if (connection == connections.end()) continue;
        auto account = view.account(connection->id, admin.user);
        auto person = account ? view.person(account->person) : std::nullopt;
        auto is_new = person && std::ranges::find(people, person->id) == people.end();
        if (is_new && !person->archived) people.push_back(person->id);
    }
    return people;
}

}  // namespace

Decision administrators_change(View& view, const std::vector<config::Admin>& admins) {
    Decision decision;
    auto appointed = people_of(view, admins);
    auto note = [&](PersonId person, const char* what) {
        decision.events.push_back({what, person.value, std::nullopt, {}});
    };
    for (const auto& holder : view.roles()) {
        if (holder.role != Role::administrator) continue;
        if (std::erase(appointed, holder.person) > 0) continue;
        decision.changes.push_back(RoleEnds{holder.team, holder.role, holder.person});
        note(holder.person, "administrator.dismissed");
    }
    for (auto person : appointed) {
        decision.changes.push_back(RoleHolder{std::nullopt, Role::administrator, person, {}});
        note(person, "administrator.appointed");
    }
    return decision;
}

Task<int> Office::run(Errand errand, Output& output) {
    auto word = errand.empty() ? std::string{} : errand.front();
    if (word == "apply") co_return co_await do_apply(parts_, std::move(errand), output);
    if (word == "export-settings") co_return co_await do_export_settings(parts_, output);
    if (word == "export-answers")
        co_return co_await do_export_answers(parts_, std::move(errand), output);
    if (word == "doctor") co_return co_await do_doctor(parts_, std::move(errand), output);
    if (word == "verify") co_return co_await do_verify(parts_, output);
    if (word == "backup") co_return co_await do_backup(parts_, std::move(errand), output);
    if (word == "reencrypt-tokens")
        co_return co_await do_reencrypt_tokens(parts_, std::move(errand), output);
    co_await output.err("The running Muster does not know this command. Is it an older version?\n");
    co_return exit_code::usage;
}

Task<std::vector<Connection>> record_connections(Office::Parts parts) {
    auto named = config::connections_of(parts.configuration);
    auto organisation = parts.configuration.organisation;
    auto now = parts.clock.now();
    auto admins = parts.configuration.admins;
    IdSource ids{parts.entropy.seed()};
    auto record = [named, organisation, admins, ids, now](Transaction& transaction
                  ) mutable -> Result<std::vector<Connection>> {
        auto change = connections_change(transaction, organisation, named, ids);
        if (!change.changes.empty()) transaction.apply(change, now);
        transaction.apply(administrators_change(transaction, admins), now);
        return transaction.connections();
    };
    auto connections = co_await parts.store.write(record);
    if (!connections) throw std::runtime_error("the database refused the first write");
    co_return *std::move(connections);
}

}  // namespace muster::cli
