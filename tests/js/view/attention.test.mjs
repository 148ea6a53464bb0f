import assert from "node:assert/strict";
import { test } from "node:test";

import { Attention } from "../../../static/js/view/attention.js";

function attending() {
  let changes = 0;
  const attention = new Attention(() => (changes += 1));
  return { attention, changes: () => changes };
}

test("nothing is attended to at first", () => {
  const { attention } = attending();
  assert.equal(attention.id, null);
});

test("the pointer comes before the focus, and both before what was brought forward", () => {
  const { attention } = attending();
  attention.set("brought", "c");
  assert.equal(attention.id, "c");
  attention.set("focused", "b");
  assert.equal(attention.id, "b");
  attention.set("hovered", "a");
  assert.equal(attention.id, "a");
  attention.set("hovered", null);
  assert.equal(attention.id, "b");
});

test("a change is told, and what is as it was is not", () => {
  const { attention, changes } = attending();
  attention.set("hovered", "a");
  assert.equal(changes(), 1);
  attention.set("hovered", "a");
  assert.equal(changes(), 1);
});

test("clearing forgets every way at once, and tells only when there was something", () => {
  const { attention, changes } = attending();
  attention.clear();
  assert.equal(changes(), 0);
  attention.set("focused", "b");
  attention.set("brought", "c");
  attention.clear();
  assert.equal(changes(), 3);
  assert.deepEqual(attention.ids, { hovered: null, focused: null, brought: null });
});

test("what is hovered or focused is held still; what was brought forward is not", () => {
  const { attention } = attending();
  attention.set("hovered", "a");
  attention.set("focused", "b");
  attention.set("brought", "c");
  assert.deepEqual(["a", "b", "c"].map((id) => attention.holds(id)), [true, true, false]);
});
