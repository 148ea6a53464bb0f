import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Bodies } from "../../../static/js/water/bodies.js";
import { Events, RefusedError } from "../../../static/js/water/events.js";
import { around, ROWS } from "../pages.mjs";
import { now, pass, placed, takeOver, welcome } from "../sockets.mjs";

/** @typedef {import("../../../static/js/water/water.js").Water} Water */

/**
 * Another kind of water: still but for what this visitor moves, and without any server.
 * @implements {Water}
 */
class Pond {
  constructor() {
    this.bodies = new Bodies();
    /** @type {Events<import("../../../static/js/water/water.js").News>} */
    this.events = new Events();
    this.tick = NaN;
    this.paused = false;
    this.inHand = -1;
    /** @type {string[]} */
    this.log = [];
  }

  start() {
    const { links, world } = welcome();
    this.bodies.begin(welcome());
    this.events.tell("placed", { links, world, held: [], lit: [], anew: true, news: "", trouble: null });
    const states = Object.values(ROWS).flat();
    this.bodies.apply({ whole: true, epoch: 0, tick: 0, since: 0, blocks: [{ tick: 0, slots: [0, 1, 2], states }] });
    this.bodies.draw(0, 0, now());
    this.tick = 0;
    this.events.tell("framed", undefined);
  }

  /** @param {boolean} paused */
  pause(paused) {
    this.paused = paused;
  }

  /** @param {boolean} seen */
  look(seen) {
    this.log.push(seen ? "seen" : "unseen");
  }

  hurry() {}

  /** @param {number} nowMs @param {number} seconds */
  run(nowMs, seconds) {
    if (this.paused) return 0;
    this.tick += seconds * 60;
    this.bodies.advance(Math.floor(this.tick));
    this.bodies.draw(this.tick, seconds, nowMs);
    return seconds;
  }

  /** @param {number} slot */
  take(slot) {
    this.inHand = slot;
    return slot !== 2; // one is moored
  }

  /** @param {number} x @param {number} y */
  move(x, y) {
    this.log.push(`led to ${x} ${y}`);
  }

  /** @param {number} vx @param {number} vy */
  letGo(vx, vy) {
    const { state, drawn } = this.bodies;
    state.x[this.inHand] = drawn.x[this.inHand];
    state.y[this.inHand] = drawn.y[this.inHand];
    state.vx[this.inHand] = vx;
    state.vy[this.inHand] = vy;
    this.bodies.unpin(this.inHand);
  }

  /** @param {{tag?: string}} wish */
  async lucky({ tag }) {
    if (tag === "gone") throw new RefusedError("Nothing floats under that tag.");
    return { link: placed(1), why: "it lay nearest", permalink: "/l/link1" };
  }

  /** @param {string} id */
  opened(id) {
    this.bodies.sink(id);
  }
}

beforeEach(() => {
  takeOver();
  for (const name of ["WebSocket", "fetch"]) {
    Object.assign(globalThis, {
      [name]: () => {
        throw new Error(`${name}: there is no server`);
      },
    });
  }
});

function ponded() {
  const water = new Pond();
  const page = around(water, { wanted: "link2" });
  return { water, ...page };
}

test("the page shows another water's bodies from its start on", () => {
  const { drift, told } = ponded();
  assert.ok(told().includes("list link0,link1,link2"));
  assert.equal(drift.view.marks.picked, "link2");
  drift.frame(now(), 0.5);
  assert.deepEqual(told(), ["painted 0.5"]);
});

test("a drag leads a body of another water, and a fling sends it on", () => {
  const { water, drift, take, move, letGo } = ponded();
  assert.equal(take(0, 510, 505), true);
  move(710, 405);
  assert.deepEqual(water.log, ["led to 510 505", "led to 710 405"]);
  drift.frame(now(), 0);
  assert.deepEqual([drift.bodies.drawn.x[0], drift.bodies.drawn.y[0]], [700, 400]);
  letGo(600, 0);
  drift.frame(now(), 0.5);
  assert.ok(drift.bodies.drawn.x[0] > 990);
  assert.equal(drift.view.marks.inHand, null);
});

test("what another water does not give is not taken", () => {
  const { drift, take } = ponded();
  assert.equal(take(2, 1200, 700), false);
  assert.equal(drift.view.marks.inHand, null);
  assert.equal(drift.hand.grip, null);
});

test("keys nudge in another water too", () => {
  const { water, drift } = ponded();
  drift.view.attention.set("focused", "link0");
  assert.equal(drift.nudge.push(40, 0), true);
  assert.equal(water.log.at(-1), "led to 540 500");
  pass(700);
  assert.equal(drift.hand.grip, null);
});

test("what another water tells is heard: holds, lights, slips, refusals and losses", () => {
  const { water, drift, take, told, status } = ponded();
  const { events } = water;
  events.tell("held", "link1");
  events.tell("lit", { id: "link0", until_tick: 90 });
  assert.deepEqual([[...drift.view.held], [...drift.view.lit]], [["link1"], [["link0", 90]]]);
  events.tell("released", "link1");
  assert.equal(drift.view.held.size, 0);
  drift.view.dismiss();
  take(0);
  told();
  events.tell("slipped", "The tide took it.");
  assert.deepEqual(told(), ["drag over", "answered The tide took it."]);
  assert.equal(drift.hand.grip, null);
  events.tell("refused", "Not at low tide.");
  events.tell("awaited", undefined);
  assert.deepEqual(told(), ["answered Not at low tide.", "waiting"]);
  events.tell("held", "link1");
  events.tell("lost", undefined);
  assert.deepEqual([drift.view.held.size, status.connected], [0, false]);
});

test("luck is another water's own, a refusal too", async () => {
  const { lucky, told } = ponded();
  told();
  lucky.press("");
  await new Promise((done) => setImmediate(done));
  lucky.press("gone");
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(told(), ["picked link1 it lay nearest", "failed Nothing floats under that tag."]);
});

test("pausing, looking away and opening are told to another water", () => {
  const { water, drift } = ponded();
  drift.pause(true);
  assert.ok(water.paused);
  drift.look(false);
  drift.look(true);
  assert.deepEqual(water.log, ["unseen", "seen"]);
  drift.noteOpened("link1");
  assert.equal(drift.bodies.byId.get("link1")?.neglect, 0);
});

test("news go to those who asked for their kind, in the order they asked", () => {
  /** @type {Events<{one: number, two: string}>} */
  const events = new Events();
  /** @type {string[]} */
  const heard = [];
  events.on("one", (number) => heard.push(`first ${number}`));
  events.on("two", (text) => heard.push(text));
  events.on("one", (number) => heard.push(`second ${number}`));
  events.tell("one", 1);
  events.tell("two", "b");
  assert.deepEqual(heard, ["first 1", "second 1", "b"]);
});

test("a refusal says its sentence and its name", () => {
  const error = new RefusedError("Not now.");
  assert.deepEqual([error.name, error.message], ["RefusedError", "Not now."]);
  assert.ok(error instanceof Error);
});
