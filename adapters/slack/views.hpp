#pragma once

#include "adapters/slack/web_api.hpp"

namespace muster::slack {

// What became of a form that was to be opened.
struct ViewResult {
    enum class Kind {
        opened,
        no_trigger,  // what was pressed or typed has opened one already, or is older than 3 s
        refused,     // nor would another try: `reason`
        not_now,     // Slack is busy or in trouble, or nobody heard its answer: `reason`
    };

    Kind kind = Kind::opened;
    std::string reason;
};

// At most once: a trigger opens one form.
Task<ViewResult> open_view(WebApi& api, std::string trigger, json::Value view);

}  // namespace muster::slack
