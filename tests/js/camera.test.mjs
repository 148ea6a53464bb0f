import assert from "node:assert/strict";
import { test } from "node:test";

import { Camera, MAX_ZOOM } from "../../static/js/camera.js";

function camera() {
  const view = new Camera();
  view.resize(1280, 800);
  view.setWorld(3600, 2025);
  view.x = 1800;
  view.y = 1000;
  return view;
}

/** @param {Camera} view @param {number} seconds */
function wait(view, seconds) {
  for (let i = 0; i < seconds * 60; i += 1) view.advance(1 / 60);
}

test("screen and world are each other's inverse", () => {
  const view = camera();
  view.zoomBy(1.7, 200, 300);
  assert.ok(Math.abs(view.worldX(view.screenX(1234)) - 1234) < 1e-9);
  assert.ok(Math.abs(view.worldY(view.screenY(567)) - 567) < 1e-9);
});

test("zooming keeps the point under the pointer", () => {
  const view = camera();
  const before = view.worldX(300);
  view.zoomBy(1.5, 300, 700);
  assert.ok(Math.abs(view.worldX(300) - before) < 1e-9);
});

test("zoom stays between the whole world and the largest", () => {
  const view = camera();
  view.zoomBy(1e6);
  assert.equal(view.zoom, MAX_ZOOM);
  view.zoomBy(1e-6);
  assert.equal(view.zoom, view.fitZoom);
  assert.ok(view.screenX(0) >= 0 || view.worldWidth * view.zoom <= view.viewWidth);
});

test("a pan past the shore gives way and eases back", () => {
  const view = camera();
  view.held = true;
  for (let i = 0; i < 40; i += 1) view.pan(100, 0);
  const pulled = view.worldX(0);
  assert.ok(pulled < -72);
  view.held = false;
  wait(view, 3);
  assert.ok(Math.abs(view.worldX(0) + 72) < 0.5, `rests at ${view.worldX(0)}`);
});

test("a glide slows down and ends", () => {
  const view = camera();
  view.vx = 400;
  view.advance(1 / 60);
  assert.ok(view.x > 1800);
  wait(view, 5);
  const rest = view.x;
  assert.equal(view.advance(1 / 60), false);
  assert.equal(view.x, rest);
});

test("a flight ends at a target that moves, and stays with it when it follows", () => {
  const view = camera();
  const target = { x: 900, y: 900 };
  view.fly(() => target, { follow: true });
  wait(view, 1);
  target.x = 1000;
  wait(view, 3);
  assert.ok(Math.abs(view.x - 1000) < 1);
  target.x = 1100;
  wait(view, 3);
  assert.ok(Math.abs(view.x - 1100) < 1);
});

test("a cut is there at once", () => {
  const view = camera();
  view.fly(() => ({ x: 1500, y: 900 }), { cut: true, zoom: 2 });
  assert.deepEqual([view.x, view.y, view.zoom], [1500, 900, 2]);
});

test("taking over ends a flight where it is", () => {
  const view = camera();
  view.fly(() => ({ x: 900, y: 900 }));
  wait(view, 0.3);
  view.rest();
  const { x } = view;
  wait(view, 1);
  assert.equal(view.x, x);
});

test("a world smaller than the view rests in the middle", () => {
  const view = new Camera();
  view.resize(2560, 1440);
  view.setWorld(1200, 675);
  view.x = 0;
  wait(view, 3);
  assert.ok(Math.abs(view.x - 600) < 0.5);
});

test("under a sheet the world's last rows can be pushed up into sight", () => {
  const view = camera();
  view.insetBottom = 300;
  view.fly(() => ({ x: 1800, y: 2025 + 150 }));
  wait(view, 3);
  assert.ok(view.screenY(2000) < 800 - 300, `at ${view.screenY(2000)}`);
});
