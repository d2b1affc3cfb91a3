// Starts `muster demo` on a free loopback port with an empty data folder, runs day.mjs against it, stops it again.
//   node run_day.mjs <path of muster>
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = process.argv[2];
if (!program) {
  console.error("usage: node run_day.mjs <path of muster>");
  process.exit(2);
}

const data = mkdtempSync(join(tmpdir(), "muster-day-"));
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
