#pragma once

#include "bot/cli/examination.hpp"
#include "bot/cli/secret_files.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/log.hpp"

namespace muster::cli {

// Lets a secret count that was put into its file while Muster runs.
//
// A file that holds none, or one that cannot be used, changes nothing: the old one stays in use, an
// operator is told once, and so is whoever asks the doctor.
class SecretWatch {
public:
    // Everything must outlive run().
    struct Parts {
        SecretFiles& files;
        Clock& clock;
        Log& log;
    };

    // Uses another secret from now on, and returns ""; or changes nothing and returns what it
    // should have been: "a token that Slack accepts". It is then asked again at each look.
    using Use = std::function<Task<std::string>(std::string secret)>;

    explicit SecretWatch(Parts parts) : parts_(parts) {}

    // Before run(). `name`: for operators, "bot_token of main". A secret of no file stays as it is;
    // one that is in use stands in `secret`, which must outlive run().
    void watch(std::string name, config::Secret& secret, Use use);

    // Looks every 30 s until it is cancelled.
    Task<> run();

    void look_now() { bell_.ring(); }

    // What lies in the files and is not used.
    std::vector<Ailment> ailments() const;

private:
    struct Watched {
        std::string name;
        config::Secret* secret;
        Use use;
        // Of what was last read:
        std::optional<config::FileMark> mark{};
        std::string expected{};     // "" = it is in use
        bool is_undecided = false;  // it may be used later, as it is
    };

    Task<> look_at(Watched& watched);
    Task<config::FileMark> mark_at_rest(std::filesystem::path file);
    Task<> take(Watched& watched, config::Secret found);
    void keep_old(Watched& watched, std::string expected);

    Parts parts_;
    std::vector<Watched> watched_;
    Bell bell_;
};

}  // namespace muster::cli
