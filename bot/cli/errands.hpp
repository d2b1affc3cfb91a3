#pragma once

#include <map>

#include "bot/cli/commands.hpp"
#include "bot/cli/office.hpp"

// The errands, each written and carried out in the file of its command. They return the exit code;
// `errand` holds what the function of the same name without do_ put there.
namespace muster::cli {

// The files that a settings file names, by what stands there.
using FilesRead = std::map<std::string, std::string>;
Errand apply_errand(const Apply&, const std::string& text, const FilesRead& files);
Errand export_settings_errand();
Errand export_answers_errand(const ExportAnswers&);
Errand doctor_errand(const Doctor&);
Errand verify_errand();
Errand backup_errand(const Backup&);

Task<int> do_apply(Office::Parts, Errand errand, Output& output);
Task<int> do_export_settings(Office::Parts, Output& output);
Task<int> do_export_answers(Office::Parts, Errand errand, Output& output);
Task<int> do_doctor(Office::Parts, Errand errand, Output& output);
Task<int> do_verify(Office::Parts, Output& output);
Task<int> do_reencrypt_tokens(Office::Parts, Errand errand, Output& output);
Task<int> do_backup(Office::Parts, Errand errand, Output& output);

}  // namespace muster::cli
