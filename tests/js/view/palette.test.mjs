import assert from "node:assert/strict";
import { test } from "node:test";

import { mix } from "../../../static/js/view/palette.js";

test("colours mix channel by channel", () => {
  assert.equal(mix("#000000", "#ff8040", 0.5), "#804020");
  assert.equal(mix("#204080", "#204080", 0.3), "#204080");
});

test("a share of 0 gives the first colour and 1 the second, small channels in two digits", () => {
  assert.equal(mix("#0a0b0c", "#ffffff", 0), "#0a0b0c");
  assert.equal(mix("#ffffff", "#0a0b0c", 1), "#0a0b0c");
});
