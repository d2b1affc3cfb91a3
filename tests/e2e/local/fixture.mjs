// The page without the bot: serves adapters/local/page and a canned day that answers just enough for the page's own
// states to be seen and tested. Start by hand: node fixture.mjs [port]
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const folder = new URL("../../../adapters/local/page/", import.meta.url);
const types = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const monday = Date.UTC(2026, 10, 23, 9, 30);
const minute = 60_000;
export const plain = (words) => [{ kind: "plain", words }];
const button = (verb, label, spoken, primary = false, subject = "11") => ({ verb, subject, extra: "0", revision: 1, label, spoken, primary });

export function a_day() {
  const day = { now: monday + 24 * 60 * minute + 12 * minute, jumping: false, failing: false, number: 100, requests: [], listeners: new Set() };
  const tuesday = monday + 24 * 60 * minute;
  day.messages = {
    amira: [
      muster("m1", tuesday, "Payments stand-up: what will you do today? Reply here with one line.", [
        { kind: "heading", spans: plain("Payments stand-up, Tuesday 24 November") },
        { kind: "paragraph", spans: [...plain("Reply here with one line, or select Answer. Open until "), { kind: "instant", words: "11:30am" }, ...plain(" your time.")] },
        { kind: "paragraph", spans: [...plain("Your plan on Monday: \""), { kind: "user", words: "Finish the refund form <b>now</b>" }, ...plain("\".")] },
        { kind: "items", items: [[...plain("Blocker 12, "), { kind: "user", words: "test data" }, ...plain(": open for 3 working days, with "), { kind: "person", words: "Dev Patel" }, ...plain(".")]] },
        { kind: "buttons", buttons: [
          button("answer", "Answer", "Answer the Payments stand-up", true), button("same_plan", "Plan not changed", "Plan not changed, Payments stand-up"),
          button("snooze", "Ask me in 1 hour", "Ask me in 1 hour, Payments stand-up"), button("skip", "Not today", "Not today, Payments stand-up")] },
        { kind: "quiet", spans: plain("Your answer is shown in Payments. Reply \"why\" to see why you were asked, or \"stop\" to leave this stand-up.") },
      ]),
      line("l1", "amira", tuesday + 5 * minute, "why"),
      { ...muster("r1", tuesday + 5 * minute + 200, "You are in Payments.", [
        { kind: "paragraph", spans: plain("You are in Payments. Its stand-up is Monday to Friday, 9:30am in your time zone (London). You were asked at 9:30am and have not answered. Next: one reminder at 11:06am. It closes at 11:30am.") },
        { kind: "buttons", buttons: [button("wrong_hours", "Wrong hours or time zone", "Wrong hours or time zone, Payments stand-up"), button("stop", "Leave this stand-up", "Leave the Payments stand-up")] },
      ]), private: true },
    ],
    bo: [muster("m2", tuesday - 60 * minute, "Payments stand-up: reply with one line.", [{ kind: "paragraph", spans: plain("Payments stand-up, Tuesday 24 November. What will you do today? Reply with one line. Reply 1 to skip. Open until 11:30am your time.") }])],
    payments: [
      line("l2", "dev", monday + 8 * minute, "Morning all, I am in the office until 2pm."),
      { ...muster("m3", monday + 11 * minute, "Payments stand-up, Tuesday 24 November: 4 of 6 answered.", [
        { kind: "heading", spans: plain("Payments stand-up, Tuesday 24 November") },
        { kind: "paragraph", spans: plain("4 of 6 answered. 1 more is due by 4:30pm, from another time zone.") },
        { kind: "paragraph", spans: plain("Blockers: 1 new, 1 cleared, 2 open. Plans are in the thread.") },
      ]), edited: true, at: tuesday + 6 * minute },
      { ...muster("m4", tuesday + 6 * minute + 1000, "New: 13, no access to the staging database.", [
        { kind: "paragraph", spans: [...plain("New: 13, "), { kind: "user", words: "no access to the staging database" }, ...plain(" ("), { kind: "person", words: "Ana Silva" }, ...plain("). Needed by Tuesday 1 December.")] },
        { kind: "buttons", buttons: [button("help_with", "I can help", "I can help with blocker 13, no access to the staging database", false, "13")] },
      ]), thread: "m3" },
      { ...muster("m5", tuesday + 7 * minute, "Ana Silva: Test refunds with the new sandbox", [
        { kind: "facts", rows: [
          { label: [{ kind: "person", words: "Ana Silva" }], value: [{ kind: "user", words: "Test refunds with the new sandbox" }] },
          { label: plain("Since Monday"), value: [{ kind: "user", words: "Wrote the refund form" }] }] },
      ]), thread: "m3" },
      { ...line("l3", "lin", tuesday + 8 * minute, "I have a spare account, will share."), thread: "m3", edited: true },
    ],
  };
  return day;
}

function muster(id, at, notification, blocks) {
  return { id, at, author: "", notification: plain(notification), blocks, edited: false, private: false };
}

const line = (id, author, at, text) => ({ id, author, at, line: text, edited: false, private: false });

const people = [
  ["amira", "Amira Khan", "Europe/London", ["delivery_manager"]], ["ana", "Ana Silva", "Europe/London", []], ["bo", "Bo Lund", "Europe/London", []],
  ["dev", "Dev Patel", "Asia/Kolkata", []], ["kit", "Kit Brown", "America/New_York", []], ["lin", "Lin Chen", "Europe/London", ["lead"], false],
].map(([id, name, zone, roles, asked = true]) => ({ id, name, zone, teams: ["Payments"], roles, asked }));

function state(day, as) {
  const me = people.some((person) => person.id === as) ? as : "amira";
  const latest = Object.fromEntries(Object.entries(day.messages).map(([place, list]) => [place, Math.max(...list.filter((each) => !each.author).map((each) => each.at))]));
  return {
    now: day.now, demo: true, jumping: day.jumping, me, people,
    channels: [{ id: "payments", team: "Payments", zone: "Europe/London" }],
    messages: { payments: day.messages.payments, [me]: day.messages[me] ?? [] }, latest,
  };
}

const choice = (value, label) => ({ value, label });
export const field = (key, kind, label, more = {}) => ({ key, kind, label: plain(label), choices: [], initial: "", required: false, ...more });
const answer_form = {
  context: "answer:11:1", title: "Stand-up 24 November", submit: "Send",
  who_sees: plain("Everybody in Payments sees your answer."),
  fields: [
    field("blocker:12", "choice", "Blocker 12, test data. How is it today?", { choices: [choice("still", "Still blocked"), choice("moving", "Moving"), choice("cleared", "Cleared")] }),
    field("blocker", "paragraph", "Is anything new stopping you?", { hint: plain("Leave empty if not. The team will see this unless you say otherwise on the next page.") }),
    field("today", "paragraph", "What will you do today?", { hint: plain("One line is enough."), required: true }),
    field("since", "paragraph", "What have you done since Monday 23 November?", { hint: plain("Filled in from your last plan. Change what is different."), initial: "Finish the refund form" }),
  ],
};
const blocker_form = {
  context: "blocker_details:13:1", title: "Blocker 13", submit: "Save", dismiss: "Skip these questions",
  who_sees: plain("The team sees this, unless you tick the box."),
  fields: [
    field("who", "person", "Who needs to act on the new blocker?", { choices: people.map((person) => choice(person.id, person.name)) }),
    field("needed_by", "date", "When do you need it by?"),
    field("ask", "line", "What do you want them to do?"),
    field("private", "tick", "Tell only my delivery manager", { required: true }),
  ],
};

function act(day, name, body) {
  const id = `x${day.number++}`;
  const mine = (day.messages[body.as] ??= []);
  const at = day.now;
  const say = (words) => {
    const message = { ...muster(id, at, words, [{ kind: "paragraph", spans: plain(words) }]), private: true };
    mine.push(message);
    return { kind: "say", message };
  };
  const find = () => Object.values(day.messages).flat().find((message) => message.id === body.message);
  switch (name) {
    case "say":
      (day.messages[body.place] ??= []).push({ ...line(id, body.as, at, body.text), ...(body.thread ? { thread: body.thread } : {}) });
      if (body.place === body.as)
        mine.push(muster(`${id}s`, at + 1, "Saved as your plan for today.", [
          { kind: "paragraph", spans: [...plain("Saved as your plan for today: \""), { kind: "user", words: body.text }, ...plain("\".")] },
          { kind: "buttons", buttons: [button("change", "Change", "Change your plan"), button("remove_answer", "Remove", "Remove your plan"), button("add_blocker", "Add a blocker", "Add a blocker")] }]));
      return { kind: "none" };
    case "press":
      if (body.verb === "answer") return { kind: "form", form: { ...answer_form, fields: answer_form.fields.map((each) => day.fields?.[each.key] ?? each) } };
      if (body.verb === "help_with") return say("Ana Silva will know that you can help.");
      find().blocks = [{ kind: "heading", spans: plain("Payments stand-up, Tuesday 24 November") }, { kind: "paragraph", spans: plain("Saved: your plan has not changed.") }];
      find().edited = true;
      return { kind: "none" };
    case "submit": {
      const values = Object.fromEntries(body.values);
      if (body.context.startsWith("blocker_details")) return { kind: "none" };
      if (!values.today.trim()) return { kind: "errors", errors: [{ field: "today", words: "Enter what you will do today." }] };
      return values.blocker.trim() ? { kind: "form", form: blocker_form } : { kind: "none" };
    }
    case "dismiss": return { kind: "none" };
    case "command": return say(`You asked: ${body.text || "nothing"}.`);
    case "edit": Object.assign(find(), { line: body.text, edited: true }); return { kind: "none" };
    case "delete":
      for (const list of Object.values(day.messages)) list.splice(0, list.length, ...list.filter((message) => message.id !== body.message));
      return { kind: "none" };
  }
}

const json = (response, status, value) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
const tell = (day) => day.listeners.forEach((listener) => listener.write("event: changed\ndata: {}\n\n"));

export function serve(day, port = 0) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    if (url.pathname === "/local" || url.pathname.startsWith("/local/page/")) {
      const name = url.pathname === "/local" ? "index.html" : url.pathname.slice("/local/page/".length);
      if (!readdirSync(folder).includes(name)) return response.writeHead(404).end();
      return response.writeHead(200, { "Content-Type": types[name.split(".").pop()], "Content-Security-Policy": policy }).end(readFileSync(new URL(name, folder)));
    }
    if (url.pathname === "/local/api/state") return json(response, 200, state(day, url.searchParams.get("as")));
    if (url.pathname === "/local/api/events") {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).write(": hello\n\n");
      day.listeners.add(response);
      return request.on("close", () => day.listeners.delete(response));
    }
    let text = "";
    for await (const part of request) text += part;
    const body = JSON.parse(text);
    const name = url.pathname.split("/").pop();
    day.requests.push({ name, body });
    if (day.failing) return json(response, 503, { problem: "store_full", words: day.words });
    if (name === "clock") {
      day.now += 60 * minute;
      json(response, 200, { moved: true });
    } else {
      json(response, 200, { reply: act(day, name, body) });
    }
    tell(day);
  });
  return new Promise((done) => server.listen(port, "127.0.0.1", () => done({ url: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); }, tell: () => tell(day) })));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(a_day(), Number(process.argv[2] ?? 8099));
  console.log(`${url}/local`);
}
