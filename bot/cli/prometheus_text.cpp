#include "bot/cli/prometheus_text.hpp"

#include <fmt/format.h>

namespace muster::cli {
namespace {

const char* name(Metrics::Kind kind) {
    switch (kind) {
        case Metrics::Kind::counter: return "counter";
        case Metrics::Kind::gauge: return "gauge";
        case Metrics::Kind::histogram: return "histogram";
    }
    return "";
}

std::string full_name(std::string_view name) {
    return name.starts_with("process_") ? std::string{name} : "muster_" + std::string{name};
}

std::string escaped(std::string_view text, bool is_value) {
    std::string result;
    for (auto character : text) {
        if (character == '\n') {
            result += "\\n";
            continue;
        }
        if (character == '\\' || (is_value && character == '"')) result += '\\';
        result += character;
    }
    return result;
}

class Writer {
public:
    explicit Writer(std::string& text) : text_(text) {}

    void write(const Metrics::Family& family) {
        name_ = full_name(family.measure.name);
        text_ += "# HELP " + name_ + " " + escaped(family.measure.help, false) + "\n";
        text_ += "# TYPE " + name_ + " " + cli::name(family.kind) + "\n";
        for (const auto& [values, series] : family.series) {
            auto labels = labels_of(family.measure, values);
            if (family.kind == Metrics::Kind::histogram) {
                write_histogram(family.bounds, labels, series);
            } else {
                line("", labels, fmt::format("{}", series.value));
            }
        }
    }

private:
    static std::string labels_of(const Measure& measure, const std::vector<std::string>& values) {
        std::string labels;
        for (std::size_t at = 0; at < values.size(); ++at)
            labels += (at == 0 ? "" : ",") + std::string{measure.labels[at]} + "=\"" +
                      escaped(values[at], true) + "\"";
        return labels;
    }

    void write_histogram(
        std::span<const double> bounds, const std::string& labels, const Metrics::Series& series
    ) {
        auto comma = labels.empty() ? "" : ",";
        auto all = fmt::format("{}", series.within.back());
        for (std::size_t at = 0; at < bounds.size(); ++at) {
            auto bound = fmt::format("{}{}le=\"{}\"", labels, comma, bounds[at]);
            line("_bucket", bound, fmt::format("{}", series.within[at]));
        }
        line("_bucket", labels + comma + "le=\"+Inf\"", all);
        line("_sum", labels, fmt::format("{}", series.value));
        line("_count", labels, all);
    }

    void line(const char* ending, const std::string& labels, const std::string& value) {
        text_ += name_ + ending;
        if (!labels.empty()) text_ += "{" + labels + "}";
        text_ += " " + value + "\n";
    }

    std::string& text_;
    std::string name_;
};

}  // namespace

std::string prometheus_text(std::initializer_list<const Metrics*> all) {
    std::map<std::string_view, const Metrics::Family*> sorted;
    for (const auto* metrics : all)
        for (const auto& [name, family] : metrics->families())
            sorted.emplace(name, &family);
    std::string text;
    Writer writer{text};
    for (const auto& [name, family] : sorted)
        writer.write(*family);
    return text;
}

}  // namespace muster::cli
