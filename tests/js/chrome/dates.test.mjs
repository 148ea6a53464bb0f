import assert from "node:assert/strict";
import { test } from "node:test";

import { dayInWords } from "../../../static/js/chrome/dates.js";

const NOW = Date.parse("2026-01-15T10:00:00Z");

test("a day is told in full and as a distance", () => {
  assert.equal(dayInWords("2026-01-15", NOW), "15 January 2026, today");
  assert.equal(dayInWords("2026-01-14", NOW), "14 January 2026, yesterday");
  assert.equal(dayInWords("2025-03-15", NOW), "15 March 2025, 10 months ago");
  assert.equal(dayInWords("2020-01-15", NOW), "15 January 2020, 6 years ago");
});

test("thirty days are told in days, and 31 as a month", () => {
  assert.equal(dayInWords("2025-12-16", NOW), "16 December 2025, 30 days ago");
  assert.equal(dayInWords("2025-12-15", NOW), "15 December 2025, last month");
});

test("699 days are told in months, and 700 as years", () => {
  assert.equal(dayInWords("2024-02-16", NOW), "16 February 2024, 23 months ago");
  assert.equal(dayInWords("2024-02-15", NOW), "15 February 2024, 2 years ago");
});

test("the last minute of a day is the same day as its first", () => {
  assert.equal(dayInWords("2026-01-15", Date.parse("2026-01-15T00:00:00Z")), "15 January 2026, today");
  assert.equal(dayInWords("2026-01-15", Date.parse("2026-01-15T23:59:59Z")), "15 January 2026, today");
});

test("a day that is still to come is told as today: clocks differ, and nothing was added tomorrow", () => {
  assert.equal(dayInWords("2026-01-16", NOW), "16 January 2026, today");
  assert.equal(dayInWords("2027-06-01", NOW), "1 June 2027, today");
});

test("what is no day gives no words", () => {
  for (const text of ["soon", "", "2026-13-01"]) assert.equal(dayInWords(text, NOW), "");
});
