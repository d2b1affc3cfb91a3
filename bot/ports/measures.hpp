#pragma once

#include "bot/ports/metrics.hpp"

// Everything that is measured. In base units; what only grows ends in _total.
namespace muster::measures {

// Of answers to platforms and of what is owed to people: the promises are at 50 ms, 3 s and 5 s.
inline constexpr double waits[] = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 3, 5, 10};
inline constexpr double latenesses[] = {.1, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200};
inline constexpr double syncs[] = {.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5};
inline constexpr double lags[] = {.001, .005, .01, .05, .1, .5, 1, 5};

// ---- what came in

inline constexpr Counter webhook_requests{
    {"webhook_requests_total",
     "Requests of platforms, by the status they were answered with.",
     {"provider", "route", "code"}}};
inline constexpr Counter webhook_rejected{
    {"webhook_rejected_total",
     "Requests that were not a platform's, or cannot be read, by why. The peer is not told.",
     {"reason"}}};
inline constexpr Counter webhook_ignored{
    {"webhook_ignored_total",
     "Requests of a platform that need nothing, by why: its echo of our own posts, for example.",
     {"reason"}}};
inline constexpr Histogram webhook_ack{
    {"webhook_ack_seconds",
     "From the first byte of a platform's request to its answer.",
     {"provider"}},
    waits};
inline constexpr Counter socket_opened{
    {"socket_opened_total", "Web sockets to platforms that were opened.", {"provider"}}};
inline constexpr Counter socket_leaves{
    {"socket_leaves_total",
     "Web sockets that a platform ended, or lost, by why.",
     {"provider", "reason"}}};
inline constexpr Counter socket_failures{
    {"socket_failures_total",
     "Web sockets that could not be opened, by why.",
     {"provider", "reason"}}};
inline constexpr Counter socket_unanswered{
    {"socket_unanswered_total",
     "What a platform told over a web socket and was not answered, by why. It tells events again.",
     {"provider", "reason"}}};
inline constexpr Counter quarantined{
    {"quarantine_total", "Inputs whose decision failed; each is kept and tried again.", {}}};
inline constexpr Gauge quarantine_depth{
    {"quarantine_depth", "Inputs in quarantine: tried again later, or given up.", {}}};

// ---- what is due

inline constexpr Gauge timer_oldest_due{
    {"timer_oldest_due_seconds", "How long the earliest timer is overdue.", {}}};
inline constexpr Histogram timer_lateness{
    {"timer_lateness_seconds", "From when a timer was due to when it fired.", {"kind"}},
    latenesses};
inline constexpr Counter schedule_missed{
    {"schedule_missed_total", "Rounds that nobody was asked for, by why.", {"reason"}}};
inline constexpr Counter prompts{
    {"prompts_total", "Rounds by what became of asking.", {"outcome"}}};
inline constexpr Histogram prompt_lateness{
    {"prompt_lateness_seconds", "From when a prompt was to go out to when it was posted.", {}},
    latenesses};

// ---- what goes out

inline constexpr Gauge delivery_depth{
    {"delivery_depth", "Messages and edits that are not settled.", {"state"}}};
inline constexpr Gauge delivery_due{
    {"delivery_due", "Messages and edits that should go out now.", {}}};
inline constexpr Gauge delivery_oldest_due{
    {"delivery_oldest_due_seconds", "How long the oldest of them has been due.", {}}};
inline constexpr Counter send_ambiguous{
    {"send_ambiguous_total", "Posts of which nobody heard whether they arrived.", {}}};
inline constexpr Counter reconciled{
    {"reconcile_total", "Looks at a platform for what was perhaps posted.", {"result"}}};
inline constexpr Counter duplicates_healed{
    {"duplicates_healed_total", "Second copies of a message that were found and removed.", {}}};
inline constexpr Counter duplicates_possible{
    {"duplicates_possible_total", "Posts repeated where the platform cannot tell.", {}}};

// ---- platforms

inline constexpr Histogram provider_request{
    {"provider_request_seconds", "Calls to platforms.", {"provider", "call"}}, waits};
inline constexpr Counter provider_outcomes{
    {"provider_outcomes_total",
     "Calls to platforms, by what became of them.",
     {"provider", "call", "outcome"}}};
inline constexpr Counter provider_429{
    {"provider_429_total", "Calls that a platform answered with a pause.", {"provider"}}};
inline constexpr Gauge provider_blocked{
    {"provider_blocked_seconds", "How much longer the pause is that it asked for.", {"provider"}}};
inline constexpr Gauge connections{
    {"connections", "Workspaces, served or refused as a whole.", {"provider", "state"}}};

// ---- the database

inline constexpr Histogram db_commit{
    {"db_commit_seconds", "One commit of a group of writes, until it is on the disk.", {}}, syncs};
inline constexpr Gauge db_size{{"db_size_bytes", "The database file.", {}}};
inline constexpr Gauge db_wal{{"db_wal_bytes", "Its write-ahead log.", {}}};
inline constexpr Gauge disk_free{
    {"disk_free_bytes", "What is free for us where the database is.", {}}};
inline constexpr Gauge backup_last_success{
    {"backup_last_success_timestamp_seconds", "When the newest backup was made; 0 = never.", {}}};

// ---- listeners

inline constexpr Gauge http_connections{
    {"http_connections", "Connections that are open.", {"listener"}}};
inline constexpr Gauge http_streams{{"http_streams", "Event streams that are open.", {"listener"}}};
inline constexpr Counter http_turned_away{
    {"http_turned_away_total", "Connections beyond the limits.", {"listener"}}};
inline constexpr Counter http_timed_out{
    {"http_timed_out_total", "Peers that were too slow.", {"listener"}}};
inline constexpr Counter http_responses{
    {"http_responses_total", "Answers by their status.", {"listener", "code"}}};

// ---- the program

inline constexpr Gauge build_info{{"build_info", "The running program; always 1.", {"version"}}};
inline constexpr Histogram loop_lag{
    {"loop_lag_seconds",
     "How late the event loop comes to what is due; looked at each second.",
     {}},
    lags};
inline constexpr Counter heartbeats{
    {"heartbeat_total", "Calls of the heartbeat URL, by what became of them.", {"outcome"}}};
inline constexpr Gauge ready{{"ready", "1 = /readyz says so.", {}}};
inline constexpr Gauge resident_memory{{"process_resident_memory_bytes", "Resident memory.", {}}};
inline constexpr Counter cpu_time{
    {"process_cpu_seconds_total", "Time that the program had a processor.", {}}};
inline constexpr Gauge open_fds{{"process_open_fds", "Open file descriptors.", {}}};
inline constexpr Gauge most_fds{{"process_max_fds", "How many there may be.", {}}};
inline constexpr Gauge start_time{{"process_start_time_seconds", "When the program started.", {}}};

}  // namespace muster::measures
