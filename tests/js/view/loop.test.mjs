import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Loop } from "../../../static/js/view/loop.js";
import { happen, lay } from "../dom.mjs";

let nowMs = 0;
/** @type {Map<number, (nowMs: number) => void>} */
let asked = new Map();
/** @type {(entries: {isIntersecting: boolean}[]) => void} */
let crossed = () => {};
let hidden = false;

beforeEach(() => {
  nowMs = 1000;
  asked = new Map();
  hidden = false;
  performance.now = () => nowMs;
  let next = 0;
  Object.assign(globalThis, {
    requestAnimationFrame: (/** @type {any} */ run) => {
      next += 1;
      asked.set(next, run);
      return next;
    },
    cancelAnimationFrame: (/** @type {number} */ id) => asked.delete(id),
    IntersectionObserver: class {
      /** @param {any} told */
      constructor(told) {
        crossed = told;
      }
      observe() {}
    },
  });
});

/** The browser draws, so much later. */
function draw(/** @type {number} */ ms) {
  nowMs += ms;
  const due = [...asked.values()];
  asked.clear();
  for (const run of due) run(nowMs);
}

function looping() {
  const page = lay("<div></div>");
  Object.defineProperty(page, "hidden", { get: () => hidden, configurable: true });
  /** @type {(string | number)[]} */
  const heard = [];
  new Loop(page.querySelector("div"), {
    frame: (_nowMs, seconds) => heard.push(seconds),
    seen: (seen) => heard.push(seen ? "seen" : "unseen"),
  });
  return { page, heard: () => heard.splice(0) };
}

test("frames tell how much time passed since the one before", () => {
  const { heard } = looping();
  draw(16);
  draw(32);
  assert.deepEqual(heard(), ["seen", 0.016, 0.032]);
});

test("a longer gap than a tenth of a second was no motion, and time does not run back", () => {
  const { heard } = looping();
  draw(5000);
  draw(-20);
  assert.deepEqual(heard(), ["seen", 0.1, 0]);
});

test("a hidden page draws nothing, and goes on from when it is seen again", () => {
  const { page, heard } = looping();
  hidden = true;
  happen(page, "visibilitychange");
  draw(50);
  assert.deepEqual(heard(), ["seen", "unseen"]);
  nowMs += 60_000;
  hidden = false;
  happen(page, "visibilitychange");
  draw(20);
  assert.deepEqual(heard(), ["seen", 0.02]);
});

test("a canvas out of view draws nothing; of several reports the last counts", () => {
  const { heard } = looping();
  crossed([{ isIntersecting: true }, { isIntersecting: false }]);
  assert.deepEqual(heard(), ["seen", "unseen"]);
  assert.equal(asked.size, 0);
  crossed([{ isIntersecting: true }]);
  crossed([{ isIntersecting: true }]);
  assert.deepEqual(heard(), ["seen"]);
  assert.equal(asked.size, 1);
});

test("a page that begins hidden is told of nothing", () => {
  hidden = true;
  const { heard } = looping();
  assert.deepEqual(heard(), []);
  assert.equal(asked.size, 0);
});
