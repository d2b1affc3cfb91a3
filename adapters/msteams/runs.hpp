#pragma once

#include <string>
#include <vector>

#include "bot/domain/texts.hpp"

// Words on their way into a card. Pure.
namespace muster::msteams {

// Words that look the same.
struct Run {
    std::string words;
    bool is_bold = false;
    bool is_address = false;
};

using Runs = std::vector<Run>;

// Puts the texts of one message or form into words for its reader. What people typed stays as it
// is, and the words behind it are not turned around by it.
class Phrasing {
public:
    // Both must outlive it.
    Phrasing(const Catalogue& catalogue, const Reader& reader)
        : catalogue_(catalogue), reader_(reader) {}

    std::string words(const Text&) const;

    // Plain addresses that somebody typed are links.
    Runs runs(const Text&, bool is_bold = false) const;

    // No part of it was typed by anybody.
    bool is_our_own(const Text&) const;

    const Reader& reader() const { return reader_; }

private:
    const Catalogue& catalogue_;
    const Reader& reader_;
};

// At the end of them; words go on with words that look the same.
void append(Runs&, Run);

// By its lines, none of them empty; a long line in several, cut between words where that is
// possible. Together they hold all words.
std::vector<Runs> lines_of(const Runs&);

}  // namespace muster::msteams
