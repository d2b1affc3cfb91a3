#pragma once

#include "bot/cli/office.hpp"

namespace muster::cli {

// Has an errand done: here when nobody has the database, else by the running bot over
// "<database>.sock". Output goes to `out` and stderr. Throws a Refusal: 2 when there is no database
// yet, unless the errand `creates` one; 70; 75 when another process has the database and does not
// answer within 5 s.
int at_the_office(const config::Configuration&, Errand errand, TextSink out, bool creates = false);

TextSink to_terminal();  // stdout

std::filesystem::path socket_of(const config::Configuration&);
StoreOptions store_options_of(const config::Configuration&);

}  // namespace muster::cli
