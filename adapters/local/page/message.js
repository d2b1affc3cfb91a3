// One message in the conversation: a line of a person, or a card from Muster.
import { blocks, plain } from "./blocks.js";
import { composer } from "./composer.js";
import { h } from "./dom.js";
import { me, name_of, zone } from "./model.js";
import { time_of_day } from "./time.js";
import { words } from "./words.js";

// `acts`: press, edit, remove, reply; `mode` of an own line: undefined, "edit" or "delete".
export function message_view(message, mode, acts) {
  const who = message.author ? name_of(message.author) : words.product;
  const time = time_of_day(zone(), message.at);
  return h(
    "article",
    { class: `message ${message.author ? "from-person" : "from-muster"}${message.private ? " private" : ""}`, "aria-label": words.sent_at(who, time) },
    avatar(message.author, who),
    h(
      "div", { class: "message-body" },
      h(
        "p", { class: "byline" },
        h("span", { class: "who" }, who), " ", h("span", { class: "when" }, time),
        message.edited && h("span", { class: "tag" }, words.edited),
        message.private && h("span", { class: "tag" }, words.private),
      ),
      message.author ? line(message, mode, acts) : card(message, acts),
      foot(message, who, mode, acts),
    ),
  );
}

export const beginning = (message) => {
  const text = message.author ? message.line : plain(message.notification);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

export function avatar(id, name) {
  const initials = name.split(" ").map((word) => word[0]).slice(0, 2).join("");
  const tint = id ? [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 6, 7) : "muster";
  return h("span", { class: `avatar tint-${tint}`, "aria-hidden": "true" }, id ? initials : "M");
}

const card = (message, acts) => h("div", { class: "card" }, blocks(message, acts.press), h("p", { class: "failure", role: "alert" }));

function line(message, mode, acts) {
  if (mode !== "edit") return h("p", { class: "line lines" }, message.line);
  return composer({
    key: `edit:${message.id}`, label: words.edit_box, text: message.line,
    send: (text, request) => acts.edit(message, text, request),
    onescape: () => acts.mode(message, undefined),
  }).element;
}

function foot(message, who, mode, acts) {
  if (message.author && message.author === me()?.id) return own_foot(message, mode, acts);
  if (message.thread || message.private || message.whispered) return message.whispered && hide(message, acts);
  return h("div", { class: "foot" }, reply_button(message, who, acts));
}

function own_foot(message, mode, acts) {
  const button = (label, spoken_label, onclick, focus) =>
    h("button", { type: "button", class: "quiet", "aria-label": spoken_label, "data-focus": `${message.id}:${focus}`, onclick }, label);
  if (mode === "edit") return h("div", { class: "foot" }, button(words.cancel, undefined, () => acts.mode(message, undefined), "edit"));
  if (mode === "delete")
    return h(
      "div", { class: "foot", role: "group", "aria-label": words.delete_sure },
      h("span", {}, words.delete_sure),
      button(words.delete, words.delete_line(beginning(message)), () => acts.remove(message), "sure"),
      button(words.keep, undefined, () => acts.mode(message, undefined), "delete"),
      h("p", { class: "failure", role: "alert" }),
    );
  return h(
    "div", { class: "foot" },
    button(words.edit, words.edit_line(beginning(message)), () => acts.mode(message, "edit"), "edit"),
    button(words.delete, words.delete_line(beginning(message)), () => acts.mode(message, "delete"), "delete"),
  );
}

const reply_button = (message, who, acts) =>
  h("button", { type: "button", class: "quiet", "data-focus": `${message.id}:reply`, "aria-label": `${words.reply_to(who)}: ${beginning(message)}`, onclick: () => acts.reply(message) }, words.reply);

const hide = (message, acts) =>
  h("div", { class: "foot" }, h("button", { type: "button", class: "quiet", "aria-label": words.hide_private, onclick: () => acts.hide(message) }, words.hide));
