// What `muster slack manifest` writes, against Slack's own schema of manifests.
//   MUSTER=<path of muster> node --test manifest.test.mjs
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import Ajv from "ajv";
import add_formats from "ajv-formats";

const { $id, ...schema } = JSON.parse(readFileSync(new URL("schema.2.0.0.json", import.meta.url)));
const ajv = new Ajv({ strict: false, allErrors: true });
add_formats(ajv);
const fits = ajv.compile(schema);

const url = ["--url", "https://muster.example.org"];
for (const words of [[], url, [...url, "--socket"]])
  test(`passes Slack's schema: muster slack manifest ${words.join(" ")}`, () => {
    const written = execFileSync(process.env.MUSTER, ["slack", "manifest", ...words], { encoding: "utf8" });
    assert.ok(fits(JSON.parse(written)), JSON.stringify(fits.errors, null, 2));
  });

test("the schema notices what Slack would refuse", () => {
  const refused = { display_information: { name: "A name of more than thirty-five characters" } };
  assert.equal(fits(refused), false);
});
