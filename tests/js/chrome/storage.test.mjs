import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { recall, remember } from "../../../static/js/chrome/storage.js";

/** @type {Map<string, string>} */
const kept = new Map();
let refuses = false;

beforeEach(() => {
  kept.clear();
  refuses = false;
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    value: {
      getItem: (/** @type {string} */ key) => {
        if (refuses) throw new Error("refused");
        return kept.get(key) ?? null;
      },
      setItem: (/** @type {string} */ key, /** @type {string} */ text) => {
        if (refuses) throw new Error("full");
        kept.set(key, text);
      },
    },
  });
});

test("what is remembered lies in the browser, as JSON, and comes back as it was", () => {
  remember("one", { a: [1, "b"] });
  assert.equal(kept.get("one"), '{"a":[1,"b"]}');
  assert.deepEqual(recall("one"), { a: [1, "b"] });
});

test("what the browser holds wins over what this page wrote: another tab may have written since", () => {
  remember("two", 1);
  kept.set("two", "2");
  assert.equal(recall("two"), 2);
});

test("where storage is refused a value lasts as long as the page", () => {
  refuses = true;
  remember("three", "here");
  assert.equal(recall("three"), "here");
});

test("what was never remembered, or is damaged, is undefined", () => {
  assert.equal(recall("four"), undefined);
  kept.set("five", "{");
  assert.equal(recall("five"), undefined);
});

test("without any storage a value lasts as long as the page", () => {
  Reflect.deleteProperty(globalThis, "localStorage");
  remember("six", [6]);
  assert.deepEqual(recall("six"), [6]);
});
