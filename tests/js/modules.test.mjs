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

/** What each room may know: itself, and those named before it. */
const ROOMS = ["net", "water", "chrome", "hands", "view", "pages"];

/**
 * The modules that one imports, as paths from `static/`.
 * @param {{name: string, text: string}} module
 */
const imports = ({ name, text }) =>
  [...text.matchAll(/^import [^;"]*"([^"]+)";/gm)].map(([, path]) => {
    assert.ok(path.startsWith("."), `${name} imports ${path}`);
    return new URL(path, new URL(name, ROOT)).href.slice(ROOT.href.length);
  });

test("every module imports by a relative path to a file that is there", () => {
  for (const module of sources(".js")) {
    for (const path of imports(module)) {
      assert.ok(FILES.includes(path), `${module.name} imports ${path}, which is not there`);
    }
  }
});

test("every module has a room, and knows only its own and those below", () => {
  for (const module of sources(".js")) {
    if (module.name === "js/boot.js") continue; // a classic script, before everything
    const [, room] = module.name.split("/");
    assert.ok(ROOMS.includes(room), `${module.name} is in no room`);
    for (const path of imports(module)) {
      const [, other] = path.split("/");
      assert.ok(ROOMS.indexOf(other) <= ROOMS.indexOf(room), `${module.name} imports ${path}`);
    }
  }
});

test("no module imports another in a way that the server's list would miss", () => {
  for (const { name, text } of sources(".js")) {
    const code = text.replace(/\/\*[^]*?\*\//g, "");
    const all = code.match(/\b(?:import|from)\s*\(?\s*"/g) ?? [];
    assert.equal(all.length, imports({ name, text: code }).length, name);
    assert.ok(!/^export [^;]*? from "/m.test(code), name);
  }
});

test("every page's entry is asked for by a template that lists what it imports", () => {
  for (const [name, template] of [["playground", "page"], ["list", "list"], ["docs", "docs"]]) {
    const html = readFileSync(new URL(`../../app/templates/${template}.html`, import.meta.url), "utf8");
    assert.ok(html.includes(`<script type="module" src="{{ static }}/js/pages/${name}.js">`), template);
    assert.ok(html.includes(`for module in modules_of("js/pages/${name}.js")`), template);
  }
  assert.deepEqual(
    FILES.filter((name) => name.startsWith("js/pages/")).sort(),
    ["docs", "list", "playground"].map((name) => `js/pages/${name}.js`),
  );
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
