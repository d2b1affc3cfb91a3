// A box to write in: Enter sends, what is typed is kept until it is saved.
import { new_request } from "./api.js";
import { h } from "./dom.js";
import { draft } from "./keep.js";
import { words } from "./words.js";

// `send(text, request)` yields {saved, again}; `key` names the draft.
export function composer({ key, label, hint, send, onescape, text = "" }) {
  const id = `box-${key.replaceAll(/[^a-z0-9]/gi, "-")}`;
  const failure = h("p", { class: "failure", role: "alert", id: `${id}-failure` });
  const box = h("textarea", {
    id, rows: "1", "data-focus": id, autocomplete: "off", placeholder: label,
    "aria-describedby": hint ? `${id}-hint` : undefined,
    value: draft.get(key) ?? text,
    oninput: () => {
      draft.set(key, box.value);
      fit(box);
    },
    onkeydown: (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
      if (event.key === "Escape" && onescape) {
        event.stopPropagation();
        draft.set(key, null);
        onescape();
      }
    },
  });
  const button = h("button", { type: "submit", class: "send" }, words.send);
  let attempt = null;
  let busy = false;

  async function submit(event) {
    event.preventDefault();
    const typed = box.value.trim();
    if (!typed || busy) return;
    if (attempt?.typed !== typed) attempt = { typed, request: new_request() };
    busy = true;
    button.setAttribute("aria-busy", "true");
    failure.textContent = "";
    const outcome = await send(typed, attempt.request);
    busy = false;
    button.removeAttribute("aria-busy");
    if (!outcome.saved) {
      failure.textContent = outcome.failure;
      return;
    }
    attempt = null;
    if (box.value.trim() !== typed) return;  // something else was typed meanwhile
    box.value = "";
    draft.set(key, null);
    fit(box);
  }

  const form = h(
    "form", { class: "composer", onsubmit: submit },
    h("label", { for: id, class: "hidden-visually" }, label),
    h("div", { class: "composer-row" }, box, button),
    failure,
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
  );
  requestAnimationFrame(() => fit(box));
  return { element: form, focus: () => box.focus() };
}

function fit(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 240)}px`;
}
