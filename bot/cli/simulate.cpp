#include <cstdio>

#include <fmt/format.h>

#include "bot/cli/commands.hpp"
#include "bot/cli/course.hpp"
#include "bot/cli/exit_code.hpp"
#include "bot/cli/time_machine.hpp"
#include "config/settings_file.hpp"

namespace muster::cli {

int run(const Simulate& command) {
    auto file = config::read_settings(command.settings);
    if (!file) refuse(file.error());
    Journey journey{command.from, command.days, command.everybody_answers};
    auto tell = [&journey](View& view, const std::vector<Post>& posts) {
        return course_text(view, posts, journey);
    };
    auto told = travel(file->wanted, journey, tell);
    if (const auto* problems = std::get_if<std::vector<settings::Problem>>(&told))
        refuse(file->locate(*problems));
    fmt::print("{}", std::get<std::string>(told));
    return exit_code::ok;
}

}  // namespace muster::cli
