import assert from "node:assert/strict";
import { test } from "node:test";

import { afloat } from "../pages.mjs";
import { now, pass, quiet } from "../sockets.mjs";

test("a pill is asked for by the point of the true body that was grabbed, then led at once", () => {
  const { drift, socket, take } = afloat();
  drift.bodies.error.x[0] = 8;
  drift.bodies.draw(100, 0, now());
  assert.equal(take(0, 528, 505), true);
  assert.deepEqual(socket.taken(), [
    { type: "grab", id: "link0", x: 520, y: 505 },
    { type: "move", x: 528, y: 505 },
  ]);
});

test("the pill follows the hand by the point it was grabbed at", () => {
  const { drift, take, move, frame } = afloat();
  take(0, 510, 505);
  move(710, 405);
  assert.deepEqual(drift.bodies.pins.get(0), { x: 700, y: 400 }, "at once, and not by the next frame");
  frame(0);
  assert.deepEqual([drift.bodies.drawn.x[0], drift.bodies.drawn.y[0]], [700, 400]);
});

test("a pill that turns in the hand keeps the grabbed point under it", () => {
  const { drift, take, frame } = afloat();
  take(0, 560, 510);
  drift.bodies.state.angle[0] = Math.PI / 2;
  frame(0);
  frame(0);
  // What lay 60 to the right and 10 below lies 60 below and 10 to the left.
  assert.ok(Math.abs(drift.bodies.drawn.x[0] - (560 + 10)) < 1e-9);
  assert.ok(Math.abs(drift.bodies.drawn.y[0] - (510 - 60)) < 1e-9);
});

test("a turned pill is grabbed by a point of its own", () => {
  const { drift, take, frame } = afloat();
  drift.bodies.state.angle[0] = Math.PI / 2;
  frame(0);
  take(0, 490, 560);
  drift.bodies.state.angle[0] = 0;
  frame(0);
  frame(0);
  assert.ok(Math.abs(drift.bodies.drawn.x[0] - (490 - 60)) < 1e-9);
  assert.ok(Math.abs(drift.bodies.drawn.y[0] - (560 - 10)) < 1e-9);
});

test("the server is told at most thirty times a second, and of the newest place", () => {
  const { socket, take, move } = afloat();
  take(0);
  socket.taken();
  pass(10);
  move(520, 505);
  pass(10);
  move(530, 505);
  pass(13);
  assert.deepEqual(socket.taken(), []);
  pass(1);
  assert.deepEqual(socket.taken(), [{ type: "move", x: 530, y: 505 }]);
  pass(34);
  move(540, 505);
  assert.deepEqual(socket.taken(), [{ type: "move", x: 540, y: 505 }]);
});

test("a hand at rest tells every two seconds, so that its lease lives", () => {
  const { socket, take } = afloat();
  take(0, 510, 505);
  socket.taken();
  pass(1999);
  assert.deepEqual(socket.taken(), []);
  pass(1);
  assert.deepEqual(socket.taken(), [{ type: "move", x: 510, y: 505 }]);
  pass(2000);
  assert.equal(socket.taken().length, 1);
});

test("a hand beyond the shore holds at it", () => {
  const { socket, take, move } = afloat();
  take(0);
  for (const [x, y, atX, atY] of [[-50, -60, 0, 0], [2050, 1060, 2000, 1000]]) {
    pass(40);
    socket.taken();
    move(x, y);
    assert.deepEqual(socket.taken(), [{ type: "move", x: atX, y: atY }]);
  }
});

test("letting go names the last place and the speed, and then nothing more is told", () => {
  const { socket, take, move, letGo } = afloat();
  take(0);
  pass(5);
  move(600, 400);
  socket.taken();
  letGo(300, -40);
  assert.deepEqual(socket.taken(), [
    { type: "move", x: 600, y: 400 },
    { type: "fling", vx: 300, vy: -40 },
  ]);
  pass(10_000);
  move(700, 400);
  letGo(1, 1);
  assert.deepEqual(socket.taken(), []);
});

test("slower than 40 units a second is a release and no fling", () => {
  for (const [vx, vy, told] of /** @type {const} */ ([[24, 32, true], [23, 32, false], [-40, 0, true], [0, 41, true], [0, -39, false]])) {
    const { drift, socket, take, letGo } = afloat();
    take(0);
    socket.taken();
    letGo(vx, vy);
    assert.deepEqual(socket.taken()[1], told ? { type: "fling", vx, vy } : { type: "fling" });
    const { state } = drift.bodies.thrown ?? {};
    assert.deepEqual([state?.vx[0], state?.vy[0]], told ? [vx, vy] : [0, 0]);
  }
});

test("what was let go flies on by itself for a round trip and 0.2 s", () => {
  const { water, drift, take, letGo } = afloat();
  water.connection.rtt = 80;
  take(0);
  letGo(300, 0);
  assert.equal(drift.bodies.thrown?.untilMs, now() + 280);
  assert.equal(drift.bodies.pins.size, 0);
});

test("the round trip is timed by the answer to a grab", () => {
  const { water, socket, take } = afloat();
  water.connection.rtt = 100;
  take(0);
  pass(40);
  socket.says({ type: "held", id: "link1", by_me: true });
  assert.equal(water.connection.rtt, 100);
  socket.says({ type: "held", id: "link0", by_me: true });
  assert.equal(water.connection.rtt, 70);
});

test("what slips out of the hand glides back, and nothing more is told of it", () => {
  const { drift, socket, take, move } = afloat();
  take(0);
  move(700, 505);
  socket.taken();
  socket.says({ type: "released", id: "link0" });
  assert.equal(drift.bodies.pins.size, 0);
  assert.equal(drift.bodies.thrown, null);
  pass(10_000);
  move(800, 505);
  assert.deepEqual(socket.taken(), []);
  assert.equal(take(0), true);
});

test("one hand holds one pill", () => {
  const { socket, take } = afloat();
  take(0);
  socket.taken();
  assert.equal(take(1, 900, 300), false);
  assert.deepEqual(socket.taken(), []);
});

test("nothing is taken where nothing is, or while nobody could be asked", () => {
  const { socket, take, drift } = afloat();
  assert.equal(take(9), false);
  socket.readyState = 2;
  assert.equal(take(0), false);
  assert.equal(drift.bodies.pins.size, 0);
  assert.equal(drift.view.marks.inHand, null);
});

test("a pill in hand is drawn in it while the water goes on", () => {
  const { drift, socket, take, frame } = afloat();
  take(0, 510, 505);
  socket.frames(quiet(103, 100));
  pass(50);
  frame(0.05);
  assert.deepEqual([drift.bodies.drawn.x[0], drift.bodies.drawn.y[0]], [500, 500]);
});

test("a drag changes the picture", () => {
  const { drift, take, move } = afloat();
  take(0);
  drift.view.dirty = false;
  move(600, 505);
  assert.ok(drift.view.dirty);
});

test("what is lost from the hand is free of it at once", () => {
  const { drift, take } = afloat();
  take(0);
  drift.hand.lose();
  assert.equal(drift.bodies.pins.size, 0);
  drift.hand.lose();
  assert.equal(drift.hand.grip, null);
});
