import assert from "node:assert/strict";
import { test } from "node:test";

import { NO_TICK } from "../../../static/js/net/codec.js";
import { afloat, drifting, ROWS } from "../pages.mjs";
import { HandSocket, keyframe, now, pass, placed, quiet, welcome } from "../sockets.mjs";

const SLIPPED = "It slipped out of your hand.";

/** An archive message with these links. */
const archive = (/** @type {number[]} */ ...slots) => ({
  ...{ type: "archive", tick: 100, world: { width: 2400, height: 1200 }, held: [], lit: [], trouble: null },
  links: slots.map((slot) => placed(slot)),
  current: { pull: 0, modes: [], spreads: [] },
});

test("a page that begins sizes its canvases and connects", () => {
  const { canvases, drift, socket } = drifting();
  assert.deepEqual(canvases.map(({ width, height }) => [width, height]), [[800, 600], [800, 600]]);
  assert.equal(drift.view.camera.viewWidth, 800);
  assert.equal(socket.url, "ws://here/ws");
});

test("a sharp screen has more pixels, at most three a unit", () => {
  const { drift, canvases } = drifting();
  for (const [device, ratio] of [[2, 2], [5, 3], [0, 1]]) {
    Object.assign(globalThis, { devicePixelRatio: device });
    drift.resize();
    assert.equal(drift.ratio, ratio);
    assert.deepEqual([canvases[1].width, canvases[1].height], [800 * ratio, 600 * ratio]);
  }
  Object.assign(globalThis, { devicePixelRatio: undefined });
});

test("a welcome is taken over by every part, and its trouble told", () => {
  const { drift, socket, told, status } = drifting();
  told();
  socket.says({ ...welcome(), trouble: "Line 3 is wrong.", held: ["link1"], lit: [{ id: "link2", until_tick: 900 }] });
  assert.deepEqual(told(), [
    "trouble Line 3 is wrong.",
    "list link0,link1,link2",
    "chart anew",
    "map of 2000 1000 1",
    "footnotes forgotten",
  ]);
  assert.ok(status.connected);
  assert.deepEqual([...drift.view.held], ["link1"]);
  assert.deepEqual([...drift.view.lit], [["link2", 900]]);
  assert.equal(drift.view.marks.tag, "blog");
  assert.equal(drift.view.camera.worldWidth, 2000);
});

test("a seen page watches from its welcome on, and an unseen one does not", () => {
  const { drift, socket } = drifting();
  socket.says(welcome());
  assert.deepEqual(socket.taken(), []);
  drift.look(true);
  assert.deepEqual(socket.taken(), [[4, NO_TICK]]);
});

test("the first picture is shown where it is, and the camera settles on it once", () => {
  const { drift, socket, told } = drifting();
  drift.look(true);
  socket.says(welcome());
  drift.view.camera.x = 0;
  told();
  socket.frames(keyframe(100, ROWS));
  assert.equal(drift.bodies.drawn.x[1], 900);
  assert.notEqual(drift.view.camera.x, 0);
  assert.deepEqual(told(), ["heard"]);
  drift.view.camera.x = 0;
  socket.frames(keyframe(102, ROWS));
  assert.equal(drift.view.camera.x, 0);
});

test("the link an address asks for is brought forward with the first picture, and only then", () => {
  const { drift, socket, told } = drifting({ wanted: "link1" });
  drift.look(true);
  socket.says(welcome());
  assert.equal(drift.view.marks.picked, null);
  socket.frames(keyframe(100, ROWS));
  assert.equal(drift.view.marks.picked, "link1");
  drift.view.dismiss();
  told();
  socket.frames(keyframe(102, ROWS));
  assert.equal(drift.view.marks.picked, null);
});

test("an address may ask for a link that left: then for none, also when it comes back", () => {
  const { drift, socket } = drifting({ wanted: "link7" });
  drift.look(true);
  socket.says(welcome());
  socket.frames(keyframe(100, ROWS));
  socket.says(archive(0, 1, 2, 7));
  socket.frames(keyframe(102, ROWS));
  assert.equal(drift.view.marks.picked, null);
});

test("a reload is placed, told in words, and a whole frame asked for", () => {
  const { drift, socket, told } = afloat();
  socket.says(archive(0, 1, 4));
  assert.deepEqual(told(), [
    "trouble ",
    "list link0,link1,link4",
    "chart anew",
    "map of 2400 1200 1",
    "footnotes forgotten",
    "told One link drifted in, one link left.",
  ]);
  assert.deepEqual(socket.taken(), [[3, NO_TICK]]);
  assert.equal(drift.bodies.width, 2400);
  assert.equal(drift.bodies.state.x[0], 500);
});

test("a reload that changes no link says nothing", () => {
  const { socket, told } = afloat();
  socket.says(archive(0, 1, 2));
  assert.ok(told().every((word) => !word.startsWith("told")));
});

test("a reload ends the holds of others that it does not name, and adds its lights to ours", () => {
  const { drift, socket } = afloat();
  socket.says({ type: "held", id: "link1", by_me: false });
  socket.says({ type: "lit", id: "link1", until_tick: 400 });
  socket.says({ ...archive(0, 1, 2), held: ["link2"], lit: [{ id: "link0", until_tick: 500 }] });
  assert.deepEqual([...drift.view.held], ["link2"]);
  assert.deepEqual([...drift.view.lit], [["link1", 400], ["link0", 500]]);
});

test("a link that leaves while it is in hand slips out of it", () => {
  const { drift, socket, told, take } = afloat();
  take(0);
  told();
  socket.says(archive(1, 2));
  const said = told();
  assert.ok(said.includes(`answered ${SLIPPED}`) && said.includes("drag over"));
  assert.equal(drift.view.marks.inHand, null);
  assert.equal(drift.hand.grip, null);
});

test("a link that stays stays in hand over a reload", () => {
  const { drift, socket, take } = afloat();
  take(0);
  socket.says(archive(0));
  assert.equal(drift.view.marks.inHand, "link0");
});

test("a link attended to that leaves is attended to no more", () => {
  const { drift, socket } = afloat();
  drift.view.attention.set("hovered", "link0");
  socket.says(archive(1, 2));
  assert.equal(drift.view.attention.id, null);
});

test("after a reconnect to the same world the bodies go on; to another everything begins anew", () => {
  const { water, drift, socket, status } = afloat();
  socket.says({ type: "lit", id: "link1", until_tick: 9000 });
  const { clock } = water;
  socket.end();
  assert.equal(status.connected, false);
  water.connection.hurry();
  HandSocket.last.says(welcome());
  assert.ok(drift.bodies.ready);
  assert.equal(water.clock, clock);
  assert.equal(drift.view.lit.size, 1);
  HandSocket.last.says({ ...welcome(), epoch: "abcd0002", step_hz: 50 });
  assert.equal(drift.bodies.ready, false);
  assert.equal(drift.view.lit.size, 0);
  assert.equal(water.clock.stepHz, 50);
  HandSocket.last.frames(keyframe(10, { 0: [800, 800, 0, 0, 0, 0] }, 2));
  drift.frame(now(), 0);
  assert.equal(drift.bodies.drawn.x[0], 800);
});

test("a pill that another visitor holds is marked, and cannot be taken", () => {
  const { drift, socket, told, take } = afloat();
  socket.says({ type: "held", id: "link0", by_me: false });
  assert.ok(drift.view.marks.held.has("link0"));
  assert.equal(take(0), false);
  assert.deepEqual(told(), ["answered Another visitor has this one in hand."]);
  assert.deepEqual(socket.taken(), []);
  socket.says({ type: "released", id: "link0" });
  assert.equal(drift.view.marks.held.size, 0);
  assert.equal(take(0), true);
});

test("our own hold is no mark: it does not refuse our next grab", () => {
  const { drift, socket, take, letGo } = afloat();
  take(0);
  socket.says({ type: "held", id: "link0", by_me: true });
  assert.equal(drift.view.held.size, 0);
  letGo();
  assert.equal(take(0), true);
});

test("what is taken rests the camera, is marked and closes the hovered card", () => {
  const { drift, preview, take } = afloat();
  drift.view.attention.set("hovered", "link0");
  drift.view.camera.vx = 100;
  take(0);
  assert.equal(drift.view.camera.vx, 0);
  assert.equal(drift.view.marks.inHand, "link0");
  assert.equal(drift.view.attention.ids.hovered, null);
  assert.equal(preview.link, null);
});

test("another's release does not touch what is in our hand", () => {
  const { drift, socket, take, told } = afloat();
  take(0);
  told();
  socket.says({ type: "released", id: "link1" });
  assert.equal(drift.view.marks.inHand, "link0");
  assert.deepEqual(told(), []);
});

test("the end of a lease slips the pill out of the hand, and says so", () => {
  const { drift, socket, take, told } = afloat();
  take(0);
  told();
  socket.says({ type: "released", id: "link0" });
  assert.deepEqual(told(), ["drag over", `answered ${SLIPPED}`]);
  assert.equal(drift.view.marks.inHand, null);
  assert.equal(drift.bodies.pins.size, 0);
});

test("every error that ends a hold ends ours, with its sentence", () => {
  for (const code of ["held", "already_holding", "too_many_held", "not_holding", "unknown_link"]) {
    const { drift, socket, take, told } = afloat();
    take(0);
    told();
    socket.says({ type: "error", code, detail: "" });
    const [over, said] = told();
    assert.equal(over, "drag over");
    assert.match(said, /^answered .{10,}$/);
    assert.equal(drift.hand.grip, null, code);
  }
});

test("any other error is told, and leaves the hold", () => {
  const { drift, socket, take, told } = afloat();
  take(0);
  told();
  socket.says({ type: "error", code: "unknown_tag", detail: "" });
  assert.deepEqual(told(), ["answered No link carries that tag any more."]);
  assert.equal(drift.view.marks.inHand, "link0");
});

test("that nothing is held any more is no news to an empty hand", () => {
  const { socket, told } = afloat();
  socket.says({ type: "error", code: "not_holding", detail: "" });
  assert.deepEqual(told(), []);
  socket.says({ type: "error", code: "held", detail: "" });
  assert.deepEqual(told(), ["answered Another visitor has this one in hand."]);
});

test("a lost connection ends our hold, and the marks of others'", () => {
  const { drift, socket, take, told, status } = afloat();
  socket.says({ type: "held", id: "link1", by_me: false });
  take(0);
  told();
  drift.view.dirty = false;
  socket.end();
  assert.deepEqual(told(), ["drag over", "answered The connection is lost, and with it your hold."]);
  assert.equal(drift.view.held.size, 0);
  assert.equal(status.connected, false);
  assert.ok(drift.view.dirty);
});

test("a lost connection says nothing of a hold that was none", () => {
  const { socket, told } = afloat();
  socket.end();
  assert.deepEqual(told(), []);
});

test("a light is shown for as long as the server says", () => {
  const { drift, socket } = afloat();
  drift.view.dirty = false;
  socket.says({ type: "lit", id: "link1", until_tick: 400 });
  assert.equal(drift.view.marks.lit.get("link1"), 400);
  assert.ok(drift.view.dirty);
});

test("Escape lets go what is in hand; with an empty hand, what is attended to", () => {
  const { drift, socket, take, told } = afloat();
  drift.view.bring("link1", null);
  take(0);
  told();
  socket.taken();
  drift.escape();
  assert.deepEqual(socket.taken().at(-1), { type: "fling" });
  assert.ok(told().includes("drag over"));
  assert.equal(drift.view.marks.picked, "link1");
  drift.escape();
  assert.equal(drift.view.marks.picked, null);
});

test("what was opened sinks back, and stays so through a reload of this session", () => {
  const { drift, socket } = afloat();
  drift.view.dirty = false;
  drift.noteOpened("link1");
  assert.equal(drift.bodies.byId.get("link1")?.neglect, 0);
  assert.ok(drift.view.dirty);
  socket.says(archive(0, 1));
  assert.equal(drift.bodies.byId.get("link1")?.neglect, 0);
  assert.equal(drift.bodies.byId.get("link0")?.neglect, 0.5);
});

test("a paused water asks for nothing, and what was on its way moves no still picture", () => {
  const { drift, socket, told } = afloat();
  drift.pause(true);
  socket.frames(quiet(102, 100));
  socket.frames(quiet(104, 102));
  assert.deepEqual(socket.taken(), []);
  assert.deepEqual(told(), []);
  assert.equal(drift.bodies.tick, 100);
  pass(1000);
  drift.frame(now(), 1);
  assert.equal(drift.bodies.tick, 100);
});

test("a water paused from the start asks for one picture, and shows it still", () => {
  const { water, drift, socket, told } = drifting({ calm: true });
  drift.look(true);
  socket.says(welcome());
  assert.deepEqual(socket.taken(), [[4, NO_TICK]]);
  socket.frames(keyframe(100, { 0: [500, 500, 0, 60, 0, 0] }));
  told();
  pass(500);
  drift.frame(now(), 0.5);
  assert.equal(drift.bodies.drawn.x[0], 500);
  assert.deepEqual(told(), ["painted 0"]);
  socket.says(archive(0));
  socket.frames(keyframe(160, { 0: [560, 500, 0, 60, 0, 0] }));
  drift.frame(now(), 1);
  assert.equal(water.tick, 160);
});

test("who lets it drift again waits for a new picture", () => {
  const { water, drift, socket, told } = afloat();
  drift.pause(true);
  drift.view.dirty = false;
  drift.pause(false);
  assert.deepEqual(told(), ["waiting"]);
  assert.deepEqual(socket.taken(), [[3, NO_TICK]]);
  assert.ok(drift.view.dirty);
  assert.ok(Number.isNaN(water.clock.read(now())));
});

test("who looks away and back is shown the new picture at once, not as one great glide", () => {
  const { water, drift, socket, told } = afloat();
  drift.look(false);
  assert.equal(water.connection.watching, false);
  assert.ok(water.connection.asleep);
  drift.look(true);
  told();
  socket.frames(keyframe(900, { ...ROWS, 0: [1500, 500, 0, 0, 0, 0] }));
  drift.frame(now(), 0);
  assert.equal(drift.bodies.drawn.x[0], 1500);
  socket.frames(keyframe(902, { ...ROWS, 0: [1400, 500, 0, 0, 0, 0] }));
  drift.frame(now(), 0);
  assert.equal(drift.bodies.drawn.x[0], 1500);
});

test("who paused and looks back glides from the still picture", () => {
  const { drift, socket } = afloat();
  drift.pause(true);
  drift.look(false);
  drift.look(true);
  drift.pause(false);
  socket.frames(keyframe(900, { ...ROWS, 0: [1500, 500, 0, 0, 0, 0] }));
  drift.frame(now(), 0);
  assert.equal(drift.bodies.drawn.x[0], 500);
});

test("the water runs on between frames, and stops two seconds past the newest", () => {
  const { water, drift, socket, told } = afloat();
  socket.frames(keyframe(100, { 0: [500, 500, 0, 60, 0, 0] }));
  drift.frame(now(), 0);
  told();
  pass(500);
  drift.frame(now(), 0.5);
  assert.ok(Math.abs(water.tick - 130) < 0.01);
  assert.deepEqual(told(), ["painted 0.5"]);
  pass(3000);
  drift.frame(now(), 3);
  assert.equal(water.tick, 220);
  told();
  drift.view.dirty = false;
  pass(100);
  drift.frame(now(), 0.1);
  assert.deepEqual(told(), []);
});

test("a still picture is painted again only when something changed, or the view moves", () => {
  const { drift, told, printed } = afloat({ calm: true });
  drift.frame(now(), 0.1);
  assert.deepEqual(told(), []);
  drift.view.camera.vx = 100;
  drift.frame(now(), 0.1);
  assert.deepEqual(told(), ["painted 0"]);
  drift.view.camera.rest();
  drift.view.dirty = true;
  printed(false);
  drift.frame(now(), 0.1);
  drift.frame(now(), 0.1);
  assert.equal(told().length, 2);
  printed(true);
  drift.frame(now(), 0.1);
  drift.frame(now(), 0.1);
  assert.equal(told().length, 1);
});

test("before the first picture nothing is painted", () => {
  const { drift, told } = drifting();
  told();
  drift.frame(now(), 0.1);
  assert.deepEqual(told(), []);
});

test("a silent socket is given up while the page watches", () => {
  const { drift, socket } = afloat();
  pass(8001);
  drift.frame(now(), 0.1);
  assert.ok(socket.closed);
});

test("a spread that is announced comes into the flow, and is no change of the picture by itself", () => {
  const { drift, socket, told } = afloat();
  socket.says({ type: "spread", from_tick: 400, strengths: [[0, 1]] });
  assert.deepEqual(drift.bodies.flow.spreads.map((spread) => spread.from_tick), [400]);
  assert.deepEqual(told(), []);
});

test("whatever changes the marks, or who looks, is shown by the next frame", () => {
  const { drift, socket } = afloat({ calm: true });
  const changes = [
    () => socket.says({ type: "held", id: "link0", by_me: false }),
    () => socket.says({ type: "released", id: "link0" }),
    () => socket.frames(keyframe(110, ROWS)),
    () => drift.look(false),
    () => drift.look(true),
    () => drift.pause(false),
    () => drift.pause(true),
    () => socket.end(),
  ];
  changes.forEach((change, i) => {
    drift.view.dirty = false;
    change();
    assert.ok(drift.view.dirty, `change ${i}`);
  });
});
