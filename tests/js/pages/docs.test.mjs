import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, readable } from "../../../static/js/pages/docs.js";

test("empty fields are left out and the others are quoted", () => {
  const fields = [
    { name: "id", value: "a/b ü", place: "path" },
    { name: "tag", value: "", place: "query" },
    { name: "q", value: "a&b=c", place: "query" },
  ];
  assert.equal(addressOf("/api/links/{id}", fields), "/api/links/a%2Fb%20%C3%BC?q=a%26b%3Dc");
  assert.equal(addressOf("/api/today", []), "/api/today");
});

test("JSON is indented, problem JSON too, and anything else is shown as it came", () => {
  assert.equal(readable('{"a":1}', "application/json"), '{\n  "a": 1\n}');
  assert.equal(readable('{"a":1}', "application/problem+json"), '{\n  "a": 1\n}');
  assert.equal(readable("<a/>", "application/atom+xml"), "<a/>");
  assert.equal(readable("{", "application/json"), "{");
});

test("a long answer is cut, and says by how much", () => {
  const shown = readable("x".repeat(21_500), "text/plain");
  assert.ok(shown.endsWith("… and 1,500 more characters"));
  assert.ok(shown.length < 20_100);
});
