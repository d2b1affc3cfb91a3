#pragma once

#include <string>
#include <string_view>

namespace muster::fake_slack {

// X-Slack-Signature. Written here once more, so that an error of the adapter's own cannot hide.
std::string signature_of(
    std::string_view secret, std::string_view timestamp, std::string_view body
);

}  // namespace muster::fake_slack
