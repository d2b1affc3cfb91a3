#include "bot/app/settings_change.hpp"
#include "bot/cli/at_the_office.hpp"
#include "bot/cli/errands.hpp"
#include "bot/cli/exit_code.hpp"
#include "bot/cli/output_file.hpp"
#include "config/settings_file.hpp"

namespace muster::cli {

int run(const ExportSettings& command) {
    auto configuration = configuration_of(command.place);
    OutputFile file{command.out};
    return file.finish(at_the_office(configuration, export_settings_errand(), file.sink()));
}

Errand export_settings_errand() {
    return {"export-settings"};
}

Task<int> do_export_settings(Office::Parts parts, Output& output) {
    auto look = [](View& view) { return settings_document(view); };
    auto document = co_await parts.store.read(look);
    co_await output.out(config::settings_text(settings::wanted_from(document)));
    co_return exit_code::ok;
}

}  // namespace muster::cli
