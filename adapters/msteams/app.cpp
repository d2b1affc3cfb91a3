#include "adapters/msteams/app.hpp"

namespace muster::msteams {

App::App(AppSettings settings, Parts parts)
    : token_(
          {settings.token_url, settings.app_id, settings.app_password, settings.scope},
          {parts.http, parts.clock, parts.log, parts.calls}
      ),
      connector_(settings.service_url_hosts, {parts.http, parts.clock, token_}),
      keys_(
          settings.metadata_url, {parts.http, parts.clock, parts.entropy, parts.log, parts.calls}
      ),
      gate_({settings.issuer, settings.app_id}, keys_, parts.clock),
      contacts_(settings.connection, parts.book),
      conversations_(connector_, parts.clock),
      chats_({settings.app_id, settings.tenant}, connector_, contacts_),
      platform_(settings.tenant, {conversations_, chats_, contacts_, parts.catalogue, parts.log}),
      directory_(http::lower_case(settings.tenant), connector_, contacts_, parts.clock),
      replies_({conversations_, chats_, parts.catalogue, parts.clock, parts.log, parts.calls}),
      installation_{
          settings.connection,
          http::lower_case(settings.tenant),
          settings.service_url_hosts,
          gate_,
          contacts_,
          replies_} {}

}  // namespace muster::msteams
