// The messages of a place, kept in step with the model without disturbing whoever types or reads.
import { composer } from "./composer.js";
import { arrange, h, keeping_focus, spoken } from "./dom.js";
import { beginning, message_view } from "./message.js";
import { model, zone } from "./model.js";
import { day, time_of_day } from "./time.js";
import { words } from "./words.js";

const modes = new Map();   // own line -> "edit" | "delete"
const opened = new Map();  // root message -> thread shown?
let rows = new Map();      // key -> {element, signature, ...}
let shown_for = "";

// `acts` as in message.js, and say(text, request, thread).
export function show_messages(list, acts) {
  const place = `${model.me} ${model.place}`;
  if (shown_for !== place) {
    rows = new Map();
    list.replaceChildren();
    shown_for = place;
  }
  const everything = model.messages[model.place] ?? [];
  const ids = new Set(everything.map((message) => message.id));
  const in_thread = (message) => message.thread && ids.has(message.thread);
  const roots = everything.filter((message) => !in_thread(message));
  const replies = grouped(everything.filter(in_thread));
  const newest_thread = roots.findLast((root) => replies.has(root.id))?.id;

  const inside = { ...acts, mode: set_mode, reply: open_thread, edit: save_edit };
  function set_mode(message, mode) {
    if (mode) modes.set(message.id, mode);
    else modes.delete(message.id);
    show_messages(list, acts);
    const row = rows.get(message.id)?.element ?? list.querySelector(`[data-message="${CSS.escape(message.id)}"]`);
    (row?.querySelector(mode === "edit" ? "textarea" : `.foot [data-focus]`))?.focus();
  }
  async function save_edit(message, text, request) {
    const outcome = await acts.edit(message, text, request);
    if (outcome.saved) set_mode(message, undefined);
    return outcome;
  }
  function open_thread(message) {
    opened.set(message.id, true);
    show_messages(list, acts);
    rows.get(message.id).thread_box?.focus();
  }

  keeping_focus(() => {
    const wanted = [];
    const used = new Set();
    let last_day = "";
    for (const message of [...roots, ...(model.whispers[model.place] ?? [])]) {
      const date = day(zone(), message.at);
      if (date !== last_day) wanted.push(divider(date, used));
      last_day = date;
      wanted.push(row_of(message, replies.get(message.id) ?? [], newest_thread, inside, used));
    }
    for (const key of rows.keys()) if (!used.has(key)) rows.delete(key);
    arrange(list, wanted);
  });
}

function grouped(messages) {
  const groups = new Map();
  for (const message of messages) groups.set(message.thread, [...(groups.get(message.thread) ?? []), message]);
  return groups;
}

function divider(date, used) {
  const key = `day ${date}`;
  used.add(key);
  if (!rows.has(key)) rows.set(key, { element: h("li", { class: "day" }, h("span", {}, date)) });
  return rows.get(key).element;
}

function row_of(message, replies, newest_thread, acts, used) {
  const row = fresh_row(message, acts, used);
  const open = opened.get(message.id) ?? message.id === newest_thread;
  if (replies.length === 0 && !opened.get(message.id)) {
    row.thread?.remove();
    row.thread = null;
    return row.element;
  }
  if (!row.thread) add_thread(row, message, acts);
  row.toggle.replaceChildren(
    h("span", { class: "chevron", "aria-hidden": "true" }), words.replies(replies.length),
    replies.length > 0 && h("span", { class: "when" }, words.last_reply(time_of_day(zone(), replies.at(-1).at))),
    spoken(`, ${words.thread_of(beginning(message))}`),
  );
  row.toggle.setAttribute("aria-expanded", String(open));
  row.toggle.onclick = () => {
    opened.set(message.id, !open);
    acts.redraw();
  };
  row.inner.hidden = !open;
  if (open) arrange(row.replies, replies.map((reply) => fresh_row(reply, acts, used).element));
  return row.element;
}

function fresh_row(message, acts, used) {
  used.add(message.id);
  const mode = modes.get(message.id);
  const signature = JSON.stringify([message, mode, zone(), model.me]);
  const row = rows.get(message.id) ?? { element: h("li", { "data-message": message.id }) };
  rows.set(message.id, row);
  if (row.signature === signature) return row;
  const view = message_view(message, mode, acts);
  if (row.view) row.view.replaceWith(view);
  else row.element.prepend(view);
  row.view = view;
  row.signature = signature;
  return row;
}

function add_thread(row, message, acts) {
  row.toggle = h("button", { type: "button", class: "thread-toggle", "data-focus": `${message.id}:thread` });
  row.replies = h("ol", { class: "messages replies" });
  row.thread_box = composer({
    key: `say:${model.me}:${model.place}:${message.id}`, label: words.reply_box,
    send: (text, request) => acts.say(text, request, message.id),
  });
  row.inner = h("div", { class: "thread-inner" }, row.replies, row.thread_box.element);
  row.thread = h("div", { class: "thread" }, row.toggle, row.inner);
  row.element.append(row.thread);
}
