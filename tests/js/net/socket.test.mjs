import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { NO_TICK } from "../../../static/js/net/codec.js";
import { Connection } from "../../../static/js/net/socket.js";
import { HandSocket, keyframe, now, pass, quiet, takeOver, welcome } from "../sockets.mjs";

beforeEach(takeOver);

function connection() {
  /** @type {string[]} */
  const heard = [];
  const line = new Connection("ws://here/ws", {
    message: (message) => heard.push(message.type),
    frame: (frame) => heard.push(`${frame.whole ? "whole" : "delta"} ${frame.tick}`),
    lost: () => heard.push("lost"),
  });
  return { line, heard };
}

/** Connected and welcomed, not yet watching. */
function welcomed() {
  const all = connection();
  all.line.connect();
  HandSocket.last.says(welcome());
  all.heard.length = 0;
  return { ...all, socket: HandSocket.last };
}

/** Watching, and with a first picture of tick 100. */
function watching() {
  const all = welcomed();
  all.line.watch(true);
  all.socket.frames(keyframe(100));
  all.socket.taken();
  all.heard.length = 0;
  return all;
}

test("it asks for the protocol's own name, and for bytes", () => {
  connection().line.connect();
  assert.equal(HandSocket.last.url, "ws://here/ws");
  assert.equal(HandSocket.last.protocol, "link-drift.v1");
  assert.equal(HandSocket.last.binaryType, "arraybuffer");
});

test("before the welcome nothing is sent and nothing but the welcome is heard", () => {
  const { line, heard } = connection();
  assert.equal(line.send({ type: "lucky" }), false);
  line.connect();
  line.watch(true);
  line.askWhole();
  assert.equal(line.send({ type: "lucky" }), false);
  HandSocket.last.says({ type: "held", id: "a", by_me: false });
  HandSocket.last.frames(keyframe(1));
  assert.deepEqual(HandSocket.last.taken(), []);
  assert.deepEqual(heard, []);
  HandSocket.last.says(welcome());
  HandSocket.last.says({ type: "held", id: "a", by_me: false });
  assert.deepEqual(heard, ["welcome", "held"]);
});

test("a message is sent as JSON while the socket is open, and refused when it is closing", () => {
  const { line, socket } = welcomed();
  assert.equal(line.send({ type: "move", x: 1, y: 2 }), true);
  assert.deepEqual(socket.taken(), [{ type: "move", x: 1, y: 2 }]);
  socket.readyState = 2;
  assert.equal(line.send({ type: "move", x: 1, y: 2 }), false);
  assert.deepEqual(socket.taken(), []);
});

test("a message of a later version is passed over", () => {
  const { socket, heard } = welcomed();
  socket.says({ type: "confetti" });
  assert.deepEqual(heard, []);
});

test("who does not watch asks for nothing; who begins to, for a whole frame", () => {
  const { line, socket } = welcomed();
  assert.deepEqual(socket.taken(), []);
  line.watch(true);
  assert.deepEqual(socket.taken(), [[4, NO_TICK]]);
  line.watch(true);
  assert.deepEqual(socket.taken(), []);
});

test("who watches is asked for by the welcome itself", () => {
  const { line } = connection();
  line.watch(true);
  line.connect();
  HandSocket.last.says(welcome());
  assert.deepEqual(HandSocket.last.taken(), [[4, NO_TICK]]);
});

test("a whole frame that is on its way is not asked for twice", () => {
  const { line, socket } = welcomed();
  line.askWhole();
  line.askWhole();
  assert.equal(socket.taken().length, 1);
  socket.frames(keyframe(100));
  line.askWhole();
  assert.equal(socket.taken().length, 1);
});

test("every second frame is answered with a poll that names the newest", () => {
  const { socket, heard } = watching();
  socket.frames(quiet(102, 100));
  assert.deepEqual(socket.taken(), [[3, 102]]);
  socket.frames(quiet(104, 102));
  assert.deepEqual(socket.taken(), []);
  socket.frames(quiet(106, 104));
  assert.deepEqual(socket.taken(), [[3, 106]]);
  assert.deepEqual(heard, ["delta 102", "delta 104", "delta 106"]);
});

test("over a short way every frame is answered", () => {
  const { line, socket } = watching();
  line.rtt = 33;
  assert.equal(line.credit, 2);
  socket.frames(quiet(102, 100));
  socket.taken();
  socket.frames(quiet(104, 102));
  assert.deepEqual(socket.taken(), [[2, 104]]);
});

test("frames in flight are as many as fit into a round trip, and one; at most eight", () => {
  const { line } = connection();
  line.rtt = 34;
  assert.equal(line.credit, 3);
  line.rtt = 200;
  assert.equal(line.credit, 7);
  line.rtt = 5000;
  assert.equal(line.credit, 8);
});

test("a shorter round trip is believed by half, a longer one by a quarter", () => {
  const { line } = connection();
  line.timed(50);
  assert.equal(line.rtt, 75);
  line.timed(175);
  assert.equal(line.rtt, 100);
});

test("the round trip is timed by the whole frame that was asked for, and by no other", () => {
  const { line, socket } = welcomed();
  line.askWhole();
  pass(50);
  socket.frames(keyframe(100));
  assert.equal(line.rtt, 75);
  pass(500);
  socket.frames(keyframe(130));
  assert.equal(line.rtt, 75);
});

test("a frame that does not continue from the newest is left, and a whole one asked for", () => {
  const { socket, heard } = watching();
  socket.frames(quiet(108, 104));
  assert.deepEqual(socket.taken(), [[3, NO_TICK]]);
  socket.frames(quiet(110, 100));
  socket.frames(quiet(112, 110));
  assert.deepEqual(socket.taken(), []);
  assert.deepEqual(heard, []);
  socket.frames(keyframe(114));
  assert.deepEqual(heard, ["whole 114"]);
});

test("who stopped watching takes what is on its way and asks for no more", () => {
  const { line, socket, heard } = watching();
  line.watch(false);
  socket.frames(quiet(102, 100));
  socket.frames(quiet(104, 102));
  assert.deepEqual(heard, ["delta 102", "delta 104"]);
  assert.deepEqual(socket.taken(), []);
});

test("who watches again asks for a whole frame", () => {
  const { line, socket } = watching();
  line.watch(false);
  line.watch(true);
  assert.deepEqual(socket.taken(), [[3, NO_TICK]]);
});

test("a damaged frame, or one of another life of the world, gives the socket up", () => {
  for (const bytes of [[9], keyframe(102, {}, 2)]) {
    const { socket, heard } = watching();
    socket.frames(bytes);
    assert.ok(socket.closed);
    assert.deepEqual(heard, ["lost"]);
  }
});

test("a socket that was given up is not heard any more, and ends once", () => {
  const { line, socket, heard } = watching();
  line.drop();
  socket.says({ type: "held", id: "a", by_me: false });
  socket.end();
  assert.deepEqual(heard, ["lost"]);
  line.drop();
  assert.deepEqual(heard, ["lost"]);
});

test("after a loss nothing is sent, and the next socket begins anew", () => {
  const { line, socket } = watching();
  line.askWhole();
  mock.method(Math, "random", () => 0.5);
  socket.end();
  assert.equal(line.send({ type: "lucky" }), false);
  pass(500);
  assert.equal(HandSocket.all.length, 2);
  HandSocket.last.says(welcome());
  assert.deepEqual(HandSocket.last.taken(), [[3, NO_TICK]]);
});

test("waits between tries double from one second to thirty, times chance", () => {
  const { socket } = welcomed();
  mock.method(Math, "random", () => 0.5);
  socket.end();
  for (const most of [1, 2, 4, 8, 16, 30, 30]) {
    const tries = HandSocket.all.length;
    pass(most * 500 - 1);
    assert.equal(HandSocket.all.length, tries, `before ${most} s`);
    pass(1);
    assert.equal(HandSocket.all.length, tries + 1, `after ${most} s`);
    HandSocket.last.end();
  }
});

test("a picture ends the waiting: the next loss begins with a short one", () => {
  const { socket } = welcomed();
  mock.method(Math, "random", () => 1);
  socket.end();
  pass(1000);
  HandSocket.last.says(welcome());
  HandSocket.last.frames(keyframe(7));
  HandSocket.last.end();
  pass(1000);
  assert.equal(HandSocket.all.length, 3);
});

test("nobody looks: a lost connection stays lost, and comes back with the look", () => {
  const { line, socket } = welcomed();
  line.sleep(true);
  socket.end();
  pass(60_000);
  assert.equal(HandSocket.all.length, 1);
  line.sleep(false);
  assert.equal(HandSocket.all.length, 2);
});

test("waking changes nothing while connected, or while a try is due", () => {
  const { line, socket } = welcomed();
  line.sleep(true);
  line.sleep(false);
  assert.equal(HandSocket.all.length, 1);
  line.sleep(true);
  socket.end();
  line.sleep(false);
  assert.equal(HandSocket.all.length, 1);
});

test("staying awake opens no second socket", () => {
  const { line } = connection();
  line.sleep(false);
  assert.equal(HandSocket.all.length, 0);
});

test("hope hurries a try that waits, and the one that waited is not made too", () => {
  const { line, socket } = welcomed();
  line.hurry();
  assert.equal(HandSocket.all.length, 1);
  mock.method(Math, "random", () => 0.5);
  socket.end();
  line.hurry();
  assert.equal(HandSocket.all.length, 2);
  line.hurry();
  pass(60_000);
  assert.equal(HandSocket.all.length, 2);
});

test("eight seconds of silence are borne, more give the socket up", () => {
  const { line, socket } = watching();
  line.check(now() + 8000);
  assert.equal(socket.closed, false);
  line.check(now() + 8001);
  assert.ok(socket.closed);
});

test("silence counts from what was last heard, and from connecting", () => {
  const { line, socket } = watching();
  pass(5000);
  socket.says({ type: "lit", id: "a", until_tick: 5 });
  line.check(now() + 8000);
  assert.equal(socket.closed, false);
  const { line: other } = connection();
  other.watch(true);
  other.connect();
  other.check(now() + 8000);
  assert.equal(HandSocket.last.closed, false);
});

test("who does not watch may hear nothing for long", () => {
  const { line, socket } = welcomed();
  line.check(now() + 60_000);
  assert.equal(socket.closed, false);
});

test("what an old socket still says is not heard beside the new one", () => {
  const { line, socket, heard } = welcomed();
  line.drop();
  line.hurry();
  HandSocket.last.says(welcome());
  heard.length = 0;
  socket.says({ type: "held", id: "a", by_me: false });
  assert.deepEqual(heard, []);
});

test("who did not watch and does not begin to asks for nothing", () => {
  const { line, socket } = welcomed();
  line.watch(false);
  assert.deepEqual(socket.taken(), []);
});

test("a frame is of this world when it names the last four digits of its epoch", () => {
  const { line, heard } = connection();
  line.connect();
  HandSocket.last.says({ ...welcome(), epoch: "77abcda0ff" });
  HandSocket.last.frames(keyframe(100, {}, 0xa0ff));
  assert.deepEqual(heard, ["welcome", "whole 100"]);
});
