// The blocks of a message from Muster. Spans are words; only their kind decides how they look.
import { h } from "./dom.js";

export const spans = (list) =>
  list.map((span) => (span.kind === "plain" ? span.words : h("span", { class: `span-${span.kind}` }, span.words)));

export const plain = (list) => list.map((span) => span.words).join("");

export const blocks = (message, press) => message.blocks.map((block) => render[block.kind](block, message, press));

const render = {
  heading: (block) => h("h2", { class: "heading" }, spans(block.spans)),
  paragraph: (block) => h("p", { class: "lines" }, spans(block.spans)),
  quiet: (block) => h("p", { class: "small lines" }, spans(block.spans)),
  facts: (block) =>
    h("dl", { class: "facts" }, block.rows.map((row) => h("div", {}, h("dt", {}, spans(row.label)), h("dd", { class: "lines" }, spans(row.value))))),
  items: (block) => h("ul", { class: "items" }, block.items.map((item) => h("li", { class: "lines" }, spans(item)))),
  buttons: (block, message, press) =>
    h("div", { class: "buttons" }, block.buttons.map((button, index) => action(button, `${message.id}:${button.verb}:${button.subject}:${index}`, message, press))),
};

function action(button, focus, message, press) {
  return h(
    "button",
    {
      type: "button",
      class: button.primary ? "primary" : "",
      "data-focus": focus,
      "aria-label": button.spoken && button.spoken !== button.label ? button.spoken : undefined,
      onclick: (event) => press(message, button, event.currentTarget),
    },
    button.label,
  );
}
