// Debian's Chromium, and the two things every story does: look for accessibility problems, and take a picture.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe_source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const arguments_of_chromium = [
  "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--no-first-run",
];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: arguments_of_chromium });

// A fresh tab with nothing remembered. Every complaint of the page lands in `complaints`.
export async function a_tab(browser, { width = 1280, height = 820, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, bypassCSP: false, ...more });
  await context.addInitScript(axe_source);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource|ERR_/.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  page.setDefaultTimeout(10_000);
  return { page, context, complaints };
}

// Every violation of axe-core's rules, one line each.
export async function violations(page) {
  const found = await page.evaluate(async () => {
    const result = await window.axe.run(document, { resultTypes: ["violations"] });
    return result.violations.map((each) => `${each.id}: ${each.help} | ${each.nodes.map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`).join(" ; ")}`);
  });
  return found;
}

// Does anything stick out to the side, or in a wide window below, where only the conversation scrolls?
export const overflow = (page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    const below = window.innerWidth > 880 ? root.scrollHeight - root.clientHeight : 0;
    return Math.max(root.scrollWidth - root.clientWidth, below);
  });

export async function picture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
