import assert from "node:assert/strict";
import { test } from "node:test";

import { dayInWords } from "../../static/js/dates.js";
import { matching } from "../../static/js/find.js";
import { newsOf, parseMessage, sentenceFor } from "../../static/js/messages.js";
import { mix } from "../../static/js/palette.js";
import { noteSurfaced, surfaced } from "../../static/js/surfaced.js";

const NOW = Date.parse("2026-01-15T10:00:00Z");

test("a day is told in full and as a distance", () => {
  assert.equal(dayInWords("2026-01-15", NOW), "15 January 2026, today");
  assert.equal(dayInWords("2026-01-14", NOW), "14 January 2026, yesterday");
  assert.equal(dayInWords("2025-03-15", NOW), "15 March 2025, 10 months ago");
  assert.equal(dayInWords("2020-01-15", NOW), "15 January 2020, 6 years ago");
});

test("what is no day gives no words", () => {
  assert.equal(dayInWords("soon", NOW), "");
});

test("text that is no message, or of a later version, is skipped", () => {
  for (const text of ["", "{", "null", "[]", "3", '{"type":"confetti"}', '{"kind":"held"}']) {
    assert.equal(parseMessage(text), null, text);
  }
  assert.deepEqual(parseMessage('{"type":"released","id":"a"}'), { type: "released", id: "a" });
});

test("an unknown error code is told in the server's own words", () => {
  assert.equal(sentenceFor({ code: "tides", detail: "The tide is out." }), "The tide is out.");
  assert.notEqual(sentenceFor({ code: "held" }), sentenceFor({ code: "tides" }));
});

test("colours mix channel by channel", () => {
  assert.equal(mix("#000000", "#ff8040", 0.5), "#804020");
  assert.equal(mix("#0a0b0c", "#ffffff", 0), "#0a0b0c");
});

test("links are found by all of the words, anywhere", () => {
  const links = [
    { id: "a", url: "", title: "Software 2.0", host: "medium.com", author: "Andrej Karpathy", tags: [] },
    { id: "b", url: "", title: "Digital hygiene", host: "bearblog.dev", tags: ["karpathy"] },
  ];
  assert.deepEqual(matching(links, "karpathy").map((link) => link.id), ["a", "b"]);
  assert.deepEqual(matching(links, "KARPATHY soft").map((link) => link.id), ["a"]);
  assert.deepEqual(matching(links, "  "), []);
});

test("what surfaced is remembered without storage: the last hundred, oldest first, each once", () => {
  for (let i = 0; i < 120; i += 1) noteSurfaced(`id${i}`);
  noteSurfaced("id50");
  const ids = surfaced();
  assert.equal(ids.length, 100);
  assert.equal(ids[0], "id20");
  assert.equal(ids.at(-1), "id50");
  assert.equal(new Set(ids).size, 100);
});

test("a list of long ids is cut to what a message may hold, the oldest first", () => {
  for (let i = 0; i < 100; i += 1) noteSurfaced(`${i}-${"x".repeat(90)}`);
  const ids = surfaced();
  assert.ok(JSON.stringify(ids).length <= 3600);
  assert.ok(ids.at(-1)?.startsWith("99-"));
});

test("a reload is told by what came and what left", () => {
  const before = new Map([["a", 0], ["b", 0]]);
  /** @param {string} ids */
  const after = (ids) => [...ids].map((id) => ({ id, url: "", title: "", host: "", tags: [] }));
  assert.equal(newsOf(before, after("ab")), "");
  assert.equal(newsOf(before, after("abc")), "One link drifted in.");
  assert.equal(newsOf(before, after("b")), "One link left.");
  assert.equal(newsOf(before, after("bcde")), "3 links drifted in, one link left.");
});
