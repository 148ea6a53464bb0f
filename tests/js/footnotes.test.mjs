import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Footnotes } from "../../static/js/footnotes.js";

/** @typedef {import("../../static/js/footnotes.js").Footnote} Footnote */

const LINK = { id: "b", url: "https://b.example/", title: "B", host: "b.example", tags: [] };
/** @type {Footnote[]} */
const NOTES = [{ link: LINK, why: "also Ted Chiang" }];

/** What was asked for, and how it is answered. */
let asked = /** @type {{id: string, signal: AbortSignal, answer: (notes: Footnote[]) => void, fail: () => void}[]} */ ([]);
let nowMs = 0;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  asked = [];
  nowMs = 0;
});

function some() {
  const notes = new Footnotes(
    (id, signal) =>
      new Promise((answer, refuse) => {
        asked.push({ id, signal, answer, fail: () => refuse(new Error("no network")) });
      }),
    () => nowMs,
  );
  let arrivals = 0;
  notes.arrived = () => (arrivals += 1);
  return { notes, arrivals: () => arrivals };
}

/** @param {number} ms */
function pass(ms) {
  nowMs += ms;
  mock.timers.tick(ms);
}

/** Let promises be kept. */
const settle = () => new Promise((done) => setImmediate(done));

test("they are asked for after a moment of attention", async () => {
  const { notes, arrivals } = some();
  notes.attend("a");
  pass(149);
  assert.equal(asked.length, 0);
  pass(1);
  assert.deepEqual(asked.map(({ id }) => id), ["a"]);
  assert.equal(notes.here, null);
  asked[0].answer(NOTES);
  await settle();
  assert.equal(notes.here, NOTES);
  assert.equal(arrivals(), 1);
});

test("attending to the same link again asks nothing more", () => {
  const { notes } = some();
  notes.attend("a");
  pass(150);
  notes.attend("a");
  pass(1000);
  assert.equal(asked.length, 1);
});

test("a sweep over many links asks for the last one only", () => {
  const { notes } = some();
  for (let i = 0; i < 30; i += 1) {
    notes.attend(`link-${i}`);
    pass(100);
  }
  pass(50);
  assert.deepEqual(asked.map(({ id }) => id), ["link-29"]);
});

test("a slower sweep asks at most three times a second", () => {
  const { notes } = some();
  for (let i = 0; i < 40; i += 1) {
    notes.attend(`link-${i}`);
    pass(250);
  }
  assert.ok(asked.length > 5 && asked.length <= 30, String(asked.length));
});

test("attention that goes elsewhere aborts what was asked, and hears nothing of it", async () => {
  const { notes, arrivals } = some();
  notes.attend("a");
  pass(150);
  notes.attend("b");
  assert.ok(asked[0].signal.aborted);
  asked[0].answer(NOTES);
  await settle();
  assert.equal(arrivals(), 0);
  assert.equal(notes.here, null);
});

test("what is known is there at once, until the archive changes", async () => {
  const { notes } = some();
  notes.attend("a");
  pass(150);
  asked[0].answer(NOTES);
  await settle();
  notes.attend(null);
  notes.attend("a");
  assert.equal(notes.here, NOTES);
  notes.forget();
  notes.attend("a");
  assert.equal(notes.here, null);
  pass(1000);
  assert.equal(asked.length, 2);
});

test("a failure is calm, and the next attention asks again", async () => {
  const { notes, arrivals } = some();
  notes.attend("a");
  pass(150);
  asked[0].fail();
  await settle();
  assert.ok(notes.failed);
  assert.equal(arrivals(), 1);
  notes.attend(null);
  notes.attend("a");
  pass(350);
  asked[1].answer(NOTES);
  await settle();
  assert.equal(notes.failed, false);
  assert.equal(notes.here, NOTES);
});

test("an abort is no failure", async () => {
  const { notes } = some();
  notes.attend("a");
  pass(150);
  notes.attend(null);
  asked[0].fail();
  await settle();
  assert.equal(notes.failed, false);
  assert.deepEqual(notes.here, []);
});
