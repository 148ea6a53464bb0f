import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { remember } from "../../../static/js/chrome/storage.js";
import { noteSurfaced, surfaced } from "../../../static/js/chrome/surfaced.js";

const KEY = "link-drift.surfaced";

beforeEach(() => remember(KEY, []));

test("nothing has surfaced at first, and what is kept under another form is nothing", () => {
  assert.deepEqual(surfaced(), []);
  for (const damaged of [null, 3, { 0: "a" }, "abc"]) {
    remember(KEY, damaged);
    assert.deepEqual(surfaced(), []);
  }
});

test("what is no id is left out", () => {
  remember(KEY, ["a", 3, null, "b"]);
  assert.deepEqual(surfaced(), ["a", "b"]);
});

test("what surfaced is remembered without storage: the last hundred, oldest first, each once", () => {
  for (let i = 0; i < 120; i += 1) noteSurfaced(`id${i}`);
  noteSurfaced("id50");
  const ids = surfaced();
  assert.equal(ids.length, 100);
  assert.equal(ids[0], "id20");
  assert.equal(ids.at(-1), "id50");
  assert.equal(new Set(ids).size, 100);
});

test("a list that another version kept too long is cut to a hundred, its newest", () => {
  remember(KEY, Array.from({ length: 130 }, (_, i) => `${i}`));
  assert.equal(surfaced().length, 100);
  assert.equal(surfaced()[0], "30");
});

test("a list of long ids is cut to what a message may hold, the oldest first", () => {
  for (let i = 0; i < 100; i += 1) noteSurfaced(`${i}-${"x".repeat(90)}`);
  const ids = surfaced();
  assert.ok(ids.at(-1)?.startsWith("99-"));
  const bytes = JSON.stringify(ids).length;
  assert.ok(bytes <= 3600 && bytes > 3600 - 100, `${bytes} bytes`);
});

test("bytes are counted, not letters", () => {
  remember(KEY, ["é".repeat(1799), "b"]);
  assert.deepEqual(surfaced(), ["b"]);
});

test("a list that fills a message to the last byte is kept whole", () => {
  remember(KEY, ["a".repeat(3600 - 8), "b"]);
  assert.equal(JSON.stringify(surfaced()).length, 3600);
  remember(KEY, ["a".repeat(3600 - 7), "b"]);
  assert.deepEqual(surfaced(), ["b"]);
});
