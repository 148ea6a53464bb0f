import assert from "node:assert/strict";
import { test } from "node:test";

import { Bodies } from "../../../static/js/water/bodies.js";

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

/**
 * @param {number} value
 * @param {number} wanted
 */
function near(value, wanted) {
  assert.ok(Math.abs(value - wanted) < 1e-9, `${value} instead of ${wanted}`);
}

/** How far body 1 is drawn from the truth after 1/60 s, having been this far off. */
function left(/** @type {number} */ dx, dy = 0) {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.apply(delta(100, 100, 100, 1, [900 - dx, 300 - dy, 0, 0, 0, 0]));
  bodies.draw(100, 1 / 60, 0);
  return [bodies.drawn.x[1] - (900 - dx), bodies.drawn.y[1] - (300 - dy)];
}

test("a small error keeps 0.95 each sixtieth, a large one 0.85, and between it goes over", () => {
  near(left(8)[0], 8 * 0.95);
  near(left(-6)[0], -6 * 0.95);
  near(left(48)[0], 48 * 0.85);
  near(left(400)[0], 400 * 0.85);
  near(left(28)[0], 28 * 0.9);
  near(left(0, 28)[1], 28 * 0.9);
  near(left(14, 14)[1], 14 * 0.9);
});

test("an error fades by time and not by pictures", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.apply(delta(100, 100, 100, 1, [904, 300, 0, 0, 0, 0]));
  bodies.draw(100, 2 / 60, 0);
  near(bodies.drawn.x[1], 904 - 4 * 0.95 ** 2);
});

test("what is left of an error ends: below a hundredth of a unit, on either axis", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.error.x[1] = 0.0105;
  bodies.error.y[1] = -0.0105;
  bodies.draw(100, 1 / 60, 0);
  assert.deepEqual([bodies.error.x[1], bodies.error.y[1]], [0, 0]);
  bodies.error.x[1] = -0.0106;
  bodies.draw(100, 1 / 60, 0);
  near(bodies.error.x[1], -0.0106 * 0.95);
});

test("a turn's error fades too, and ends below a ten-thousandth", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.apply(delta(100, 100, 100, 1, [900, 300, 0.2, 0, 0, 0]));
  bodies.draw(100, 1 / 60, 0);
  near(bodies.drawn.angle[1], 0.2 - 0.2 * 0.95);
  bodies.error.angle[1] = -0.9e-4;
  bodies.draw(100, 1 / 60, 0);
  assert.equal(Math.abs(bodies.error.angle[1]), 0);
});

test("corrections add up: the second begins where the first had come to", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.apply(delta(100, 100, 100, 1, [904, 302, 0.1, 0, 0, 0]));
  bodies.apply(delta(100, 100, 100, 1, [906, 299, 0.3, 0, 0, 0]));
  bodies.draw(100, 0, 0);
  near(bodies.drawn.x[1], 900);
  near(bodies.drawn.y[1], 300);
  near(bodies.drawn.angle[1], 0);
});

test("a record brings speed and spin along", () => {
  const bodies = begun();
  bodies.apply(delta(100, 100, 100, 1, [900, 300, 0.1, 30, -60, 1.5]));
  bodies.draw(130, 0, 0);
  near(bodies.drawn.x[1], 915);
  near(bodies.drawn.y[1], 270);
  near(bodies.drawn.angle[1], 0.1 + 0.75 - 0.1);
});

test("a body that enters is where it is told, without a glide from the corner", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.apply(delta(100, 100, 100, 2, [700, 600, 0.5, 0, 0, 0]));
  bodies.draw(100, 0, 0);
  assert.deepEqual([bodies.drawn.x[2], bodies.drawn.y[2], bodies.drawn.angle[2]], [700, 600, 0.5]);
  assert.ok(bodies.shown(2));
});

test("a body that comes back glides from where it was", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.apply(keyframe(100, { 0: [500, 500, 0, 0, 0, 0] }));
  bodies.apply(delta(100, 100, 100, 1, [910, 300, 0, 0, 0, 0]));
  bodies.draw(100, 0, 0);
  near(bodies.drawn.x[1], 900);
});

test("the first keyframe shows everything at its place", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  assert.equal(bodies.drawn.x[0], 500);
  assert.ok(bodies.ready);
});

test("a keyframe of another time sets the clock back, a delta never does", () => {
  const bodies = begun();
  bodies.apply(keyframe(40, { 0: [500, 500, 0, 60, 0, 0] }));
  assert.equal(bodies.tick, 40);
  bodies.advance(50);
  bodies.apply(delta(45, 40, 45, 0, [600, 500, 0, 60, 0, 0]));
  assert.equal(bodies.tick, 50);
  near(bodies.state.x[0], 605);
  bodies.advance(49);
  assert.equal(bodies.tick, 50);
});

test("a record of a slot nobody has is passed over", () => {
  const bodies = begun();
  bodies.apply(delta(100, 100, 100, 9, [1, 1, 0, 0, 0, 0]));
  assert.equal(bodies.present.length, 3);
});

test("a keyframe may hold more bodies than there are links: they move, and are not shown", () => {
  const bodies = begun();
  bodies.apply(keyframe(100, { 0: [500, 500, 0, 0, 0, 0], 5: [50, 50, 0, 0, 0, 0] }));
  assert.equal(bodies.present[5], 1);
  assert.ok(!bodies.shown(5));
  assert.equal(bodies.at(50, 50, 0), -1);
});

test("a keyframe without bodies empties the water", () => {
  const bodies = begun();
  bodies.apply(keyframe(100, {}));
  assert.deepEqual([...bodies.present], [0, 0, 0]);
});

test("a world's beginning takes its step, pull, turning and tick, and forgets the life before", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.pin(0);
  bodies.throw(1, 5, 5, 1e9);
  bodies.begin({
    ...STILL,
    ...{ tick: 7, step_hz: 50, upright: { stiffness: 4, damping: 1 } },
    ...{ world: { width: 300, height: 200 } },
    current: { pull: 0.5, modes: [[1, 1, 10, 0, 0]], spreads: [] },
  });
  assert.deepEqual([bodies.tick, bodies.dt, bodies.pull, bodies.ready], [7, 1 / 50, 0.5, false]);
  assert.deepEqual(bodies.upright, { stiffness: 4, damping: 1 });
  assert.deepEqual([bodies.width, bodies.height], [300, 200]);
  assert.equal(bodies.flow.modes.length, 1);
  assert.equal(bodies.pins.size, 0);
  assert.equal(bodies.thrown, null);
  assert.deepEqual([...bodies.present], [0, 0, 0]);
});

test("a reload brings its own current, in the new world's size", () => {
  const bodies = begun();
  bodies.place([link(0)], { width: 900, height: 700 }, { pull: 0.5, modes: [[1, 1, 10, 0, 0]], spreads: [] });
  assert.deepEqual([bodies.flow.width, bodies.flow.height, bodies.flow.modes.length], [900, 700, 1]);
  assert.deepEqual([bodies.width, bodies.height], [900, 700]);
});

test("a link that left is found no more, and is let go of", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.pin(0);
  bodies.pin(1);
  bodies.place([link(1)], { width: 2000, height: 1000 }, STILL.current);
  assert.deepEqual([...bodies.pins.keys()], [1]);
  assert.deepEqual([...bodies.byId.keys()], ["link1"]);
  assert.equal(bodies.at(500, 500, 0), -1);
});

test("room for more bodies keeps what the others were about", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.apply(delta(100, 100, 100, 1, [904, 302, 0.1, 3, 4, 0.5]));
  bodies.place([link(0), link(1), link(9)], { width: 2000, height: 1000 }, STILL.current);
  bodies.draw(100, 0, 0);
  assert.deepEqual([bodies.drawn.x[1], bodies.drawn.y[1]], [900, 300]);
  assert.equal(bodies.state.omega[1], 0.5);
  assert.ok(bodies.shown(1) && !bodies.shown(9));
  bodies.apply(delta(100, 100, 100, 9, [1, 1, 0, 0, 0, 0]));
  assert.ok(bodies.shown(9));
});

test("of equally neglected ones the later slot is in front", () => {
  const bodies = new Bodies();
  bodies.begin({ ...STILL, links: [link(2, 0.5), link(0, 0.5), link(1, 0.1)] });
  assert.deepEqual([...bodies.order], [1, 0, 2]);
});

test("sinking makes a new link, so that its label is printed anew; what has sunk stays as it is", () => {
  const bodies = begun();
  const before = bodies.links[0];
  bodies.sink("link0");
  assert.notEqual(bodies.links[0], before);
  assert.equal(bodies.links[0], bodies.byId.get("link0"));
  assert.equal(bodies.links[0]?.neglect, 0);
  const sunk = bodies.links[0];
  bodies.sink("link0");
  assert.equal(bodies.links[0], sunk);
  bodies.sink("nobody");
  assert.equal(bodies.byId.size, 3);
});

test("a pin can be moved, and leads the picture while the shadow goes on", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.pin(0);
  bodies.pin(0, 640, 480);
  bodies.draw(100, 0, 0);
  assert.deepEqual([bodies.drawn.x[0], bodies.drawn.y[0]], [640, 480]);
  assert.equal(bodies.state.x[0], 500);
  bodies.unpin(0);
  bodies.draw(100, 0, 0);
  assert.deepEqual([bodies.drawn.x[0], bodies.drawn.y[0]], [640, 480], "it glides back from where it was held");
});

test("what is thrown leaves the pin, and turns with its shadow", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.pin(1, 900, 300);
  bodies.throw(1, 0, 600, 500);
  assert.equal(bodies.pins.size, 0);
  bodies.advance(106);
  bodies.draw(106, 0, 500);
  near(bodies.drawn.y[1], 360);
  assert.notEqual(bodies.thrown, null);
  bodies.draw(106, 0, 501);
  assert.equal(bodies.thrown, null);
});

test("a body that went is not found where it was", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  assert.equal(bodies.at(900, 300, 0), 1);
  bodies.apply(keyframe(110, { 0: [500, 500, 0, 0, 0, 0] }));
  bodies.draw(110, 0, 0);
  assert.equal(bodies.at(900, 300, 0), -1);
});

test("a body that is not there is not drawn", () => {
  const bodies = begun();
  bodies.state.x[2] = 77;
  bodies.draw(100, 0, 0);
  assert.equal(bodies.drawn.x[2], 0);
});

test("a pill reaches to its edge and as far as a miss may go, in each direction", () => {
  const bodies = begun();
  bodies.apply(keyframe(100, { 0: [500, 500, 0, 0, 0, 0] }), true);
  bodies.draw(100, 0, 0);
  for (const [dx, dy, slop, hit] of /** @type {const} */ ([
    ...[[100, 0, 0, 0], [-100, 0, 0, 0], [101, 0, 0, -1], [-101, 0, 0, -1], [101, 0, 1, 0], [-101, 0, 1, 0]],
    ...[[0, 17, 0, 0], [0, -17, 0, 0], [0, 18, 0, -1], [0, -18, 0, -1], [50, 18, 1, 0], [-50, -18, 1, 0]],
    ...[[83, 17, 0, 0], [-83, -17, 0, 0], [97, 12, 0, -1], [94, 12, 0, 0], [-97, 12, 0, -1], [-94, 12, 0, 0]],
  ])) {
    assert.equal(bodies.at(500 + dx, 500 + dy, slop), hit, `${dx}, ${dy} by ${slop}`);
  }
});

test("a pill turned by 45 degrees is found along its line, and not along the other", () => {
  const bodies = begun();
  bodies.apply(keyframe(100, { 0: [500, 500, Math.PI / 4, 0, 0, 0] }), true);
  bodies.draw(100, 0, 0);
  assert.equal(bodies.at(560, 560, 0), 0);
  assert.equal(bodies.at(440, 440, 0), 0);
  assert.equal(bodies.at(560, 440, 0), -1);
  assert.equal(bodies.at(575, 575, 0), -1);
});

test("a cut forgets every error, also of bodies it does not name", () => {
  const bodies = begun();
  bodies.draw(100, 0, 0);
  bodies.apply(delta(100, 100, 100, 1, [950, 350, 0.4, 0, 0, 0]));
  bodies.apply(keyframe(100, { 0: [500, 500, 0, 0, 0, 0], 1: [950, 350, 0.4, 0, 0, 0] }), true);
  bodies.draw(100, 0, 0);
  assert.deepEqual([bodies.drawn.x[1], bodies.drawn.y[1], bodies.drawn.angle[1]], [950, 350, 0.4]);
});
