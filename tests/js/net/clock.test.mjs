import assert from "node:assert/strict";
import { test } from "node:test";

import { TickClock } from "../../../static/js/net/clock.js";

test("before the first frame there is no tick", () => {
  assert.ok(Number.isNaN(new TickClock(60).read(1000)));
});

test("between frames the clock runs at the step's rate", () => {
  const clock = new TickClock(60);
  clock.heard(600, 1000);
  assert.ok(Math.abs(clock.read(1500) - 630) < 1e-9);
});

test("late frames do not hold the clock back: the soonest tells the truth", () => {
  const clock = new TickClock(60);
  for (let i = 0; i < 60; i += 1) {
    const late = [0, 40, 15, 90][i % 4];
    clock.heard(i * 2, i * (1000 / 30) + late);
    clock.read(i * (1000 / 30) + late);
  }
  const now = 59 * (1000 / 30) + 100;
  assert.ok(Math.abs(clock.read(now) - (now * 60) / 1000) < 0.5);
});

test("the clock never runs backwards", () => {
  const clock = new TickClock(60);
  clock.heard(100, 0);
  let before = clock.read(0);
  for (let now = 16; now < 6000; now += 16) {
    // A server that lost time: its ticks fall ever further behind.
    if (now % 32 === 0) clock.heard(100 + Math.floor(now * 0.05), now);
    const tick = clock.read(now);
    assert.ok(tick >= before, `${tick} after ${before}`);
    before = tick;
  }
});

test("a small error is slewed, a large one jumped over", () => {
  const clock = new TickClock(60);
  clock.heard(100, 0);
  clock.read(0);
  clock.heard(110, 100);
  assert.ok(clock.read(100) < 108);
  clock.heard(1000, 200);
  assert.ok(clock.read(200) >= 999);
});

test("the shadow stops two seconds past the newest frame", () => {
  const clock = new TickClock(60);
  clock.heard(100, 0);
  assert.equal(clock.read(60_000), 220);
});

test("a frame older than four seconds has no say any more", () => {
  const clock = new TickClock(60);
  clock.heard(100, 0);
  clock.heard(310, 4000);
  clock.read(4000);
  assert.equal(clock.read(4000), 340, "the first frame still counts at four seconds");
  clock.heard(310.06, 4001);
  // Of the 30 ticks between both, at most 0.15 of the time passed are made up.
  assert.ok(clock.read(5001) < 400 - 8.9);
});

test("the error is made up at 0.15 of the clock's own rate", () => {
  const clock = new TickClock(60);
  clock.heard(100, 0);
  clock.heard(120, 100);
  assert.ok(Math.abs(clock.read(100) - (106 + 0.15 * 6)) < 1e-9);
  assert.ok(Math.abs(clock.read(300) - (118 + 0.15 * 18)) < 1e-9);
});

test("no time passes before the first frame: the clock does not slew for it", () => {
  const clock = new TickClock(60);
  clock.heard(600, 1000);
  clock.heard(610, 1000);
  assert.equal(clock.read(1000), 600);
});

test("an error of half a second is slewed, and only a larger one is jumped over, either way", () => {
  for (const [error, jumps] of /** @type {const} */ ([[30, false], [31, true]])) {
    const fast = new TickClock(60);
    fast.heard(1000, 0);
    fast.heard(1000 + error, 0);
    assert.equal(fast.read(0), jumps ? 1000 + error : 1000);
    const slow = new TickClock(60);
    slow.heard(1000, 0);
    slow.read(4500);
    slow.heard(1270 - error, 4500);
    assert.equal(slow.read(4500), jumps ? 1270 - error : 1270);
  }
});

test("a local clock that goes back neither slews nor is forgotten", () => {
  const clock = new TickClock(60);
  clock.heard(600, 1000);
  clock.heard(630, 1000);
  const before = clock.read(2000);
  assert.equal(clock.read(1500), before - 30);
  assert.ok(Math.abs(clock.read(2500) - (before + 30 + 0.15 * 60)) < 1e-9, "goes on from where it went back to");
});

test("a clock set anew knows nothing of the frames before", () => {
  const clock = new TickClock(60);
  clock.heard(9000, 0);
  clock.reset();
  assert.ok(Number.isNaN(clock.read(10)));
  clock.heard(60, 1000);
  assert.equal(clock.read(1000), 60);
});
