// The inputs of a form. Each has a label, perhaps a hint, perhaps an error, all tied to it.
import { spans } from "./blocks.js";
import { h } from "./dom.js";
import { words } from "./words.js";

export function field_view(field, value, error) {
  const id = `field-${field.key.replaceAll(/[^a-z0-9]/gi, "-")}`;
  const described = [field.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  const common = { id, name: field.key, "data-field": field.key, "aria-describedby": described, "aria-invalid": error ? "true" : undefined, "aria-required": field.required ? "true" : undefined };
  const hint = field.hint && h("p", { class: "hint lines", id: `${id}-hint` }, spans(field.hint));
  const note = error && h("p", { class: "error", id: `${id}-error` }, error);
  if (field.kind === "shown") return shown(field, common, hint);
  const groups = ["choice", "several", "scale", "yes_no"];
  if (groups.includes(field.kind)) return choices_of(field, value, { ...common, id }, hint, note);
  if (field.kind === "tick") return tick(field, value, common, hint, note);
  return h("div", { class: `field${error ? " wrong" : ""}` }, h("label", { for: id }, label_words(field)), hint, note, input[field.kind](field, value, common));
}

// field key -> what is entered; what is only shown is not sent, so it stays as it is
export function values_of(root, form) {
  return Object.fromEntries(form.fields.filter((field) => field.kind !== "shown").map((field) => [field.key, value_of(root, field)]));
}

function value_of(root, field) {
  const controls = [...root.querySelectorAll(`[name="${CSS.escape(field.key)}"]`)];
  if (field.kind === "tick") return controls[0]?.checked ? "yes" : "";
  if (field.kind === "several") return controls.filter((control) => control.checked).map((control) => control.value).join(" ");
  if (controls[0]?.type === "radio") return controls.find((control) => control.checked)?.value ?? "";
  return controls[0]?.value ?? "";
}

const label_words = (field) => [spans(field.label), !field.required && h("span", { class: "optional" }, ` (${words.optional})`)];

const input = {
  line: (field, value, common) => h("input", { ...common, type: "text", value, maxlength: field.longest, autocomplete: "off" }),
  paragraph: (field, value, common) => h("textarea", { ...common, rows: "2", maxlength: field.longest, value }),
  date: (field, value, common) => h("input", { ...common, type: "date", value }),
  time: (field, value, common) => h("input", { ...common, type: "time", value }),
  person: (field, value, common) =>
    h("select", common, h("option", { value: "" }, words.choose), field.choices.map((choice) => h("option", { value: choice.value, selected: choice.value === value }, choice.label))),
};

const shown = (field, common, hint) =>
  h("section", { class: "field", "aria-labelledby": `${common.id}-label` },
    h("p", { class: "label", id: `${common.id}-label` }, spans(field.label)), hint,
    h("p", { class: "lines shown", id: common.id, tabindex: "0" }, field.initial));

// One of them, or several: with a space between their values.
function choices_of(field, value, common, hint, note) {
  const type = field.kind === "several" ? "checkbox" : "radio";
  const chosen = field.kind === "several" ? value.split(" ") : [value];
  const choices = field.choices.length > 0 ? field.choices : [{ value: "yes", label: words.yes }, { value: "no", label: words.no }];
  return h(
    "fieldset", { class: `field${note ? " wrong" : ""}`, "aria-describedby": common["aria-describedby"] },
    h("legend", {}, label_words(field)), hint, note,
    h("div", { class: "choices" }, choices.map((choice, index) => {
      const id = `${common.id}-${index}`;
      return h("label", { class: "choice", for: id },
        h("input", { type, id, name: field.key, value: choice.value, checked: chosen.includes(choice.value), "data-field": index === 0 ? field.key : undefined }),
        h("span", {}, choice.label));
    })),
  );
}

const tick = (field, value, common, hint, note) =>
  h("div", { class: `field${note ? " wrong" : ""}` },
    h("label", { class: "choice", for: common.id }, h("input", { ...common, "aria-required": undefined, type: "checkbox", value: "yes", checked: value === "yes" }), h("span", {}, spans(field.label))),
    hint, note);
