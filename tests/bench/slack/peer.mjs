// The peer: what a good engineer writes with Bolt and better-sqlite3 to take in what people answer.
// A delivery is acknowledged when it is committed: each commit waits for the disk, as Muster's do.
//   node peer.mjs PORT DATABASE API_URL      (the secrets are in the environment)
import bolt from "@slack/bolt";
import Database from "better-sqlite3";

const [port, path, slackApiUrl] = process.argv.slice(2);

const database = new Database(path);
database.pragma("journal_mode = WAL");
database.pragma("synchronous = FULL");
database.exec(`
    CREATE TABLE IF NOT EXISTS delivery (key TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS answer (person TEXT PRIMARY KEY, message TEXT NOT NULL, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS press (person TEXT NOT NULL, action TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
`);
const isNew = database.prepare("INSERT INTO delivery (key, at) VALUES (?, ?) ON CONFLICT DO NOTHING");
const keepAnswer = database.prepare(`
    INSERT INTO answer (person, message, text) VALUES (?, ?, ?)
    ON CONFLICT (person) DO UPDATE SET message = excluded.message, text = excluded.text
    WHERE excluded.message > answer.message -- Slack keeps no order`);
const keepPress = database.prepare("INSERT INTO press (person, action, at) VALUES (?, ?, ?)");

const takeMessage = database.transaction((key, message) => {
    if (isNew.run(key, Date.now()).changes === 1) keepAnswer.run(message.user, message.ts, message.text);
});
const takePress = database.transaction((key, person, action) => {
    if (isNew.run(key, Date.now()).changes === 1) keepPress.run(person, action, Date.now());
});

const app = new bolt.App({
    token: process.env.SLACK_BOT_TOKEN,
    clientOptions: { slackApiUrl },
    receiver: new bolt.HTTPReceiver({
        signingSecret: process.env.SLACK_SIGNING_SECRET,
        endpoints: ["/slack/events", "/slack/interactions"],
        processBeforeResponse: true, // else Bolt acknowledges an event before its listener runs
        logLevel: bolt.LogLevel.WARN,
    }),
    logLevel: bolt.LogLevel.WARN,
});

app.message(async ({ body, message }) => {
    takeMessage(body.event_id, message);
});

app.action("answer:0", async ({ ack, body, action }) => {
    takePress(`${body.user.id}:${action.action_ts}`, body.user.id, action.value);
    await ack();
});

await app.start({ port: Number(port), host: "127.0.0.1" });
process.once("SIGTERM", async () => {
    await app.stop();
    database.close();
});
