import assert from "node:assert/strict";
import { test } from "node:test";

import { besides } from "../../static/js/preview.js";

const WIDTH = 336;
const HEIGHT = 240;

test("a card never covers its pill nor leaves the view, wherever there is room", () => {
  for (let x = 0; x <= 1280; x += 40) {
    for (let y = 0; y <= 800; y += 40) {
      const pill = { left: x - 120, top: y - 20, right: x + 120, bottom: y + 20 };
      const card = besides(pill, WIDTH, HEIGHT, 1280, 800);
      assert.ok(card.x >= 0 && card.y >= 0, `at ${x}, ${y}`);
      assert.ok(card.x + WIDTH <= 1280 && card.y + HEIGHT <= 800, `at ${x}, ${y}`);
      const apart =
        card.x >= pill.right ||
        card.x + WIDTH <= pill.left ||
        card.y >= pill.bottom ||
        card.y + HEIGHT <= pill.top;
      assert.ok(apart, `covers the pill at ${x}, ${y}`);
    }
  }
});

test("a tall turned pill has its card beside it", () => {
  const pill = { left: 600, top: 20, right: 680, bottom: 780 };
  const card = besides(pill, WIDTH, HEIGHT, 1280, 800);
  assert.ok(card.x >= 680 || card.x + WIDTH <= 600);
});
