#include "adapters/msteams/gate.hpp"

#include <array>

#include <openssl/sha.h>

namespace muster::msteams {
namespace {

constexpr std::size_t most_remembered = 1'000;

std::string digest_of(std::string_view text) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return {digest.begin(), digest.end()};
}

}  // namespace

Gate::Gate(Trust trust, KeyRing& keys, Clock& clock)
    : trust_(std::move(trust)), keys_(keys), clock_(clock) {}

Task<Admission> Gate::admit(std::optional<std::string_view> authorization) {
    if (!authorization || authorization->empty()) co_return Admission{};
    auto digest = digest_of(*authorization);
    auto known = remembered_.find(digest);
    auto token = known != remembered_.end() ? known->second.token : token_in(*authorization);
    if (!token) co_return Admission{.verdict = Verdict::malformed};
    auto id = token->key_id;
    auto key = co_await keys_.find(std::move(id));
    if (!key) co_return Admission{.verdict = Verdict::unknown_key};
    known = remembered_.find(digest);
    auto now = clock_.now();
    auto is_checked = known != remembered_.end() && known->second.key == key;
    Admission admission;
    admission.verdict = is_checked ? timeliness(*token, now) : verify(*token, *key, trust_, now);
    if (admission.verdict != Verdict::good) {
        remembered_.erase(digest);
        co_return admission;
    }
    admission.token = std::move(*token);
    admission.key = std::move(key);
    if (!is_checked) remember(std::move(digest), admission, now);
    co_return admission;
}

void Gate::remember(std::string digest, const Admission& admission, Instant now) {
    if (remembered_.size() >= most_remembered)
        std::erase_if(remembered_, [&](const auto& one) {
            return timeliness(one.second.token, now) != Verdict::good;
        });
    if (remembered_.size() >= most_remembered) remembered_.clear();
    remembered_[std::move(digest)] = {admission.token, admission.key};
}

Verdict verdict_on(const Admission& admission, const Origin& origin) {
    if (admission.verdict != Verdict::good) return admission.verdict;
    return is_about(admission.token, *admission.key, origin) ? Verdict::good : Verdict::elsewhere;
}

}  // namespace muster::msteams
