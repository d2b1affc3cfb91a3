#pragma once

#include "bot/domain/texts.hpp"

namespace muster::config {

// All sentences that are compiled into the program. Throws std::runtime_error when a file is not
// what it should be: that is a mistake of the build, not of an operator.
Catalogue load_texts();

// One language file: { "key": "sentence {name}", "key": { "plural": "count", "one": "...", "other":
// "..." } }. `name` is for what is thrown.
Catalogue::Language language_from(std::string_view name, std::string_view json_text);

}  // namespace muster::config
