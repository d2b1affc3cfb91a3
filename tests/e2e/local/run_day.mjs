// Starts `muster demo` on a free loopback port with an empty data folder, runs day.mjs against it, stops it again.
//   node run_day.mjs <path of muster> [day of the week, 0 is Sunday] [hour of the day, UTC]
// The demo's clock is put forward to the next such hour, so that the story is the same whenever it is told.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const hour = 3_600_000;
const program = process.argv[2];
const day_of_week = Number(process.argv[3] ?? 3);
const hour_of_day = Number(process.argv[4] ?? 14);
if (!program) {
  console.error("usage: node run_day.mjs <path of muster>");
  process.exit(2);
}

const data = mkdtempSync(join(tmpdir(), "muster-day-"));
writeFileSync(join(data, "muster.db.clock"), `${wait_until_start()}\n`);
const port = await a_free_port();
const base = `http://127.0.0.1:${port}`;
const muster = spawn(program, ["demo", "--data", data, "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "inherit", "inherit"] });
const gone = once(muster, "exit");
let result = 1;
try {
  await answers(base);
  const day = spawn(process.execPath, [fileURLToPath(new URL("day.mjs", import.meta.url))], { stdio: "inherit", env: { ...process.env, BASE_URL: base } });
  [result] = await once(day, "exit");
} catch (error) {
  console.error(String(error));
}
muster.kill("SIGTERM");
const ended = await Promise.race([gone, new Promise((late) => setTimeout(() => late(null), 10_000))]);
if (!ended) {
  console.error("muster did not stop within 10 s of SIGTERM");
  muster.kill("SIGKILL");
  result = 1;
} else if (ended[0] !== 0) {
  console.error(`muster ended with ${ended[0] ?? ended[1]}`);
  result = 1;
}
rmSync(data, { recursive: true, force: true });
process.exit(result ?? 1);

function wait_until_start() {
  const now = new Date();
  const start = new Date(now);
  start.setUTCHours(hour_of_day, 0, 0, 0);
  while (start < now || start.getUTCDay() !== day_of_week) start.setTime(start.getTime() + 24 * hour);
  return start - now;
}

async function a_free_port() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function answers(url) {
  for (let tries = 0; tries < 200; tries++) {
    if (muster.exitCode !== null) throw new Error(`muster ended with ${muster.exitCode} before it served`);
    try {
      if ((await fetch(`${url}/local`)).ok) return;
    } catch {
      // not yet
    }
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error("muster did not serve within 20 s");
}
