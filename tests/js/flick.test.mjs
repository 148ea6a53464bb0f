import assert from "node:assert/strict";
import { test } from "node:test";

import { Flick } from "../../static/js/flick.js";

test("the velocity is the mean over the last 80 ms", () => {
  const flick = new Flick();
  for (let at = 0; at <= 200; at += 10) flick.add(at < 100 ? 0 : (at - 100) * 0.5, 0, at);
  const { vx, vy } = flick.velocity(205);
  assert.ok(Math.abs(vx - 500) < 1, `vx ${vx}`);
  assert.equal(vy, 0);
});

test("a pointer that rested before it let go flings nothing", () => {
  const flick = new Flick();
  for (let at = 0; at <= 100; at += 10) flick.add(at, at, at);
  assert.deepEqual(flick.velocity(200), { vx: 0, vy: 0 });
});

test("a single sample has no velocity", () => {
  const flick = new Flick();
  flick.add(5, 5, 10);
  assert.deepEqual(flick.velocity(10), { vx: 0, vy: 0 });
});

test("two samples far apart in time are no flick", () => {
  const flick = new Flick();
  flick.add(0, 0, 0);
  flick.add(100, 0, 1000);
  assert.deepEqual(flick.velocity(1000), { vx: 0, vy: 0 });
});
