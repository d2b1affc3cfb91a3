// A newcomer's first two days with Muster, in the browser, against a running `muster demo`.
//   BASE_URL=http://127.0.0.1:8080 [SCREENSHOTS=folder] node day.mjs
// Ends with 0 when everything was as promised, 1 at the first thing that was not.
import assert from "node:assert/strict";
import { a_tab, launch, overflow, picture, violations } from "./browser.mjs";

const base = process.env.BASE_URL;
assert.ok(base, "BASE_URL says where muster runs");

const blocker = "No access to the staging database";
const browser = await launch();
const { page, complaints } = await a_tab(browser, { width: 1280, height: 860 });
page.setDefaultTimeout(30_000);  // a live message is edited at most every 15 seconds
let at = "the start";
let pictures = 0;

const dialog = page.getByRole("dialog");
const clock = page.getByRole("region", { name: "Demo clock" });
const answer = page.getByRole("button", { name: /^Answer the Payments/ }).last();
const messages = page.getByRole("article");
const open_prompt = messages.filter({ hasText: /Reply here with one line, or select Answer\. Open until/ }).last();
const summary = messages.filter({ hasText: /\d+ of \d+ answered/ }).last();

try {
  await step("opens the page", async () => {
    await page.goto(`${base}/local`);
    await page.getByRole("heading", { level: 1, name: "You and Muster" }).waitFor();
    await page.getByRole("heading", { name: "Three things to try" }).waitFor();
    assert.equal(await page.getByRole("radio", { name: /Amira Khan/ }).isChecked(), true);
  });

  await step("goes to the morning of the stand-up and is asked", async () => {
    await jump("Tomorrow 9:25am");
    await next_events_until(open_prompt);
  });

  await step("sends the form too early and is told what is missing", async () => {
    await answer.click();
    await dialog.getByText(/What will you do today\?/).waitFor();
    await look("the first view of the form");
    await dialog.getByLabel(/Is anything new stopping you\?/).fill(blocker);
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByRole("link", { name: "Enter what you will do today." }).waitFor();
    assert.equal(await dialog.getByLabel(/Is anything new stopping you\?/).inputValue(), blocker);
  });

  await step("answers, and says more about the blocker in the second view", async () => {
    await dialog.getByLabel(/What will you do today\?/).fill("Test refunds");
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByText(/Who needs to act on the new blocker\?/).waitFor();
    await look("the second view of the form");
    await dialog.getByLabel(/What do you want them to do\?/).fill("Give read access to 2 people");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByText(/^Saved at/).first().waitFor();
  });

  await step("asks why", async () => {
    await type("Write to Muster", "/muster why");
    await messages.filter({ hasText: "You are in Payments." }).filter({ hasText: "Only you can see this" }).first().waitFor();
  });

  await step("sees the summary and its thread in the channel", async () => {
    await go_to("# payments");
    await summary.waitFor();
    await page.getByText("Test refunds").first().waitFor();
    await page.getByRole("button", { name: new RegExp(`^I can help with blocker 1, ${blocker}`) }).waitFor();
  });

  await step("as Dev, offers help", async () => {
    await become("Dev Patel");
    await page.getByRole("button", { name: /^I can help with blocker 1/ }).click();
    await messages.filter({ hasText: /You are helping with blocker 1/ }).first().waitFor();
  });

  await step("as Ana, types one line and corrects it", async () => {
    await become("Ana Silva");
    await go_to("You and Muster");
    await type("Write to Muster", "Pair with Amira on refunds");
    await messages.getByText(/Saved as your plan for today: "Pair with Amira on refunds"/).waitFor();
    await page.getByRole("button", { name: "Edit your line: Pair with Amira on refunds" }).click();
    await page.getByLabel("Edit your line", { exact: true }).fill("Pair with Amira on the refund form");
    await page.keyboard.press("Enter");
    await messages.filter({ hasText: "Changed at" }).getByText("Pair with Amira on the refund form").waitFor();
  });

  await step("sees both plans in the thread", async () => {
    await go_to("# payments");
    await page.getByText("Pair with Amira on the refund form").first().waitFor();
    await summary.getByText(/2 of \d+ answered/).waitFor();
  });

  await step("jumps to tomorrow: the blocker comes back as a row", async () => {
    await become("Amira Khan");
    await go_to("You and Muster");
    await jump("Tomorrow 9:25am");
    await next_events_until(open_prompt);
    await page.getByText(/Your plan on .*: "Test refunds"/).last().waitFor();
    await answer.click();
    await dialog.getByRole("group", { name: new RegExp(`Blocker 1, ${blocker}`) }).waitFor();
    await look("the row of yesterday's blocker");
    await dialog.getByRole("radio", { name: "Moving" }).check();
    await dialog.getByLabel(/What will you do today\?/).fill("Write the release note");
    assert.equal(await dialog.getByLabel(/What have you done since/).inputValue(), "Test refunds");
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.waitFor({ state: "hidden" });
  });

  await step("as Ana, answers with the keyboard alone", async () => {
    await become("Ana Silva");
    await go_to("You and Muster");
    await answer.waitFor();
    await page.getByRole("heading", { level: 1 }).focus();
    await tab_to(answer);  // past the card of an earlier day, where there is one
    await page.keyboard.press("Enter");
    await dialog.waitFor();
    await tab_to(dialog.getByLabel(/What will you do today\?/));
    await page.keyboard.type("Review the release note");
    await tab_to(dialog.getByRole("button", { name: "Send" }));
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
  });

  await step("sees the second day's summary, with the blocker still open", async () => {
    await go_to("# payments");
    await page.getByText("Review the release note").first().waitFor();
    await summary.getByText(/1 open/).waitFor();
  });

  await step("finds everything again after a reload, in a narrow window", async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    await page.reload();
    await page.getByText("Review the release note").first().waitFor();
  });

  assert.deepEqual(complaints, [], "the page complained");
  console.log("a day in the local workspace: everything as promised");
} catch (error) {
  console.error(`FAILED: ${at}\n${error.stack ?? error}`);
  if (complaints.length > 0) console.error(complaints.join("\n"));
  await picture(page, "failed");
  process.exitCode = 1;
} finally {
  await browser.close();
}

async function step(what, act) {
  at = what;
  await act();
  await look(what);
  console.log(`ok: ${what}`);
}

async function look(state) {
  await picture(page, `day-${String(++pictures).padStart(2, "0")}-${state.replaceAll(/[^a-z0-9]+/gi, "-")}`);
  assert.deepEqual(await violations(page), [], `accessibility of ${state}`);
  assert.equal(await overflow(page), 0, `${state} sticks out to the side`);
}

async function jump(to) {
  const button = clock.getByRole("button", { name: to });
  await button.click();
  await page.waitForFunction(() => !document.querySelector(".clock-jumps [aria-disabled]"), null, { timeout: 60_000 });
}

// A weekend or a bank holiday may lie between.
async function next_events_until(wanted) {
  for (let events = 0; events < 120; events++) {
    if (await wanted.isVisible()) return;
    await jump("Next event");
    await page.waitForTimeout(150);
  }
  assert.fail("120 events later nobody was asked");
}

async function become(name) {
  await page.getByRole("radio", { name: new RegExp(name) }).check();
  await page.waitForFunction(() => document.querySelector("main h1").textContent !== "");
}

async function go_to(place) {
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: place }).click();
  await page.getByRole("heading", { level: 1, name: place }).waitFor();
}

async function type(box, text) {
  await page.getByLabel(box).fill(text);
  await page.keyboard.press("Enter");
}

async function tab_to(wanted) {
  for (let steps = 0; steps < 80; steps++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`the keyboard never reached ${wanted}`);
}
