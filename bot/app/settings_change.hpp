#pragma once

#include "bot/domain/settings.hpp"
#include "storage/store.hpp"

namespace muster {

// The settings as they are, as one value.
settings::Document settings_document(View&);

// One transaction: change the settings, plan the next occurrences of the teams that were touched.
settings::ChangeResult
change_settings(Transaction&, const settings::Wanted&, bool prune, Instant now, IdSource&);

}  // namespace muster
