import assert from "node:assert/strict";
import { test } from "node:test";

import { Flick } from "../../../static/js/hands/flick.js";

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

test("two samples are enough, even when the first is older than the window", () => {
  const flick = new Flick();
  flick.add(7, 30, 0);
  flick.add(57, 10, 100);
  assert.deepEqual(flick.velocity(100), { vx: 500, vy: -200 });
});

test("a sample of just 80 ms ago still counts, an older one does not", () => {
  const flick = new Flick();
  flick.add(0, 0, 0);
  flick.add(10, 0, 40);
  flick.add(40, 0, 80);
  assert.equal(flick.velocity(80).vx, 500);
  flick.add(40, 0, 81);
  assert.equal(flick.velocity(81).vx, 30 / 0.041);
});

test("80 ms of rest are still a flick, more are none", () => {
  const flick = new Flick();
  flick.add(0, 0, 0);
  flick.add(40, 0, 80);
  assert.equal(flick.velocity(160).vx, 500);
  assert.equal(flick.velocity(161).vx, 0);
});

test("two samples up to 160 ms apart are a flick", () => {
  const flick = new Flick();
  flick.add(0, 0, 0);
  flick.add(80, 0, 160);
  assert.equal(flick.velocity(160).vx, 500);
  flick.reset();
  flick.add(0, 0, 0);
  flick.add(80, 0, 161);
  assert.equal(flick.velocity(161).vx, 0);
});

test("two samples of one instant are no flick, and no division by nothing", () => {
  const flick = new Flick();
  flick.add(0, 0, 5);
  flick.add(80, 9, 5);
  assert.deepEqual(flick.velocity(5), { vx: 0, vy: 0 });
});

test("a new gesture knows nothing of the one before", () => {
  const flick = new Flick();
  flick.add(0, 0, 0);
  flick.add(80, 0, 40);
  flick.reset();
  assert.deepEqual(flick.velocity(40), { vx: 0, vy: 0 });
  flick.add(80, 0, 50);
  assert.deepEqual(flick.velocity(50), { vx: 0, vy: 0 });
});
