import assert from "node:assert/strict";
import { test } from "node:test";

import { holds, shownInWords } from "../../static/js/sieve.js";

test("every word must be there, in whatever order and case", () => {
  const hay = "the bitter lesson\nrich sutton · cs.utexas.edu\nscaling";
  assert.ok(holds(hay, "SUTTON  bitter"));
  assert.ok(holds(hay, ""));
  assert.ok(!holds(hay, "sutton sweet"));
});

test("what is shown is told as the server tells it", () => {
  const all = { shown: 101, total: 101, tag: "", text: "" };
  assert.equal(shownInWords(all), "101 links");
  assert.equal(shownInWords({ ...all, shown: 1, total: 1 }), "One link");
  assert.equal(shownInWords({ ...all, shown: 3, text: "tide" }), "3 of 101 links with “tide”");
  assert.equal(
    shownInWords({ shown: 2, total: 101, tag: "papers", text: "tide" }),
    "2 of 101 links tagged papers with “tide”",
  );
});
