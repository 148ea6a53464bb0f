import assert from "node:assert/strict";
import { test } from "node:test";

import { afloat } from "../pages.mjs";

test("on a screen of another sharpness the pills and the map are drawn as sharply as the canvas", () => {
  const page = afloat();
  Object.assign(globalThis, { devicePixelRatio: 2 });
  page.drift.resize();
  assert.deepEqual([page.canvases[0].width, page.canvases[0].height], [1600, 1200]);
  assert.equal(page.drift.parts.painter.ratio, 2);
  assert.ok(page.told().includes("map of 2000 1000 2"));
});
