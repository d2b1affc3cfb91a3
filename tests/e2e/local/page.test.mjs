// The page's own promises, against the canned day of fixture.mjs. Run: node --test page.test.mjs
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { a_tab, launch, overflow, picture, violations } from "./browser.mjs";
import { a_day, field, plain, serve } from "./fixture.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

// A day of its own for each story, and a page that is never allowed to complain.
function story(name, options, tell) {
  test(name, async () => {
    const day = a_day();
    const server = await serve(day);
    const { page, context, complaints } = await a_tab(browser, options);
    try {
      await page.goto(`${server.url}/local`);
      await page.getByRole("heading", { level: 1, name: "You and Muster" }).waitFor();
      await tell({ page, day, server });
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
      server.close();
    }
  });
}

const today = (page) => page.getByLabel("What will you do today?");
const open_form = async (page) => {
  await page.getByRole("button", { name: "Answer the Payments stand-up" }).click();
  await page.getByRole("dialog", { name: "Stand-up 24 November" }).waitFor();
};
const go_to_channel = (page) => page.getByRole("link", { name: "# payments" }).click();
const become = (page, name) => page.getByRole("radio", { name }).check();
const sent = (day, name) => day.requests.filter((each) => each.name === name).map((each) => each.body);
const settled = (page) => page.waitForTimeout(250);

const windows = {
  wide: { width: 1440, height: 900 }, narrow: { width: 320, height: 640 }, dark: { colorScheme: "dark" },
  zoomed: { width: 640, height: 410, deviceScaleFactor: 2 },
  "forced-colours": { forcedColors: "active" }, "reduced-motion": { reducedMotion: "reduce" },
};

for (const [name, options] of Object.entries(windows)) {
  story(`has no accessibility problems and nothing sticks out: ${name}`, options, async ({ page, day, server }) => {
    const look = async (state) => {
      await settled(page);
      await picture(page, `${name}-${state}`);
      assert.deepEqual(await violations(page), [], state);
      assert.equal(await overflow(page), 0, `${state} sticks out`);
    };
    await look("direct");
    const menu = page.getByRole("button", { name: "People and places" });
    const narrow = await menu.isVisible();
    if (narrow) {
      await menu.click();
      await look("menu");
      await menu.click();
    }
    await page.getByRole("button", { name: "Edit your line: why" }).click();
    await look("editing");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Delete your line: why" }).click();
    await look("deleting");
    await page.getByRole("button", { name: "Keep it" }).click();
    await open_form(page);
    await look("form");
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await page.getByText("There is a problem").waitFor();
    await look("form-errors");
    await today(page).fill("Test refunds");
    await page.getByLabel("Is anything new stopping you?").fill("No access to the staging database");
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await page.getByRole("dialog", { name: "Blocker 13" }).waitFor();
    await look("form-blocker");
    await page.getByRole("button", { name: "Skip these questions" }).click();
    if (narrow) await menu.click();
    await go_to_channel(page);
    await look("channel");
    await page.getByRole("button", { name: /^I can help with blocker 13/ }).click();
    await page.getByText("Ana Silva will know that you can help.").first().waitFor();
    await look("private");
    day.failing = true;
    await page.getByLabel("Write in # payments").fill("Hello");
    await page.keyboard.press("Enter");
    await page.getByText("Not saved. Try again.").waitFor();
    await look("not-saved");
    day.jumping = true;
    server.tell();
    await page.getByText("Moving the clock").waitFor();
    await look("jumping");
    if (narrow) await menu.click();
    await become(page, "Bo Lund");
    await page.getByRole("link", { name: "You and Muster" }).click();
    await page.getByText("Only Bo Lund sees this conversation.").waitFor();
    await look("plain-mode");
    if (narrow) await menu.click();
    await become(page, "Kit Brown");
    await page.getByText("No messages yet.").waitFor();
    await look("empty");
  });
}

story("shows what a person typed as text, never as markup", {}, async ({ page }) => {
  assert.equal(await page.getByText('Finish the refund form <b>now</b>').count(), 1);
  assert.equal(await page.locator(".card b").count(), 0);
});

story("keeps a line that was not saved, and sends it once when trying again", {}, async ({ page, day }) => {
  day.failing = true;
  const box = page.getByLabel("Write to Muster");
  await box.fill("Test refunds");
  await box.press("Enter");
  await page.getByText("Not saved. Try again.").waitFor();
  assert.equal(await box.inputValue(), "Test refunds");
  day.failing = false;
  await box.press("Enter");
  await page.getByRole("article").getByText("Saved as your plan for today").waitFor();
  assert.equal(await box.inputValue(), "");
  const [first, second] = sent(day, "say");
  assert.equal(first.request, second.request);
});

story("says in Muster's words why something was not saved", {}, async ({ page, day }) => {
  day.failing = true;
  day.words = "Heb ei gadw. Rhowch gynnig arall arni.";
  const box = page.getByLabel("Write to Muster");
  await box.fill("Test refunds");
  await box.press("Enter");
  await page.getByText(day.words).waitFor();
});

story("keeps a form that was not saved open with what was typed", {}, async ({ page, day }) => {
  await open_form(page);
  await today(page).fill("Test refunds");
  day.failing = true;
  const send = page.getByRole("dialog").getByRole("button", { name: "Send" });
  await send.click();
  await page.getByRole("dialog").getByText("Not saved. Try again.").waitFor();
  assert.equal(await today(page).inputValue(), "Test refunds");
  day.failing = false;
  await send.click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  const [first, second] = sent(day, "submit");
  assert.equal(first.request, second.request);
});

story("brings a refused form back with its text, the error at its field and the focus there", {}, async ({ page, day }) => {
  await open_form(page);
  await page.getByLabel("Is anything new stopping you?").fill("No access");
  await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
  await page.getByRole("link", { name: "Enter what you will do today." }).waitFor();
  assert.equal(await page.getByLabel("Is anything new stopping you?").inputValue(), "No access");
  assert.equal(await today(page).evaluate((box) => box === document.activeElement), true);
  assert.match(await today(page).evaluate((box) => document.getElementById(box.getAttribute("aria-describedby").split(" ").at(-1)).textContent), /Enter what you will do today/);
  await today(page).fill("Test");
  await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
  await page.getByRole("dialog", { name: "Blocker 13" }).waitFor();
  const [refused, accepted] = sent(day, "submit");
  assert.notEqual(refused.request, accepted.request);
});

story("shows an answer that is too long for a form, and does not send it", {}, async ({ page, day }) => {
  const since = field("since", "shown", "What have you done since Monday 23 November?", { initial: "Long ".repeat(700), hint: plain("This answer is too long to change in a form.") });
  day.fields = { since, today: field("today", "paragraph", "What will you do today?", { required: true, longest: 12 }) };
  await open_form(page);
  await page.getByRole("region", { name: "What have you done since Monday 23 November?" }).getByText("Long Long").waitFor();
  await today(page).pressSequentially("Test refunds now");
  assert.equal(await today(page).inputValue(), "Test refunds");
  await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.deepEqual(sent(day, "submit")[0].values.map(([key]) => key), ["blocker:12", "blocker", "today"]);
});

story("keeps drafts over a reload and over being somebody else", {}, async ({ page, day }) => {
  await page.getByLabel("Write to Muster").fill("Half a thou");
  await become(page, "Ana Silva");
  await page.getByText("Only Ana Silva sees this conversation.").waitFor();
  assert.equal(await page.getByLabel("Write to Muster").inputValue(), "");
  await become(page, "Amira Khan");
  await page.getByText("Only Amira Khan sees this conversation.").waitFor();
  assert.equal(await page.getByLabel("Write to Muster").inputValue(), "Half a thou");
  await page.reload();
  assert.equal(await page.getByLabel("Write to Muster").inputValue(), "Half a thou");

  await open_form(page);
  await today(page).fill("Test ref");
  await page.getByRole("radio", { name: "Moving" }).check();
  await page.reload();
  await page.getByRole("dialog", { name: "Stand-up 24 November" }).waitFor();
  assert.equal(await today(page).inputValue(), "Test ref");
  assert.equal(await page.getByRole("radio", { name: "Moving" }).isChecked(), true);
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await open_form(page);
  assert.equal(await today(page).inputValue(), "Test ref");
  await page.getByText("This is what you typed before. It is not sent yet.").waitFor();
  assert.equal(sent(day, "submit").length, 0);
});

story("tells the bot when a form is put away, with Escape too", {}, async ({ page, day }) => {
  await open_form(page);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.equal(sent(day, "dismiss")[0].context, "answer:11:1");
  await page.waitForFunction(() => document.activeElement?.textContent === "Answer");
});

story("answers a command where it was typed, to this person only", {}, async ({ page, day }) => {
  await go_to_channel(page);
  await page.getByLabel("Write in # payments").fill("/muster why 13");
  await page.keyboard.press("Enter");
  const answer = page.getByRole("article").filter({ hasText: "You asked: why 13." });
  await answer.getByText("Only you can see this").waitFor();
  assert.deepEqual(sent(day, "command").map(({ text, place }) => ({ text, place })), [{ text: "why 13", place: "payments" }]);
  await answer.getByRole("button", { name: "Hide this private message" }).click();
  assert.equal(await answer.count(), 0);
});

story("lets a person correct and take back a line", {}, async ({ page }) => {
  await page.getByRole("button", { name: "Edit your line: why" }).click();
  await page.getByLabel("Edit your line", { exact: true }).fill("why 13");
  await page.keyboard.press("Enter");
  await page.getByText("why 13", { exact: true }).waitFor();
  await page.getByRole("article", { name: /^Amira Khan/ }).getByText("edited").waitFor();
  await page.getByRole("button", { name: "Delete your line: why 13" }).click();
  await page.getByRole("button", { name: "Delete your line: why 13" }).click();
  await page.getByText("why 13", { exact: true }).waitFor({ state: "detached" });
});

story("answers in a thread", {}, async ({ page, day }) => {
  await go_to_channel(page);
  await page.getByRole("button", { name: /^3 replies/ }).waitFor();
  await page.getByLabel("Reply in this thread").fill("I can look at it");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^4 replies/ }).waitFor();
  assert.equal(sent(day, "say")[0].thread, "m3");
});

story("shows what happens elsewhere at once, says it, and takes nothing from whoever types", {}, async ({ page, day, server }) => {
  const box = page.getByLabel("Write to Muster");
  await box.fill("I am typing");
  day.messages.payments.push({ id: "m9", at: day.now + 1, author: "", notification: [{ kind: "plain", words: "Blocker 14 is new." }], blocks: [], edited: false, private: false });
  day.messages.bo.push({ ...day.messages.bo[0], id: "m10", at: day.now + 2 });
  server.tell();
  await page.getByRole("link", { name: /# payments.*6 new messages/ }).waitFor();
  await page.getByRole("log").getByText("# payments: Blocker 14 is new.").waitFor({ state: "attached" });
  await page.getByRole("radio", { name: /Bo Lund.*has new messages/ }).waitFor();
  assert.equal(await box.evaluate((element) => element === document.activeElement), true);
  assert.equal(await box.inputValue(), "I am typing");
});

story("stays at the newest message while the conversation grows", { height: 600 }, async ({ page, day, server }) => {
  const newest_is_visible = (text) => page.getByRole("article").getByText(text).last().evaluate((element) => {
    const box = element.getBoundingClientRect();
    const around = document.querySelector(".scroller").getBoundingClientRect();
    return box.top >= around.top && box.bottom <= around.bottom;
  });
  await become(page, "Kit Brown");
  await page.getByText("No messages yet.").waitFor();
  for (let count = 1; count <= 8; count++) {
    (day.messages.kit ??= []).push({ ...day.messages.bo[0], id: `k${count}`, at: day.now + count, blocks: [{ kind: "paragraph", spans: [{ kind: "plain", words: `Message number ${count}` }] }] });
    server.tell();
    await page.getByRole("article").getByText(`Message number ${count}`).waitFor();
  }
  assert.equal(await newest_is_visible("Message number 8"), true);
  await page.getByLabel("Write to Muster").fill("My line");
  await page.keyboard.press("Enter");
  await page.getByRole("article").getByText("Saved as your plan").waitFor();
  assert.equal(await newest_is_visible("Saved as your plan"), true);
});

story("connects again when the line was cut", {}, async ({ page, day, server }) => {
  while (day.listeners.size === 0) await settled(page);
  for (const listener of day.listeners) listener.destroy();
  day.messages.amira.push({ ...day.messages.amira[1], id: "l99", line: "Said while nobody listened", author: "dev" });
  await page.getByText("Said while nobody listened").waitFor({ timeout: 15_000 });
  await page.waitForFunction(() => document.querySelector(".lost").textContent === "");
  server.tell();
});

story("works by keyboard alone", {}, async ({ page, day }) => {
  const press = (key) => page.keyboard.press(key);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent);
  const tab_to = async (wanted) => {
    for (let steps = 0; steps < 60; steps++) {
      await press("Tab");
      if (wanted.test(await focused())) return;
    }
    assert.fail(`never reached ${wanted}, but ${await focused()}`);
  };
  await page.locator("body").press("Tab");
  assert.match(await focused(), /Skip to the conversation/);
  await press("Enter");
  assert.equal(await focused(), "You and Muster");
  await tab_to(/^Answer the Payments stand-up/);
  await press("Enter");
  await page.getByRole("dialog").waitFor();
  await press("Space");
  assert.equal(await page.getByRole("radio", { name: "Still blocked" }).isChecked(), true);
  await tab_to(/What will you do today/);
  await page.keyboard.type("Test refunds");
  await tab_to(/^Send$/);
  await press("Enter");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.deepEqual(Object.fromEntries(sent(day, "submit")[0].values), { "blocker:12": "still", blocker: "", today: "Test refunds", since: "Finish the refund form" });
  await page.waitForFunction(() => document.activeElement?.textContent === "Answer");
  await tab_to(/^Write to Muster/);
  await page.keyboard.type("one");
  await press("Shift+Enter");
  await page.keyboard.type("two");
  await press("Enter");
  await page.getByText("one\ntwo").first().waitFor();
  assert.equal(sent(day, "say")[0].text, "one\ntwo");
});

story("moves the demo clock and says where it landed", {}, async ({ page, day }) => {
  await page.getByRole("button", { name: "+1 hour" }).click();
  await page.getByRole("region", { name: "Demo clock" }).getByText("10:42am, Tuesday 24 November").waitFor();
  await page.getByRole("log").getByText("It is now 10:42am, Tuesday 24 November").waitFor({ state: "attached" });
  assert.equal(sent(day, "clock")[0].to, "hour");
});
