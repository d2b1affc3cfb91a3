#include "adapters/local/render.hpp"

namespace muster::local {
namespace {

using json::Array;
using json::Object;
using json::Value;

// Puts the texts of one message or form into words for one reader.
class Phrasing {
public:
    Phrasing(const Catalogue& catalogue, const Reader& reader)
        : catalogue_(catalogue), reader_(reader) {}

    Value spans(const Text& text) const;

    Value words(const Text& text) const { return catalogue_.plain(text, reader_); }

private:
    const Catalogue& catalogue_;
    const Reader& reader_;
};

Value block(const Block& block, const Phrasing& phrasing);
Value button(const Button& button, const Phrasing& phrasing);
Value field(const Field& field, const Phrasing& phrasing);

std::int64_t milliseconds_of(Instant at) {
    return at.time_since_epoch().count();
}

}  // namespace

Value show(const RememberedMessage& remembered, const Catalogue& catalogue) {
    Object shown{
        {"id", remembered.id},
        {"author", remembered.author},
        {"at", milliseconds_of(remembered.at)},
    };
    if (remembered.thread) shown.push_back({"thread", *remembered.thread});
    if (!remembered.message) {
        shown.push_back({"line", remembered.line});
        shown.push_back({"edited", remembered.edited_at.has_value()});
        return shown;
    }
    const auto& message = *remembered.message;
    Phrasing phrasing(catalogue, message.reader);
    Array blocks;
    for (const auto& each : message.blocks)
        blocks.push_back(block(each, phrasing));
    shown.push_back({"notification", phrasing.spans(message.notification)});
    shown.push_back({"blocks", std::move(blocks)});
    shown.push_back({"edited", message.edited});
    shown.push_back({"private", !remembered.delivery});
    return shown;
}

Value show(const Form& form, const Catalogue& catalogue) {
    Phrasing phrasing(catalogue, form.reader);
    Array fields;
    for (const auto& each : form.fields)
        if (each.kind != Field::Kind::group) fields.push_back(field(each, phrasing));
    Object shown{
        {"context", to_text(form.context)},
        {"title", phrasing.words(form.title)},
        {"fields", std::move(fields)},
        {"submit", phrasing.words(form.submit)},
    };
    if (form.who_sees) shown.push_back({"who_sees", phrasing.spans(*form.who_sees)});
    if (form.dismiss) shown.push_back({"dismiss", phrasing.words(*form.dismiss)});
    return shown;
}

namespace {

struct ReplyShower {
    const std::optional<RememberedMessage>& said;
    const Catalogue& catalogue;

    Value operator()(const NoReply&) const { return Object{{"kind", "none"}}; }

    Value operator()(const Say&) const {
        if (!said) return Object{{"kind", "none"}};
        return Object{{"kind", "say"}, {"message", show(*said, catalogue)}};
    }

    Value operator()(const FormErrors& refused) const {
        Phrasing phrasing(catalogue, refused.reader);
        Array errors;
        for (const auto& [field, what_to_do] : refused.errors) {
            Object error{{"field", field}, {"words", phrasing.words(what_to_do)}};
            errors.push_back(std::move(error));
        }
        return Object{{"kind", "errors"}, {"errors", std::move(errors)}};
    }

    Value operator()(const OpenForm& open) const {
        return Object{{"kind", "form"}, {"form", show(open.form, catalogue)}};
    }
};

}  // namespace

Value show(
    const Reply& reply, const std::optional<RememberedMessage>& said, const Catalogue& catalogue
) {
    return std::visit(ReplyShower{said, catalogue}, reply);
}

namespace {

const char* name(Span::Kind kind) {
    switch (kind) {
        case Span::Kind::plain: return "plain";
        case Span::Kind::user: return "user";
        case Span::Kind::person: return "person";
        case Span::Kind::instant: return "instant";
    }
    return "plain";
}

const char* name(Field::Kind kind) {
    switch (kind) {
        case Field::Kind::line: return "line";
        case Field::Kind::paragraph: return "paragraph";
        case Field::Kind::choice: return "choice";
        case Field::Kind::several: return "several";
        case Field::Kind::scale: return "scale";
        case Field::Kind::yes_no: return "yes_no";
        case Field::Kind::date: return "date";
        case Field::Kind::time: return "time";
        case Field::Kind::person: return "person";
        case Field::Kind::tick: return "tick";
        case Field::Kind::shown: return "shown";
        case Field::Kind::group: return "line";
        case Field::Kind::people: return "several";  // of those who are known here
    }
    return "line";
}

Value Phrasing::spans(const Text& text) const {
    Array spans;
    for (auto& span : catalogue_.phrase(text, reader_)) {
        spans.push_back(Object{{"kind", name(span.kind)}, {"words", std::move(span.words)}});
    }
    return spans;
}

struct BlockShower {
    const Phrasing& phrasing;

    Value operator()(const Heading& heading) const { return sentence("heading", heading.text); }

    Value operator()(const Paragraph& paragraph) const {
        return sentence("paragraph", paragraph.text);
    }

    Value operator()(const Quiet& quiet) const { return sentence("quiet", quiet.text); }

    Value operator()(const Facts& facts) const {
        Array rows;
        for (const auto& [label, value] : facts.rows) {
            rows.push_back(Object{
                {"label", phrasing.spans(label)}, {"value", phrasing.spans(value)}});
        }
        return Object{{"kind", "facts"}, {"rows", std::move(rows)}};
    }

    Value operator()(const Items& list) const {
        Array items;
        for (const auto& item : list.items)
            items.push_back(phrasing.spans(item));
        return Object{{"kind", "items"}, {"items", std::move(items)}};
    }

    Value operator()(const Buttons& row) const {
        Array buttons;
        for (const auto& each : row.buttons)
            buttons.push_back(button(each, phrasing));
        return Object{{"kind", "buttons"}, {"buttons", std::move(buttons)}};
    }

private:
    Value sentence(const char* kind, const Text& text) const {
        return Object{{"kind", kind}, {"spans", phrasing.spans(text)}};
    }
};

Value block(const Block& block, const Phrasing& phrasing) {
    return std::visit(BlockShower{phrasing}, block);
}

Value button(const Button& button, const Phrasing& phrasing) {
    return Object{
        {"verb", name(button.verb)},
        {"subject", std::to_string(button.subject)},
        {"extra", std::to_string(button.extra)},
        {"revision", button.revision},
        {"label", phrasing.words(button.label)},
        {"spoken", phrasing.words(button.spoken)},
        {"primary", button.primary},
    };
}

Value field(const Field& field, const Phrasing& phrasing) {
    Array choices;
    for (const auto& choice : field.choices) {
        choices.push_back(Object{{"value", choice.value}, {"label", phrasing.words(choice.label)}});
    }
    Object shown{
        {"key", field.key},
        {"kind", name(field.kind)},
        {"label", phrasing.spans(field.label)},
        {"choices", std::move(choices)},
        {"initial", field.initial},
        {"required", field.required},
        {"longest", static_cast<std::int64_t>(field.longest)},
    };
    if (field.hint) shown.push_back({"hint", phrasing.spans(*field.hint)});
    return shown;
}

}  // namespace
}  // namespace muster::local
