// A form from Muster in a dialog. What is typed is kept in this tab until it is accepted.
import { new_request, post } from "./api.js";
import { spans } from "./blocks.js";
import { h } from "./dom.js";
import { field_view, values_of } from "./fields.js";
import { draft } from "./keep.js";
import { me, model } from "./model.js";
import { words } from "./words.js";

export function form_dialog({ finished }) {
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "form-title" });
  let open = null;    // {form, as}
  let attempt = null;
  let busy = false;
  let back_to = null; // data-focus of what opened it

  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    put_away(false);
  });

  const values_key = (as, form) => `form:${as}:${form.context}`;
  const open_key = (as) => `open-form:${as}`;

  function show(form, { focus } = {}) {
    back_to = focus ?? back_to;
    open = { form, as: model.me };
    attempt = null;
    draft.set(open_key(open.as), form);
    draw(draft.get(values_key(open.as, form)), []);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    (dialog.querySelector("[data-field]") ?? dialog.querySelector("h2")).focus();
  }

  // After a reload, or when somebody becomes this person again.
  function restore() {
    const form = draft.get(open_key(model.me));
    if (form && !dialog.open) show(form);
  }

  function draw(kept, errors) {
    const { form, as } = open;
    const differs = kept && form.fields.some((field) => (kept[field.key] ?? field.initial) !== field.initial);
    dialog.replaceChildren(
      h(
        "form", { class: "form", novalidate: true, onsubmit: submit, oninput: keep, onchange: keep },
        h("header", { class: "form-head" },
          h("div", {}, h("p", { class: "small" }, words.form_for(me()?.name ?? as)), h("h2", { id: "form-title", tabindex: "-1" }, form.title)),
          h("button", { type: "button", class: "quiet close", onclick: () => put_away(false) }, words.close)),
        h("div", { class: "form-body" },
          summary(form, errors),
          differs && errors.length === 0 && h("p", { class: "notice" }, words.kept),
          form.fields.map((field) => field_view(field, kept?.[field.key] ?? field.initial, errors.find((each) => each.field === field.key)?.words)),
          form.who_sees && h("p", { class: "small lines" }, spans(form.who_sees))),
        h("footer", { class: "form-foot" },
          h("p", { class: "failure", role: "alert" }),
          h("div", { class: "buttons" },
            h("button", { type: "submit", class: "primary" }, form.submit),
            form.dismiss && h("button", { type: "button", onclick: () => put_away(true) }, form.dismiss))),
      ),
    );
  }

  const summary = (form, errors) =>
    errors.length > 0 &&
    h("div", { class: "summary", role: "alert", "aria-labelledby": "problem" },
      h("h3", { id: "problem" }, words.problem),
      h("ul", {}, errors.map((error) =>
        h("li", {}, h("a", { href: "#", onclick: (event) => { event.preventDefault(); focus_field(error.field); } }, error.words)))));

  const focus_field = (key) => dialog.querySelector(`[data-field="${CSS.escape(key)}"]`)?.focus();

  function keep() {
    if (open) draft.set(values_key(open.as, open.form), values_of(dialog, open.form));
  }

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    const { form, as } = open;
    const values = values_of(dialog, form);
    const typed = JSON.stringify(values);
    if (attempt?.typed !== typed) attempt = { typed, request: new_request() };
    await waiting(async () => {
      const outcome = await post("submit", { request: attempt.request, as, context: form.context, values: form.fields.filter((field) => field.key in values).map((field) => [field.key, values[field.key]]) });
      if (!outcome.saved) return fail(outcome);
      if (outcome.reply.kind === "errors") return show_errors(values, outcome.reply.errors);
      draft.set(values_key(as, form), null);
      close_or_follow(outcome.reply);
    });
  }

  async function put_away(by_button) {
    if (busy) return;
    const { form, as } = open;
    attempt = attempt?.typed === "dismiss" ? attempt : { typed: "dismiss", request: new_request() };
    await waiting(async () => {
      const outcome = await post("dismiss", { request: attempt.request, as, context: form.context });
      if (!outcome.saved && by_button) return fail(outcome);
      if (by_button) draft.set(values_key(as, form), null);
      close_or_follow(outcome.reply ?? { kind: "none" });
    });
  }

  function close_or_follow(reply) {
    draft.set(open_key(open.as), null);
    if (reply.kind === "form") return show(reply.form);
    open = null;
    dialog.close();
    dialog.replaceChildren();
    finished(reply, back_to);
    back_to = null;
  }

  function show_errors(values, errors) {
    attempt = null;
    draw(values, errors);
    dialog.querySelector(".form-body").scrollTop = 0;
    focus_field(errors[0]?.field);
  }

  function fail(outcome) {
    dialog.querySelector(".form-foot .failure").textContent = outcome.failure;
  }

  async function waiting(work) {
    busy = true;
    dialog.setAttribute("aria-busy", "true");
    const note = dialog.querySelector(".form-foot .failure");
    if (note) note.textContent = "";
    try {
      await work();
    } finally {
      busy = false;
      dialog.removeAttribute("aria-busy");
    }
  }

  return { element: dialog, show, restore };
}
