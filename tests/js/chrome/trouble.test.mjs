import assert from "node:assert/strict";
import { test } from "node:test";

import { Trouble } from "../../../static/js/chrome/trouble.js";
import { lay, resize } from "../dom.mjs";

function troubled() {
  const page = lay("<p>Line 3 is wrong.</p>");
  const line = page.querySelector("p");
  let written = 0;
  const text = { now: line.textContent };
  Object.defineProperty(line, "textContent", {
    get: () => text.now,
    set: (to) => {
      text.now = to ?? "";
      written += 1;
    },
  });
  return { page, line, trouble: new Trouble(line), written: () => written };
}

test("trouble is told, and taken back when it is mended", () => {
  const { line, trouble } = troubled();
  trouble.hear("Line 5 is wrong.");
  assert.equal(line.textContent, "Line 5 is wrong.");
  trouble.hear(null);
  assert.equal(line.textContent, "");
});

test("where nothing is known of it, what the page came with stays", () => {
  const { line, trouble } = troubled();
  trouble.hear(undefined);
  assert.equal(line.textContent, "Line 3 is wrong.");
});

test("the same sentence is not written again: it would be read out again", () => {
  const { trouble, written } = troubled();
  trouble.hear("Line 3 is wrong.");
  assert.equal(written(), 0);
  trouble.hear(null);
  trouble.hear(null);
  assert.equal(written(), 1);
});

test("what stands above makes room for its height", () => {
  const { page, line } = troubled();
  Object.defineProperty(line, "offsetHeight", { value: 48 });
  resize();
  assert.equal(page.documentElement.style.getPropertyValue("--foot"), "48px");
});
