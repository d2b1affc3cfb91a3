#pragma once

#include "adapters/slack/render.hpp"
#include "adapters/slack/rich_text.hpp"

namespace muster::slack {

// Puts the texts of one message or form into words for its reader. What people typed stays as it
// is, and the words behind it are not turned around by it.
class Phrasing {
public:
    // Both must outlive it.
    Phrasing(const Catalogue& catalogue, const Reader& reader, Readers readers)
        : catalogue_(catalogue), reader_(reader), readers_(readers) {}

    std::string words(const Text&) const;

    // Plain addresses are links, and for many readers times are their own.
    Leaves leaves(const Text&, bool bold = false) const;

private:
    void append_time(Leaves&, const Span&, bool bold) const;

    const Catalogue& catalogue_;
    const Reader& reader_;
    Readers readers_;
};

}  // namespace muster::slack
