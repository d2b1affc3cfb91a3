#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace muster {

// Names one row. 63-bit, random, never 0 in a stored row; an Id of one kind does not fit where
// another is wanted.
template <class Tag>
struct Id {
    std::int64_t value = 0;

    auto operator<=>(const Id&) const = default;

    explicit operator bool() const { return value != 0; }
};

using OrganisationId = Id<struct OrganisationTag>;
using ConnectionId = Id<struct ConnectionTag>;
using PersonId = Id<struct PersonTag>;
using AccountId = Id<struct AccountTag>;
using TeamId = Id<struct TeamTag>;
using ChannelId = Id<struct ChannelTag>;
using CeremonyId = Id<struct CeremonyTag>;
using RunId = Id<struct RunTag>;
using RoundId = Id<struct RoundTag>;
using DraftId = Id<struct DraftTag>;
using BlockerId = Id<struct BlockerTag>;
using NoteId = Id<struct NoteTag>;
using AbsenceId = Id<struct AbsenceTag>;
using CoverId = Id<struct CoverTag>;
using SetupId = Id<struct SetupTag>;
using DeliveryId = Id<struct DeliveryTag>;

// 128 bits of chance, drawn once per event by the Entropy port and carried by the event.
struct Seed {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    bool operator==(const Seed&) const = default;
};

// Derives ids from a seed by counting, so that a decision stays a pure function of its arguments:
// the same seed gives the same ids.
class IdSource {
public:
    explicit IdSource(Seed seed) : seed_(seed) {}

    template <class AnyId>
    AnyId next() {
        return AnyId{next_value()};
    }

    std::uint64_t next_number();  // 64 random bits, for a choice or a shuffle

private:
    std::int64_t next_value();

    Seed seed_;
    std::uint64_t counter_ = 0;
};

}  // namespace muster

template <class Tag>
struct std::hash<muster::Id<Tag>> {
    std::size_t operator()(muster::Id<Tag> id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
