import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Footnotes, MOST } from "../../../static/js/view/footnotes.js";

/** @typedef {import("../../../static/js/view/footnotes.js").Footnote} Footnote */

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
  let arrivals = 0;
  const notes = new Footnotes(
    () => (arrivals += 1),
    (id, signal) =>
      new Promise((answer, refuse) => {
        asked.push({ id, signal, answer, fail: () => refuse(new Error("no network")) });
      }),
    () => nowMs,
  );
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

test("nothing attended to has no footnotes, and none are on their way", () => {
  const { notes } = some();
  assert.deepEqual(notes.here, []);
});

test("the second request comes 350 ms after the first, or after a moment of attention", () => {
  const { notes } = some();
  notes.attend("a");
  pass(150);
  notes.attend("b");
  pass(349);
  assert.equal(asked.length, 1);
  pass(1);
  assert.equal(asked.length, 2);
  pass(10_000);
  notes.attend("c");
  pass(149);
  assert.equal(asked.length, 2);
  pass(1);
  assert.equal(asked.length, 3);
});

test("what is known is not asked for again", async () => {
  const { notes } = some();
  notes.attend("a");
  pass(150);
  asked[0].answer(NOTES);
  await settle();
  notes.attend("b");
  notes.attend("a");
  pass(10_000);
  assert.equal(asked.length, 1);
});

test("after a change of the archive nothing is attended to, and what was asked is aborted", async () => {
  const { notes, arrivals } = some();
  notes.attend("a");
  pass(150);
  notes.forget();
  assert.ok(asked[0].signal.aborted);
  assert.equal(notes.id, null);
  asked[0].answer(NOTES);
  await settle();
  assert.equal(arrivals(), 0);
});

test("the server is asked by the link's id, for a while, and three of its answers are taken", async () => {
  /** @type {{url: string, signal: AbortSignal}[]} */
  const requests = [];
  let patience = 0;
  const { timeout } = AbortSignal;
  mock.method(AbortSignal, "timeout", (ms) => timeout.call(AbortSignal, (patience = ms)));
  const related = Array.from({ length: 5 }, (_, i) => ({ link: { ...LINK, id: `${i}` }, why: "" }));
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ url, /** @type {{signal: AbortSignal}} */ { signal }) => {
      requests.push({ url, signal });
      return { ok: true, json: async () => ({ related }) };
    }
  );
  const notes = new Footnotes(() => {});
  notes.attend("a/b");
  mock.timers.tick(150);
  await settle();
  assert.equal(requests[0].url, "/api/links/a%2Fb/related");
  assert.equal(patience, 4000);
  assert.equal(notes.here?.length, MOST);
  assert.equal(MOST, 3);
  notes.attend("c");
  assert.ok(requests[0].signal.aborted);
});

test("an answer that is none is a failure", async () => {
  globalThis.fetch = /** @type {any} */ (
    async () => ({ ok: false, status: 500, json: async () => ({ related: NOTES }) })
  );
  const notes = new Footnotes(() => {});
  notes.attend("a");
  mock.timers.tick(150);
  await settle();
  assert.ok(notes.failed);
  assert.equal(notes.here, null);
});
