// The local workspace: reads the state, draws it, and sends what you do.
import { fetch_state, listen, new_request, post } from "./api.js";
import { clock_bar } from "./clock.js";
import { plain } from "./blocks.js";
import { composer } from "./composer.js";
import { show_messages } from "./conversation.js";
import { announce, h } from "./dom.js";
import { form_dialog } from "./form.js";
import { remembered } from "./keep.js";
import { channel, is_direct, mark_seen, me, model, now, take } from "./model.js";
import { sidebar } from "./places.js";
import { words } from "./words.js";

// ---- the page

const clock = clock_bar(reload);
const side = sidebar({ become });
const dialog = form_dialog({ finished: form_finished });
const title = h("h1", { tabindex: "-1", id: "place-title" });
const about = h("p", { class: "small" });
const hint = h("section", { class: "hint-card", "aria-labelledby": "hint-title" });
const empty = h("p", { class: "empty" });
const list = h("ol", { class: "messages" });
const scroller = h("div", { class: "scroller", tabindex: "0", role: "region" }, empty, list);
const footer = h("div", { class: "main-foot" });
const lost = h("p", { class: "lost", role: "status" });
const menu = h("button", { type: "button", class: "menu", "aria-expanded": "false", "aria-controls": "sidebar", onclick: () => open_menu(menu.getAttribute("aria-expanded") !== "true") }, words.menu);

const frame = h("div", { class: "frame" },
  h("a", { class: "skip", href: "#place-title", onclick: (event) => { event.preventDefault(); title.focus(); } }, words.skip),
  h("header", { class: "top" },
    h("div", { class: "brand" }, h("img", { src: "/local/page/icon.svg", alt: "", width: "28", height: "28" }), h("span", { class: "brand-name" }, words.product), h("span", { class: "small" }, words.workspace)),
    menu, clock.element),
  side.element,
  h("main", { class: "main" }, h("div", { class: "main-head" }, title, about), hint, scroller, lost, footer),
  dialog.element);

function open_menu(open) {
  menu.setAttribute("aria-expanded", String(open));
  frame.classList.toggle("menu-open", open);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || menu.getAttribute("aria-expanded") !== "true") return;
  open_menu(false);
  menu.focus();
});

// ---- reading

let reading = null;
let read_again = false;

async function reload() {
  if (reading) {
    read_again = true;
    return reading;
  }
  reading = read().finally(() => {
    reading = null;
    if (read_again) {
      read_again = false;
      reload();
    }
  });
  return reading;
}

async function read() {
  const as = model.me ?? remembered.get("me");
  try {
    const state = await fetch_state(as);
    if (model.me && model.me !== state.me) return;  // became somebody else meanwhile
    const first = !model.loaded;
    const before = model.messages;
    take(state);
    lost.textContent = "";
    if (!first) speak(before);
    choose_place();
    show();
    if (first) dialog.restore();
  } catch {
    lost.textContent = words.lost;
    if (!model.loaded) document.getElementById("app").replaceChildren(h("p", { class: "notice", role: "status" }, words.lost));
  }
}

function speak(before) {
  for (const [place, messages] of Object.entries(model.messages)) {
    const known = new Set((before[place] ?? []).map((message) => message.id));
    for (const message of messages) {
      if (!known.has(message.id) && !message.author) announce(`${place_name(place)}: ${plain(message.notification)}`);
    }
  }
}

// ---- drawing

let drawn_place = "";

function show() {
  if (!model.loaded) return;
  if (!frame.isConnected) document.getElementById("app").replaceChildren(frame);
  const place_key = `${model.me} ${model.place}`;
  const moved = drawn_place !== place_key;
  if (moved) show_place();
  const at_end = moved || is_at_end();
  show_messages(list, acts);
  const messages = model.messages[model.place] ?? [];
  empty.hidden = messages.length > 0;
  if (at_end) to_end();
  drawn_place = place_key;
  if (document.visibilityState === "visible") mark_seen(model.place);
  side.show();
  clock.show();
}

// In a narrow window the page scrolls, in a wide one the conversation; the other has nothing below.
const scrolling = [scroller, document.documentElement];
const is_at_end = () => scrolling.every((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 80);

function to_end() {
  for (const element of scrolling) element.scrollTop = element.scrollHeight;
}

function show_place() {
  const here = channel(model.place);
  title.textContent = place_name(model.place);
  document.title = `${place_name(model.place)}, ${words.product}`;
  about.textContent = here ? words.about_channel(here.team) : words.about_direct(me().name);
  scroller.setAttribute("aria-label", words.conversation(place_name(model.place)));
  empty.textContent = `${here ? words.empty_channel : words.empty_direct} ${model.demo && !here ? words.empty_demo : ""}`;
  show_hint();
  footer.replaceChildren(composer({
    key: `say:${model.me}:${model.place}`,
    label: here ? words.write_channel(words.channel(here.id)) : words.write_direct,
    hint: `${words.hint_keys} ${words.hint_command}`,
    send: (text, request) => say(text, request),
  }).element);
}

function show_hint() {
  hint.hidden = !is_direct(model.place) || remembered.get("hint-hidden") === true;
  hint.replaceChildren(
    h("h2", { id: "hint-title" }, words.try_title),
    h("ol", {}, words.try_lines(model.demo).map((line) => h("li", {}, line))),
    h("button", { type: "button", class: "quiet", onclick: () => { remembered.set("hint-hidden", true); hint.hidden = true; title.focus(); } }, words.hide));
}

const place_name = (place) => (channel(place) ? words.channel(place) : words.with_muster);

// ---- going somewhere

function choose_place() {
  const wanted = decodeURIComponent(location.hash.replace(/^#\/?/, ""));
  model.place = channel(wanted) ? wanted : model.me;
}

window.addEventListener("hashchange", () => {
  choose_place();
  open_menu(false);
  show();
  title.focus({ preventScroll: true });
});

async function become(person) {
  model.me = person;
  model.whispers = {};
  remembered.set("me", person);
  model.place = null;
  await reload();
  if (model.loaded) dialog.restore();
}

// ---- acting

async function say(text, request, thread) {
  const command = text.match(/^\/muster(?:\s+(.*))?$/s);
  const body = { request, as: model.me, place: model.place };
  const outcome = command
    ? await post("command", { ...body, text: command[1] ?? "" })
    : await post("say", { ...body, text, ...(thread ? { thread } : {}) });
  if (!outcome.saved) return outcome;
  await carry_out(outcome.reply);
  if (!thread) to_end();
  return outcome;
}

// A press or a removal that failed keeps its request id, so that trying again can never do it twice.
const attempts = new Map();

async function attempt(key, act, body) {
  if (!attempts.has(key)) attempts.set(key, new_request());
  const outcome = await post(act, { request: attempts.get(key), as: model.me, ...body });
  if (outcome.saved || !outcome.again) attempts.delete(key);
  return outcome;
}

const failure_near = (message_id) => list.querySelector(`[data-message="${CSS.escape(message_id)}"] .message .failure`);

async function act_on(message, key, act, body) {
  const outcome = await attempt(key, act, body);
  const note = failure_near(message.id);
  if (note) note.textContent = outcome.saved ? "" : outcome.failure;
  return outcome;
}

const acts = {
  redraw: () => show(),
  say: (text, request, thread) => say(text, request, thread),
  async press(message, button, control) {
    if (control.getAttribute("aria-busy") === "true") return;
    control.setAttribute("aria-busy", "true");
    const { verb, subject, extra } = button;
    const outcome = await act_on(message, `${message.id}:${verb}:${subject}:${extra}`, "press", { message: message.id, verb, subject, extra });
    control.removeAttribute("aria-busy");
    if (outcome.saved) await carry_out(outcome.reply, control.dataset.focus);
  },
  async edit(message, text, request) {
    const outcome = await post("edit", { request, as: model.me, message: message.id, text });
    if (outcome.saved) await carry_out(outcome.reply);
    return outcome;
  },
  async remove(message) {
    const outcome = await act_on(message, `${message.id}:remove`, "delete", { message: message.id });
    if (!outcome.saved) return;
    await carry_out(outcome.reply);
    title.focus();
  },
  hide(message) {
    model.whispers[model.place] = model.whispers[model.place].filter((each) => each !== message);
    show();
    title.focus();
  },
};

async function carry_out(reply, focus) {
  if (reply.kind === "form") {
    dialog.show(reply.form, { focus });
    return;
  }
  if (reply.kind === "say" && !is_direct(model.place)) whisper(reply.message);
  await reload();
}

// Said where it was caused; the direct messages keep it too.
function whisper(message) {
  const here = (model.whispers[model.place] ??= []);
  here.push({ ...message, at: now(), whispered: true });
  if (here.length > 10) here.shift();
}

async function form_finished(reply, focus) {
  if (reply.kind === "say" && !is_direct(model.place)) whisper(reply.message);
  await reload();
  (focus && document.querySelector(`[data-focus="${CSS.escape(focus)}"]`) || document.querySelector(".main-foot textarea"))?.focus();
}

// ---- start

let soon = 0;
const reload_soon = () => {
  clearTimeout(soon);
  soon = setTimeout(reload, 60);
};

await reload();
listen(reload_soon, () => { lost.textContent = words.lost; });
setInterval(() => { if (model.loaded) { side.show(); clock.show(); } }, 1000);
document.addEventListener("visibilitychange", () => { if (model.loaded) show(); });
