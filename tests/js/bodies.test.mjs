import assert from "node:assert/strict";
import { test } from "node:test";

import { Bodies } from "../../static/js/bodies.js";

/** @param {number} slot */
function link(slot, neglect = 0.5) {
  const id = `link${slot}`;
  return {
    ...{ id, url: "https://example.org/", title: id, host: "example.org", tags: [], label: id },
    ...{ slot, width: 200, height: 34, font_px: 15, neglect },
  };
}

const STILL = {
  ...{ type: /** @type {const} */ ("welcome"), epoch: "00000001", tick: 0, step_hz: 60 },
  ...{ world: { width: 2000, height: 1000 }, held: [], lit: [] },
  links: [link(0), link(1), link(2)],
  current: { pull: 0, modes: [], spreads: [] },
  upright: { stiffness: 0, damping: 0 },
  quanta: { position: 0.0625, angle: 0.00390625, velocity: 0.25, spin: 0.015625 },
};

/**
 * @param {number} tick
 * @param {Record<number, number[]>} rows
 */
function keyframe(tick, rows) {
  const slots = Object.keys(rows).map(Number);
  const states = slots.flatMap((slot) => rows[slot]);
  return { whole: true, epoch: 1, tick, since: tick, blocks: [{ tick, slots, states }] };
}

/**
 * @param {number} tick
 * @param {number} since
 * @param {number} at
 * @param {number} slot
 * @param {number[]} states
 */
function delta(tick, since, at, slot, states) {
  return { whole: false, epoch: 1, tick, since, blocks: [{ tick: at, slots: [slot], states }] };
}

function begun() {
  const bodies = new Bodies();
  bodies.begin(STILL);
  bodies.apply(keyframe(100, { 0: [500, 500, 0, 60, 0, 0], 1: [900, 300, 0, 0, 0, 0] }));
  return bodies;
}

test("a keyframe replaces everything: who is not in it is not there", () => {
  const bodies = begun();
  assert.equal(bodies.tick, 100);
  assert.deepEqual([...bodies.present], [1, 1, 0]);
  bodies.apply(keyframe(160, { 2: [10, 10, 0, 0, 0, 0] }));
  assert.deepEqual([...bodies.present], [0, 0, 1]);
});

test("a record of an earlier tick is stepped on to the tick of the picture", () => {
  const bodies = begun();
  bodies.advance(110);
  bodies.apply(delta(110, 100, 104, 0, [700, 400, 0, 120, 0, 0]));
  assert.equal(bodies.state.x[0], 700 + 6 * 2);
  assert.equal(bodies.state.x[1], 900);
});

test("a frame ahead of the clock brings the picture to its tick", () => {
  const bodies = begun();
  bodies.apply(delta(103, 100, 103, 1, [900, 300, 0, 0, 0, 0]));
  assert.equal(bodies.tick, 103);
  assert.equal(bodies.state.x[0], 503);
});

test("between steps a body is drawn where its velocity has brought it", () => {
  const bodies = begun();
  bodies.draw(100.5, 0, 0);
  assert.equal(bodies.drawn.x[0], 500.5);
});

test("a correction does not jump: its error fades within half a second", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.apply(delta(100, 100, 100, 1, [960, 300, 0, 0, 0, 0]));
  bodies.draw(100, 0, 0);
  assert.equal(bodies.drawn.x[1], 900);
  let before = 900;
  for (let frame = 0; frame < 30; frame += 1) {
    bodies.draw(100, 1 / 60, 0);
    assert.ok(bodies.drawn.x[1] >= before);
    before = bodies.drawn.x[1];
  }
  assert.ok(960 - before < 6, `still ${960 - before} off`);
});

test("a cut shows the new place at once", () => {
  const bodies = begun();
  bodies.apply(keyframe(200, { 1: [100, 100, 0, 0, 0, 0] }), true);
  bodies.draw(200, 0, 0);
  assert.equal(bodies.drawn.x[1], 100);
});

test("a pinned body stays where it is drawn and leaves the shadow alone", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.pin(0);
  bodies.advance(160);
  bodies.draw(160, 1, 1000);
  assert.equal(bodies.drawn.x[0], 500);
  assert.equal(bodies.state.x[0], 560);
  bodies.unpin(0);
  bodies.draw(160, 1 / 60, 1016);
  assert.ok(bodies.drawn.x[0] > 500 && bodies.drawn.x[0] < 560);
});

test("a thrown body flies on from the hand until its time is over, then glides to the truth", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.pin(1, 1000, 300);
  bodies.draw(100, 0, 0);
  bodies.throw(1, 600, 0, 500);
  bodies.advance(130);
  bodies.draw(130, 0.5, 400);
  assert.ok(Math.abs(bodies.drawn.x[1] - 1300) < 1e-9);
  assert.equal(bodies.state.x[1], 900);
  bodies.draw(130, 0, 501);
  bodies.draw(130, 1, 1501);
  assert.ok(Math.abs(bodies.drawn.x[1] - 900) < 20);
});

test("the frontmost pill under a point is found, its round ends left out", () => {
  const bodies = new Bodies();
  bodies.begin({ ...STILL, links: [link(0, 0.1), link(1, 0.9)] });
  bodies.apply(keyframe(1, { 0: [500, 500, 0, 0, 0, 0], 1: [520, 500, 0, 0, 0, 0] }));
  bodies.draw(1, 0, 0);
  assert.equal(bodies.at(510, 500, 0), 1);
  assert.equal(bodies.at(405, 500, 0), 0);
  assert.equal(bodies.at(402, 485, 0), -1);
  assert.equal(bodies.at(402, 485, 12), 0);
});

test("a turned pill is found along its turned line", () => {
  const bodies = begun();
  bodies.apply(keyframe(100, { 0: [500, 500, Math.PI / 2, 0, 0, 0] }), true);
  bodies.draw(100, 0, 0);
  assert.equal(bodies.at(500, 590, 0), 0);
  assert.equal(bodies.at(590, 500, 0), -1);
});

test("after a reload bodies of links that stay keep their place", () => {
  const bodies = begun();
  const current = { pull: 0.5, modes: [], spreads: [] };
  bodies.place([link(0), link(7)], { width: 2200, height: 1100 }, current);
  assert.equal(bodies.state.x[0], 500);
  assert.ok(bodies.shown(0));
  assert.ok(!bodies.shown(1));
  bodies.apply(keyframe(120, { 0: [500, 500, 0, 0, 0, 0], 7: [5, 5, 0, 0, 0, 0] }));
  assert.ok(bodies.shown(7));
});

test("what was opened sinks behind the others", () => {
  const bodies = new Bodies();
  bodies.begin({ ...STILL, links: [link(0, 0.9), link(1, 0.2)] });
  assert.deepEqual([...bodies.order], [1, 0]);
  bodies.sink("link0");
  assert.deepEqual([...bodies.order], [0, 1]);
});
