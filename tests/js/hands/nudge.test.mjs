import assert from "node:assert/strict";
import { test } from "node:test";

import { afloat } from "../pages.mjs";
import { pass } from "../sockets.mjs";

function focused() {
  const page = afloat();
  page.drift.view.attention.set("focused", "link0");
  page.told();
  return page;
}

test("without a focus nothing is nudged", () => {
  const { drift, socket } = afloat();
  assert.equal(drift.nudge.push(40, 0), false);
  assert.deepEqual(socket.taken(), []);
});

test("a key takes the focused link in hand by its middle and leads it a little way", () => {
  const { drift, socket } = focused();
  assert.equal(drift.nudge.push(40, -40), true);
  pass(40);
  assert.deepEqual(socket.taken(), [
    { type: "grab", id: "link0", x: 500, y: 500 },
    { type: "move", x: 500, y: 500 },
    { type: "move", x: 540, y: 460 },
  ]);
});

test("further keys lead it on, in the same hold", () => {
  const { drift, socket } = focused();
  drift.nudge.push(40, 0);
  pass(100);
  socket.taken();
  drift.nudge.push(40, 0);
  assert.deepEqual(socket.taken(), [{ type: "move", x: 580, y: 500 }]);
});

test("it is let go at rest when no key came for 0.7 s, counted from the last", () => {
  const { drift, socket } = focused();
  drift.nudge.push(40, 0);
  pass(600);
  drift.nudge.push(40, 0);
  socket.taken();
  pass(699);
  assert.deepEqual(socket.taken(), []);
  pass(1);
  assert.deepEqual(socket.taken().at(-1), { type: "fling" });
  assert.equal(drift.view.marks.inHand, null);
});

test("while the pointer has another one in hand a key does nothing", () => {
  const { drift, socket, take } = focused();
  take(1, 900, 300);
  socket.taken();
  assert.equal(drift.nudge.push(40, 0), true);
  pass(690);
  assert.deepEqual(socket.taken(), []);
});

test("a link that another visitor holds is not nudged, and the key is spent", () => {
  const { drift, socket, told } = focused();
  socket.says({ type: "held", id: "link0", by_me: false });
  assert.equal(drift.nudge.push(40, 0), true);
  assert.deepEqual(socket.taken(), []);
  assert.deepEqual(told(), ["answered Another visitor has this one in hand."]);
});

test("a hold that ended otherwise is not let go a second time", () => {
  const { drift, socket, take } = focused();
  drift.nudge.push(40, 0);
  socket.says({ type: "released", id: "link0" });
  take(1, 900, 300);
  socket.taken();
  pass(700);
  assert.deepEqual(socket.taken(), []);
});

test("a hold that was let go by hand is not let go again by the clock", () => {
  const { drift, socket, letGo, take } = focused();
  drift.nudge.push(40, 0);
  letGo();
  take(1, 900, 300);
  socket.taken();
  pass(700);
  assert.deepEqual(socket.taken(), []);
});

test("a focused link that left is none", () => {
  const { drift } = focused();
  drift.bodies.byId.delete("link0");
  assert.equal(drift.nudge.push(40, 0), false);
});

test("what is nudged out of sight is looked after", () => {
  const { drift } = focused();
  drift.view.camera.x = 1600;
  drift.view.dirty = false;
  drift.nudge.push(40, 0);
  assert.notEqual(drift.view.camera.flight, null);
  assert.ok(drift.view.dirty);
});
