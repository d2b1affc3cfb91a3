#include "storage/sqlite/table.hpp"

namespace muster::sqlite::columns {
namespace {

std::string joined(const std::vector<std::string>& parts) {
    auto text = std::string{};
    for (const auto& part : parts)
        text += (text.empty() ? "" : ", ") + part;
    return text;
}

bool is_in(const std::string& name, const std::string& list) {
    return (", " + list + ",").find(", " + name + ",") != std::string::npos;
}

}  // namespace

std::string listed(const std::vector<std::string>& names, const std::string& prefix) {
    auto parts = std::vector<std::string>{};
    for (const auto& name : names)
        parts.push_back(prefix + name);
    return joined(parts);
}

std::string upsert(const std::string& table, const std::string& key, const Names& names) {
    auto places = std::vector<std::string>(names.written.size(), "?");
    auto updates = std::vector<std::string>{};
    for (const auto& name : names.written)
        if (!is_in(name, key)) updates.push_back(name + " = excluded." + name);
    auto known = updates.empty() ? "NOTHING" : "UPDATE SET " + joined(updates);
    return "INSERT INTO " + table + " (" + joined(names.written) + ") VALUES (" + joined(places) +
           ") ON CONFLICT (" + key + ") DO " + known;
}

}  // namespace muster::sqlite::columns
