#!/bin/sh
# Plants one bug at a time into a copy of the tree and shows that muster_sim, or a story told in its world, catches it.
#   tests/sim/planted.sh [seeds]      needs a few minutes for each bug; changes nothing in this tree
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
seeds=${1:-40}
platform=model
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r "$root"/CMakeLists.txt "$root"/bot "$root"/adapters "$root"/storage "$root"/config "$root"/tests "$copy"/
cmake -S "$copy" -B "$copy/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS="-Og -g1" -DCMAKE_CXX_FLAGS_DEBUG= >/dev/null
escaped=0

# One seed at a time: a bug may be that time stands still.
first_failure() {
    seed=1
    while [ "$seed" -le "$seeds" ]; do
        status=0
        timeout 60 "$copy/build/muster_sim" --platform "$platform" --seeds 1 --first "$seed" >"$copy/found" 2>&1 || status=$?
        if [ "$status" = 124 ]; then echo "seed $seed, which does not end"; return; fi
        if [ "$status" != 0 ]; then grep -m1 FAILS "$copy/found"; return; fi
        seed=$((seed + 1))
    done
}

# plant <name> <file> <sed expression>
plant() {
    cp "$root/$2" "$copy/$2"
    sed -i "$3" "$copy/$2"
    if cmp -s "$root/$2" "$copy/$2"; then
        echo "$1: the expression no longer fits $2"
        escaped=1
        return
    fi
    ninja -C "$copy/build" muster_sim sim_stories >/dev/null
    found=$(first_failure)
    if [ -n "$found" ]; then
        echo "$1: caught by $found"
    elif found=$("$copy/build/sim_stories" 2>&1 | grep -m1 "^\[  FAILED  \]"); then
        echo "$1: caught by $found"
    else
        echo "$1: NOT CAUGHT"
        escaped=1
    fi
    cp "$root/$2" "$copy/$2"
}

plant "dedupe: only the first key counts" storage/sqlite/inbox_rows.cpp \
    's|if (!request) continue;|if (!request) return std::nullopt;|'
plant "late answers are not marked late" bot/domain/standup_saving.cpp \
    's|now > \*round.closes_at + late_grace|false|'
plant "a fired timer stays" bot/app/timekeeper.cpp \
    's|transaction.timer_fired(timer.kind, timer.ref, timer.due);||'
plant "lease: what may have been sent is sent again at once" bot/app/courier_claim.cpp \
    's|unheard_of(\*delivery, outcome.reason, retry_at, now)|put_off(*delivery, now, outcome.reason)|'
plant "DST: the hour of winter is kept in summer" bot/domain/standup_window.cpp \
    's|return instant_at(ceremony.zone == ZoneRule::member ? own_zone : team.zone, held_on, slot.at);|return instant_at(ceremony.zone == ZoneRule::member ? own_zone : team.zone, LocalDate{held_on.year(), std::chrono::January, std::chrono::day{15}}, slot.at).value() + std::chrono::days{days_between(LocalDate{held_on.year(), std::chrono::January, std::chrono::day{15}}, held_on)};|'

# In the Slack adapter, which only runs where the platform is Slack.
platform=slack
plant "poster: what may have been posted is posted again" adapters/slack/outcome.cpp \
    's|case Meaning::trouble: return not_sent(Outcome::Kind::ambiguous, answer);|case Meaning::trouble: return try_later(answer, 1s, Scope::call);|'
plant "presses: their key is dropped" adapters/slack/inbound_interactions.cpp \
    's|if (!press->at.empty()) heard.keys = .*|(void)where;|'
plant "endpoint: 200 before it is known who we are" adapters/slack/endpoint.cpp \
    's|refuse(plain(503), "not_introduced")|refuse(plain(200), "not_introduced")|'
plant "web api: Retry-After is forgotten" adapters/slack/web_api.cpp \
    's|held_back_\[method\] = clock_.steady_now() + pause;|(void)pause;|'
exit "$escaped"
