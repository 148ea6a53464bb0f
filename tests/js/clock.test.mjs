import assert from "node:assert/strict";
import { test } from "node:test";

import { TickClock } from "../../static/js/clock.js";

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
