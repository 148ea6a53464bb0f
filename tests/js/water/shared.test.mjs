import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { NO_TICK } from "../../../static/js/net/codec.js";
import { SharedWater } from "../../../static/js/water/shared.js";
import { header, sv, uv } from "../frames.mjs";
import { ROWS } from "../pages.mjs";
import { HandSocket, keyframe, now, pass, placed, quiet, takeOver, welcome } from "../sockets.mjs";

beforeEach(takeOver);

function water(paused = false) {
  const shared = new SharedWater("ws://here/ws", paused);
  /** @type {string[]} */
  const heard = [];
  for (const kind of /** @type {const} */ (["placed", "framed", "awaited", "held", "released", "slipped", "lost"])) {
    shared.events.on(kind, (news) => heard.push(typeof news === "string" ? `${kind} ${news}` : kind));
  }
  shared.start();
  return { shared, heard };
}

/** Seen, welcomed, and with a picture of tick 100. */
function afloat() {
  const all = water();
  all.shared.look(true);
  HandSocket.last.says(welcome());
  HandSocket.last.frames(keyframe(100, ROWS));
  all.shared.run(now(), 0);
  HandSocket.last.taken();
  all.heard.length = 0;
  return all;
}

/** A delta that moves body 0 to x, at its own tick. */
const moved = (/** @type {number} */ tick, /** @type {number} */ since, /** @type {number} */ x) => [
  ...[...header(2, 1, tick), ...uv(tick - since), ...uv(0), ...uv(1)],
  ...[...uv(0), ...uv(x * 16), ...uv(500 * 16), ...sv(0), ...sv(0), ...sv(0), ...sv(0)],
];

test("a correction moves the shadow while the water drifts", () => {
  const { shared, heard } = afloat();
  HandSocket.last.frames(moved(102, 100, 640));
  assert.equal(shared.bodies.state.x[0], 640);
  assert.deepEqual(heard, ["framed"]);
});

test("a correction that comes in a pause is passed over, and a whole picture is taken", () => {
  const { shared, heard } = afloat();
  shared.pause(true);
  HandSocket.last.frames(moved(102, 100, 640));
  assert.equal(shared.bodies.state.x[0], 500);
  assert.deepEqual(heard, []);
  HandSocket.last.frames(keyframe(130, { 0: [700, 500, 0, 0, 0, 0] }));
  assert.equal(shared.bodies.state.x[0], 700);
  assert.equal(shared.tick, 130);
});

test("a frame never sets the shown instant back while the water drifts", () => {
  const { shared } = afloat();
  pass(500);
  shared.run(now(), 0.5);
  const { tick } = shared;
  assert.ok(tick > 129);
  HandSocket.last.frames(quiet(110, 100));
  assert.equal(shared.tick, tick);
  shared.run(now(), 0);
  assert.ok(shared.tick >= tick);
});

test("a water that nobody sees does not watch, let drift or not", () => {
  const { shared, heard } = water(true);
  shared.pause(false);
  assert.equal(shared.connection.watching, false);
  HandSocket.last.says(welcome());
  assert.deepEqual(HandSocket.last.taken(), []);
  assert.deepEqual(heard, ["placed"]);
});

test("its picture is told to be old only when it begins to watch", () => {
  const { shared, heard } = afloat();
  shared.pause(true);
  shared.look(false);
  shared.look(true);
  assert.deepEqual(heard, []);
  shared.pause(false);
  assert.deepEqual(heard, ["awaited"]);
});

test("before there is a picture no time passes", () => {
  const { shared } = water();
  shared.look(true);
  assert.equal(shared.run(now(), 1), 0);
  HandSocket.last.says(welcome());
  assert.equal(shared.run(now(), 1), 0);
  assert.ok(Number.isNaN(shared.tick));
});

test("a welcome back to the same world brings its links as they are now", () => {
  const { shared, heard } = afloat();
  HandSocket.last.end();
  shared.hurry();
  HandSocket.last.says({ ...welcome(), links: [placed(0), placed(2), placed(5)] });
  assert.deepEqual([...shared.bodies.byId.keys()], ["link0", "link2", "link5"]);
  assert.ok(shared.bodies.ready);
  assert.deepEqual(heard, ["lost", "placed"]);
  assert.deepEqual(HandSocket.last.taken(), [[3, NO_TICK]]);
});

test("hope brings a lost connection back at once", () => {
  const { shared } = afloat();
  HandSocket.last.end();
  assert.equal(HandSocket.all.length, 1);
  shared.hurry();
  assert.equal(HandSocket.all.length, 2);
});

test("another life of the world is told as one, and the same is not", () => {
  const shared = new SharedWater("ws://here/ws");
  /** @type {boolean[]} */
  const anew = [];
  shared.events.on("placed", (news) => anew.push(news.anew));
  shared.start();
  for (const epoch of ["abcd0001", "abcd0001", "abcd0002"]) HandSocket.last.says({ ...welcome(), epoch });
  assert.deepEqual(anew, [true, false, true]);
});

test("what is in hand slips before the links are told, so that nobody sees a hold on what left", () => {
  const { shared, heard } = afloat();
  shared.take(0, 510, 505, now());
  HandSocket.last.says({ ...welcome(), type: "archive", links: [placed(1)] });
  assert.deepEqual(heard, ["slipped It slipped out of your hand.", "placed"]);
});

test("one body at a time is taken, and only one that is there", () => {
  const { shared } = afloat();
  assert.equal(shared.take(9, 1, 1, now()), false);
  assert.equal(shared.take(0, 510, 505, now()), true);
  HandSocket.last.taken();
  assert.equal(shared.take(1, 900, 300, now()), false);
  assert.deepEqual(HandSocket.last.taken(), []);
});

test("with an empty hand nothing is led or let go", () => {
  const { shared } = afloat();
  shared.move(1, 1, now());
  shared.letGo(100, 0, now());
  pass(5000);
  assert.deepEqual(HandSocket.last.taken(), []);
  assert.equal(shared.bodies.thrown, null);
});

test("an answer to a hold that was let go times nothing", () => {
  const { shared } = afloat();
  const { rtt } = shared.connection;
  HandSocket.last.says({ type: "held", id: "link0", by_me: true });
  assert.equal(shared.connection.rtt, rtt);
});

test("a release of ours and a loss end the hold, so that another can be taken", () => {
  const { shared, heard } = afloat();
  shared.take(0, 510, 505, now());
  HandSocket.last.says({ type: "released", id: "link0" });
  assert.deepEqual(heard, ["released link0", "slipped It slipped out of your hand."]);
  assert.equal(shared.take(1, 900, 300, now()), true);
  heard.length = 0;
  HandSocket.last.end();
  assert.deepEqual(heard, ["lost", "slipped The connection is lost, and with it your hold."]);
  assert.equal(shared.hold.taken, null);
});

test("a refusal of what nobody wished is told to nobody", () => {
  const { shared } = afloat();
  shared.wishing.refuse({ code: "unknown_tag" });
  assert.equal(shared.wishing.open, null);
});

test("what was opened stays sunk on the next socket, and in another life of the world", () => {
  const { shared } = afloat();
  shared.opened("link1");
  for (const epoch of ["abcd0001", "abcd0002"]) {
    HandSocket.last.end();
    pass(2001);
    HandSocket.last.says({ ...welcome(), epoch });
    assert.equal(shared.bodies.byId.get("link1")?.neglect, 0, epoch);
    assert.equal(shared.bodies.byId.get("link0")?.neglect, 0.5, epoch);
  }
});

test("a still picture that somebody sees gets its lost connection back", () => {
  const { shared } = afloat();
  shared.pause(true);
  HandSocket.last.end();
  pass(1001);
  assert.equal(HandSocket.all.length, 2);
});
