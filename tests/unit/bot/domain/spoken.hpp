#pragma once

#include "bot/domain/messages.hpp"

// Messages and forms as a person reads them, in the words of config/texts: for tests that compare
// whole texts.
namespace muster::spoken {

const Catalogue& catalogue();

// "# heading", "text", "> small print", "- item", "label: value", "[Primary*] [Other]"
std::string words(const Message&);
std::string words(const Composed&);  // "(kept as sent)", "(pointless: reason)"
std::string
words(const Form&);  // "label (hint) = initial", "choices / like / this", "*" = required
std::string notification(const Composed&);

}  // namespace muster::spoken
