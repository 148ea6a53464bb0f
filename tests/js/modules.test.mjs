import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../static/", import.meta.url);
const FILES = readdirSync(ROOT, { recursive: true });

/** @param {string} ending */
const sources = (ending) =>
  FILES.filter((name) => name.endsWith(ending)).map((name) => ({
    name,
    text: readFileSync(new URL(name, ROOT), "utf8"),
  }));

test("every module imports by a relative path to a file that is there", () => {
  for (const { name, text } of sources(".js")) {
    for (const [, path] of text.matchAll(/^import [^;]*?"([^"]+)";$/gm)) {
      assert.ok(path.startsWith("./"), `${name} imports ${path}`);
      assert.ok(FILES.includes(`js/${path.slice(2)}`), `${name} imports ${path}, which is not there`);
    }
  }
});

test("the page asks for every module at once, not one import after the other", () => {
  const page = readFileSync(new URL("../../app/templates/page.html", import.meta.url), "utf8");
  const asked = page.match(/for module in \[([^\]]*)\]/)?.[1].match(/[a-z]+/g) ?? [];
  const there = FILES.filter((name) => name.endsWith(".js")).map((name) => name.slice(3, -3));
  const imported = there.filter((name) => !["boot", "docs", "main"].includes(name));
  assert.deepEqual(asked.sort(), imported.sort());
});

test("nothing is loaded from another host", () => {
  for (const { name, text } of [...sources(".js"), ...sources(".css"), ...sources(".svg")]) {
    const found = [...text.matchAll(/https?:\/\/[^\s"'`)]+/g)].map(([url]) => url);
    assert.deepEqual(found.filter((url) => url !== "http://www.w3.org/2000/svg"), [], name);
  }
});

test("no module is longer than one concept should be", () => {
  for (const { name, text } of sources(".js")) {
    assert.ok(text.split("\n").length <= 351, `${name} has ${text.split("\n").length} lines`);
  }
});
