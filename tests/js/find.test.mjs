import assert from "node:assert/strict";
import { test } from "node:test";

import { matching } from "../../static/js/find.js";

const LINKS = [
  { id: "a", url: "", title: "Software 2.0", host: "medium.com", author: "Andrej Karpathy", tags: [] },
  { id: "b", url: "", title: "Digital hygiene", host: "bearblog.dev", tags: ["karpathy", "self"] },
  { id: "c", url: "", title: "Tides", host: "sea.example", note: "Read on a ferry", tags: [] },
];

/** @param {string} text */
const found = (text) => matching(LINKS, text).map((link) => link.id).join("");

test("links are found by all of the words, in title, author, host, note and tags", () => {
  assert.equal(found("karpathy"), "ab");
  assert.equal(found("software"), "a");
  assert.equal(found("andrej"), "a");
  assert.equal(found("sea.example"), "c");
  assert.equal(found("ferry"), "c");
  assert.equal(found("self"), "b");
  assert.equal(found("karpathy soft"), "a");
});

test("case and spaces around the words do not matter", () => {
  assert.equal(found("  KARPATHY \t soft "), "a");
});

test("no words find nothing", () => {
  assert.equal(found(""), "");
  assert.equal(found("  "), "");
});

test("a word does not reach from one field into the next", () => {
  assert.equal(found("hygienebearblog"), "");
  assert.equal(found("karpathyself"), "");
});
