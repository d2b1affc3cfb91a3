#pragma once

// What the shell is told (design.md, "The outer contract").
namespace muster::cli::exit_code {

inline constexpr int ok = 0;
inline constexpr int finding = 1;  // it ran, and what it found is not well
inline constexpr int usage = 2;    // wrong words, file or configuration; nothing was changed
inline constexpr int store = 70;   // the database, or something that should never happen
inline constexpr int locked = 75;  // another process has the database

}  // namespace muster::cli::exit_code
