#include "adapters/local/workspace.hpp"

#include "tests/unit/adapters/local/workspace_story.hpp"

namespace muster {
namespace {

class LocalWorkspaceStory : public WorkspaceStory {
protected:
    bool put(std::string id) {
        RememberedMessage line;
        line.id = id;
        line.place = "payments";
        line.author = "amira";
        line.line = "Hello";
        return result_of(workspace.put(line));
    }

    std::shared_ptr<http::EventStream> a_browser() {
        auto browser = std::make_shared<http::EventStream>();
        workspace.add_listener(browser);
        return browser;
    }
};

TEST_F(LocalWorkspaceStory, TellsEveryBrowserOfEveryChange) {
    auto one = a_browser();
    auto another = a_browser();

    EXPECT_TRUE(put("l1"));

    EXPECT_NE(one->take().find("event: changed\n"), std::string::npos);
    EXPECT_NE(another->take().find("event: changed\n"), std::string::npos);
}

TEST_F(LocalWorkspaceStory, TellsNobodyOfWhatWasNotStored) {
    auto browser = a_browser();
    memory.full = true;

    EXPECT_FALSE(put("l1"));

    EXPECT_EQ(browser->take(), "");
}

TEST_F(LocalWorkspaceStory, ForgetsBrowsersThatHaveGone) {
    auto gone = a_browser();
    std::weak_ptr<http::EventStream> trace = gone;
    gone->close();
    gone.reset();
    auto stays = a_browser();

    EXPECT_TRUE(trace.expired());
    EXPECT_TRUE(put("l1"));
    EXPECT_NE(stays->take(), "");
}

}  // namespace
}  // namespace muster
