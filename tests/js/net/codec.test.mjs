import assert from "node:assert/strict";
import { test } from "node:test";

import { decodeFrame, encodePoll, FrameError, NO_TICK } from "../../../static/js/net/codec.js";
import { buffer, f32, header, QUANTA, sv, uv } from "../frames.mjs";

const KEYFRAME = [
  ...header(1, 0xc1d4, 5120),
  ...uv(2),
  ...uv(3),
  ...f32([1, 2, 0.5, -3, 4, -0.25]),
  ...uv(0),
  ...f32([7, 8, 0, 0, 0, 0]),
];

const DELTA = [
  ...header(2, 0xc1d4, 0x80000010),
  ...uv(2),
  ...[...uv(1), ...uv(1)],
  ...[...uv(300), ...uv(16 * 3000), ...uv(8), ...sv(-1), ...sv(-400), ...sv(4), ...sv(-64)],
  ...[...uv(0), ...uv(0)],
];

test("a poll is six bytes, little-endian", () => {
  const bytes = [...new Uint8Array(encodePoll(3, 0x01020304))];
  assert.deepEqual(bytes, [1, 3, 4, 3, 2, 1]);
});

test("a poll's credit stays within 1 to 8", () => {
  assert.equal(new Uint8Array(encodePoll(0, NO_TICK))[1], 1);
  assert.equal(new Uint8Array(encodePoll(99, NO_TICK))[1], 8);
});

test("a keyframe's gaps count from the slot before", () => {
  const frame = decodeFrame(buffer(KEYFRAME), QUANTA);
  assert.ok(frame.whole);
  assert.equal(frame.epoch, 0xc1d4);
  assert.equal(frame.tick, 5120);
  assert.deepEqual(frame.blocks, [
    { tick: 5120, slots: [3, 4], states: [1, 2, 0.5, -3, 4, -0.25, 7, 8, 0, 0, 0, 0] },
  ]);
});

test("a delta's records are quanta at the tick of their block", () => {
  const frame = decodeFrame(buffer(DELTA), QUANTA);
  assert.ok(!frame.whole);
  assert.equal(frame.since, 0x8000000e);
  assert.deepEqual(frame.blocks, [
    { tick: 0x8000000f, slots: [300], states: [3000, 0.5, -0.00390625, -100, 1, -1] },
    { tick: 0x80000010, slots: [], states: [] },
  ]);
});

test("a delta without blocks says that only the shadow moved", () => {
  const frame = decodeFrame(buffer([...header(2, 1, 90), ...uv(30)]), QUANTA);
  assert.equal(frame.since, 60);
  assert.deepEqual(frame.blocks, []);
});

test("a frame cut at any byte raises, or ends between blocks", () => {
  for (let length = 0; length < KEYFRAME.length; length += 1) {
    assert.throws(() => decodeFrame(buffer(KEYFRAME.slice(0, length)), QUANTA), FrameError);
  }
  const whole = new Set([header(2, 0, 0).length + 1, DELTA.length - 2]);
  for (let length = 0; length < DELTA.length; length += 1) {
    if (whole.has(length)) continue;
    assert.throws(() => decodeFrame(buffer(DELTA.slice(0, length)), QUANTA), FrameError);
  }
});

test("bytes after a keyframe's last body raise", () => {
  assert.throws(() => decodeFrame(buffer([...KEYFRAME, 0]), QUANTA), FrameError);
});

test("an unknown kind raises", () => {
  assert.throws(() => decodeFrame(buffer(header(9, 0, 0)), QUANTA), /unknown kind/);
});

test("a varint without end raises", () => {
  const endless = Array.from({ length: 12 }, () => 0xff);
  assert.throws(() => decodeFrame(buffer([...header(2, 0, 0), ...endless]), QUANTA), FrameError);
});

test("a count larger than the message raises before anything is made", () => {
  assert.throws(() => decodeFrame(buffer([...header(1, 0, 0), ...uv(1e9)]), QUANTA), FrameError);
});

test("a keyframe with NaN raises", () => {
  const bytes = [...header(1, 0, 0), ...uv(1), ...uv(0), ...f32([NaN, 0, 0, 0, 0, 0])];
  assert.throws(() => decodeFrame(buffer(bytes), QUANTA), /not finite/);
});

test("random bytes raise FrameError or decode, and nothing else", () => {
  let seed = 1;
  const random = () => (seed = (seed * 48271) % 0x7fffffff) / 0x7fffffff;
  for (let round = 0; round < 2000; round += 1) {
    const bytes = Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256));
    bytes[0] = 1 + (round % 2);
    try {
      decodeFrame(buffer(bytes), QUANTA);
    } catch (error) {
      assert.ok(error instanceof FrameError, String(error));
    }
  }
});

test("a credit is a whole number: fractions are cut", () => {
  assert.equal(new Uint8Array(encodePoll(3.9, NO_TICK))[1], 3);
  assert.deepEqual([...new Uint8Array(encodePoll(1, NO_TICK))].slice(2), [255, 255, 255, 255]);
});

test("errors carry their name and say what was wrong with the frame", () => {
  const reasons = /** @type {const} */ ([
    [[1, 0], "frame of 2 bytes is cut short at 0"],
    [[...header(1, 0, 0), ...uv(0), 7], "bytes are left over after the keyframe's last body"],
    [[...header(2, 0, 0), 255, 255, 255, 255, 255, 255, 255], "a varint at byte 14 is longer than 7 bytes"],
    [[...header(7, 0, 0)], "unknown kind of frame: 7"],
    [[...header(2, 0, 5), ...uv(0), ...uv(0), ...uv(1), ...uv(1_000_001)], "slot 1000001 is beyond any archive"],
  ]);
  for (const [bytes, reason] of reasons) {
    let said = null;
    try {
      decodeFrame(buffer([...bytes]), QUANTA);
    } catch (error) {
      said = error instanceof FrameError && [error.name, error.message];
    }
    assert.deepEqual(said, ["FrameError", reason]);
  }
});

test("a varint may be seven bytes long, past what 32 bits hold", () => {
  const large = 2 ** 48 + 12345;
  const frame = decodeFrame(buffer([...header(2, 1, 0), ...uv(large)]), QUANTA);
  assert.equal(frame.since, -large);
});

test("the last slot an archive can have is taken", () => {
  const record = [...uv(1_000_000), 0, 0, 0, 0, 0, 0];
  const frame = decodeFrame(buffer([...header(2, 1, 9), ...uv(0), ...uv(0), ...uv(1), ...record]), QUANTA);
  assert.deepEqual(frame.blocks[0].slots, [1_000_000]);
});

test("gaps add up over a block's records", () => {
  const rest = [0, 0, 0, 0, 0, 0];
  const records = [...uv(2), ...rest, ...uv(0), ...rest, ...uv(3), ...rest];
  const frame = decodeFrame(buffer([...header(2, 1, 9), ...uv(0), ...uv(0), ...uv(3), ...records]), QUANTA);
  assert.deepEqual(frame.blocks[0].slots, [2, 3, 7]);
});

test("a keyframe of the epoch's last sixteen bits, of any tick of 32", () => {
  const frame = decodeFrame(buffer([...header(1, 0xffff, 0xfffffffe), ...uv(0)]), QUANTA);
  assert.deepEqual([frame.epoch, frame.tick, frame.since], [0xffff, 0xfffffffe, 0xfffffffe]);
});

test("a keyframe with infinity raises, whichever value it is", () => {
  for (let at = 0; at < 6; at += 1) {
    const values = [0, 0, 0, 0, 0, 0];
    values[at] = -Infinity;
    const bytes = [...header(1, 0, 0), ...uv(1), ...uv(0), ...f32(values)];
    assert.throws(() => decodeFrame(buffer(bytes), QUANTA), FrameError);
  }
});
