import assert from "node:assert/strict";
import { test } from "node:test";

import { newsOf, parseMessage, sentenceFor } from "../../../static/js/net/messages.js";

test("text that is no message, or of a later version, is skipped", () => {
  for (const text of ["", "{", "null", "[]", "3", '"held"', '{"type":"confetti"}', '{"kind":"held"}']) {
    assert.equal(parseMessage(text), null, text);
  }
});

test("every message of the protocol is taken", () => {
  for (const type of ["welcome", "held", "released", "lit", "spread", "pick", "archive", "error"]) {
    assert.deepEqual(parseMessage(JSON.stringify({ type, id: "a" })), { type, id: "a" });
  }
});

test("an unknown error code is told in the server's own words, or in some", () => {
  assert.equal(sentenceFor({ code: "tides", detail: "The tide is out." }), "The tide is out.");
  assert.equal(sentenceFor({ code: "tides" }), "That could not be done.");
});

test("every error of the protocol has a sentence of its own", () => {
  const codes = [
    ...["malformed", "unknown_link", "unknown_tag", "held", "already_holding"],
    ...["too_many_held", "not_holding"],
  ];
  const said = codes.map((code) => sentenceFor({ code, detail: "in the server's words" }));
  assert.equal(new Set(said).size, codes.length);
  for (const sentence of said) assert.match(sentence, /^[A-Z].{10,}\.$/);
});

/** @param {string} ids */
const links = (ids) => [...ids].map((id) => ({ id, url: "", title: "", host: "", tags: [] }));

test("a reload is told by what came and what left", () => {
  const before = new Map([["a", 0], ["b", 0]]);
  assert.equal(newsOf(before, links("ab")), "");
  assert.equal(newsOf(before, links("abc")), "One link drifted in.");
  assert.equal(newsOf(before, links("b")), "One link left.");
  assert.equal(newsOf(before, links("bcde")), "3 links drifted in, one link left.");
  assert.equal(newsOf(before, links("")), "2 links left.");
});
