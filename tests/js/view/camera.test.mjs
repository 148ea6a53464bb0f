import assert from "node:assert/strict";
import { test } from "node:test";

import { Camera, MAX_ZOOM } from "../../../static/js/view/camera.js";

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
  assert.equal(MAX_ZOOM, 3);
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

/**
 * @param {number} value
 * @param {number} wanted
 * @param {number} [slack]
 */
function near(value, wanted, slack = 1e-9) {
  assert.ok(Math.abs(value - wanted) <= slack, `${value} instead of ${wanted}`);
}

test("the whole world fits between 10 px at the sides and 84 above and below", () => {
  const view = camera();
  near(view.fitZoom, (800 - 168) / 2025);
  view.resize(400, 800);
  near(view.fitZoom, 380 / 3600);
});

test("a low view gives the ends at most half its height", () => {
  const view = camera();
  view.resize(1280, 200);
  near(view.fitZoom, 100 / 2025);
});

test("a small world is not blown up to fit", () => {
  const view = new Camera();
  view.resize(2560, 1440);
  view.setWorld(1200, 675);
  assert.equal(view.fitZoom, 1);
});

test("a larger view or a smaller world takes a zoom along that shows beyond the whole", () => {
  const view = camera();
  view.zoomBy(1e-6);
  view.resize(2000, 1200);
  near(view.zoom, view.fitZoom);
  view.setWorld(1000, 600);
  assert.equal(view.zoom, 1);
});

test("a view without size counts as one pixel", () => {
  const view = new Camera();
  view.resize(0, -5);
  assert.deepEqual([view.viewWidth, view.viewHeight], [1, 1]);
});

test("the centre of the view is where the camera looks, and a unit is as many pixels as the zoom", () => {
  const view = camera();
  view.zoom = 2;
  assert.equal(view.screenX(1800), 640);
  assert.equal(view.screenY(1010), 420);
  assert.equal(view.worldX(642), 1801);
  assert.equal(view.worldY(396), 998);
});

test("a pan moves the water with the hand", () => {
  const view = camera();
  view.zoom = 2;
  view.pan(30, -50);
  assert.deepEqual([view.x, view.y], [1785, 1025]);
});

test("past a shore a push outwards counts a third, and one back the whole", () => {
  const view = camera();
  for (const [axis, low, high] of /** @type {const} */ ([["x", 640 - 72, 3600 - 568], ["y", 400 - 72, 2025 - 328]])) {
    const push = (/** @type {number} */ px) => (axis === "x" ? view.pan(px, 0) : view.pan(0, px));
    view[axis] = low - 30;
    push(30);
    near(view[axis], low - 40);
    push(-30);
    near(view[axis], low - 10);
    view[axis] = high + 30;
    push(-30);
    near(view[axis], high + 40);
    push(30);
    near(view[axis], high + 10);
    view[axis] = low;
    push(30);
    near(view[axis], low - 30);
    view[axis] = high;
    push(-30);
    near(view[axis], high + 30);
  }
});

test("a sheet opens the far end by as much as it covers", () => {
  const view = camera();
  view.insetBottom = 300;
  view.y = 2025 - 328 + 290;
  view.pan(0, -5);
  near(view.y, 2025 - 328 + 295);
  view.zoom = 2;
  view.y = 2025 - 164 + 140;
  view.pan(0, -10);
  near(view.y, 2025 - 164 + 145);
  view.pan(0, -20);
  near(view.y, 2025 - 164 + 155);
  view.pan(0, -6);
  near(view.y, 2025 - 164 + 156);
});

test("zooming at no point in particular keeps the middle", () => {
  const view = camera();
  view.zoomBy(2);
  near(view.x, 1800);
  near(view.y, 1000);
  view.zoomBy(0.4, 1280, 0);
  near(view.zoom, 0.8);
  near(view.x, 1800 + 640 / 2 - 640 / 0.8);
  near(view.y, 1000 - 400 / 2 + 400 / 0.8);
});

test("a flight to where the camera is takes half a second, a far one 1.4 s and no more", () => {
  for (const [distance, seconds] of [[0, 0.5], [1280, 0.95], [2560, 1.4], [25600, 1.4]]) {
    const view = camera();
    view.fly(() => ({ x: 1800 + distance, y: 1000 }));
    near(view.flight?.seconds ?? 0, seconds);
  }
  const down = camera();
  down.zoom = 2;
  down.fly(() => ({ x: 1800, y: 1400 }));
  near(down.flight?.seconds ?? 0, 0.95);
});

test("a long flight rises halfway, by at most 0.35 of its zoom; a short one stays low", () => {
  for (const [distance, dip] of [[0, 0], [384, 0], [1024, 0.175], [12800, 0.35]]) {
    const view = camera();
    view.fly(() => ({ x: 1800 + distance, y: 1000 }));
    view.advance((view.flight?.seconds ?? 0) / 2);
    near(view.zoom, 1 - dip, 1e-6);
  }
});

test("a flight is slow at both ends and fast between, zoom and all", () => {
  const view = camera();
  view.fly(() => ({ x: 1900, y: 1040 }), { zoom: 2 });
  const seconds = view.flight?.seconds ?? 0;
  let before = 0;
  const places = [0.25, 0.4, 0.5, 0.6, 0.75, 1].map((part) => {
    view.advance(seconds * (part - before));
    before = part;
    assert.equal(view.flight === null, part === 1);
    return [view.x, view.y, view.zoom];
  });
  const shares = [0.0625, 0.256, 0.5, 0.744, 0.9375, 1];
  places.forEach(([x, y, zoom], i) => {
    near(x, 1800 + 100 * shares[i]);
    near(y, 1000 + 40 * shares[i]);
    near(zoom, 1 + shares[i]);
  });
});

test("a flight goes on from one zoom to another even when asked for more than there is", () => {
  const view = camera();
  view.fly(() => ({ x: 1800, y: 1000 }), { zoom: 100 });
  wait(view, 1);
  assert.equal(view.zoom, MAX_ZOOM);
});

test("a flight over the shore ends where the edges allow it", () => {
  const view = camera();
  view.fly(() => ({ x: 0, y: 0 }));
  wait(view, 2);
  near(view.x, 640 - 72);
  near(view.y, 400 - 72);
});

test("a cut over the shore is at the edge at once, and follows only when asked to", () => {
  const view = camera();
  const target = { x: 0, y: 0 };
  view.fly(() => target, { cut: true });
  near(view.x, 640 - 72);
  target.x = 1500;
  wait(view, 1);
  near(view.x, 640 - 72);
  view.fly(() => target, { cut: true, follow: true });
  target.x = 1600;
  wait(view, 3);
  near(view.x, 1600, 0.1);
});

test("following makes up all but a millionth of the way in a second, within the edges", () => {
  const view = camera();
  view.fly(() => ({ x: 1800, y: 1000 }), { cut: true, follow: true });
  view.following = () => ({ x: 1900, y: 1100 });
  view.advance(0.5);
  near(view.x, 1800 + 100 * (1 - 1e-3));
  near(view.y, 1000 + 100 * (1 - 1e-3));
  view.following = () => ({ x: 1900, y: 9000 });
  view.advance(1);
  near(view.y, 2025 - 328);
});

test("a flight follows afterwards only when asked to", () => {
  const view = camera();
  const target = { x: 1700, y: 1000 };
  view.fly(() => target);
  wait(view, 2);
  target.x = 1500;
  wait(view, 2);
  near(view.x, 1700, 0.1);
});

test("taking over ends flight, following and glide", () => {
  const view = camera();
  view.fly(() => ({ x: 900, y: 900 }), { follow: true });
  view.vx = view.vy = 300;
  view.rest();
  assert.deepEqual([view.flight, view.following, view.vx, view.vy], [null, null, 0, 0]);
});

test("a new flight forgets the glide before it", () => {
  const view = camera();
  view.vx = 500;
  view.fly(() => ({ x: 1800, y: 1000 }));
  assert.equal(view.vx, 0);
});

test("a glide keeps a fiftieth of its speed after a second, on both axes", () => {
  const view = camera();
  view.vx = 1000;
  view.vy = -500;
  view.advance(0.1);
  near(view.x, 1900);
  near(view.y, 950);
  near(view.vx, 1000 * 0.02 ** 0.1);
  near(view.vy, -500 * 0.02 ** 0.1);
});

test("a glide slower than four pixels a second ends, whichever way it goes", () => {
  const view = camera();
  view.zoom = 2;
  view.vx = -1.99;
  view.vy = 1.99;
  view.advance(0.01);
  assert.deepEqual([view.vx, view.vy].map(Math.abs), [0, 0]);
  view.vx = -2;
  view.vy = 2;
  view.advance(0.01);
  assert.ok(view.vx < 0 && view.vy > 0);
});

test("a view that is held neither glides nor is pulled back", () => {
  const view = camera();
  view.held = true;
  view.x = 0;
  view.vx = 100;
  assert.equal(view.advance(1), false);
  assert.equal(view.x, 0);
});

test("past the shore the view eases back by all but a two-thousandth in a second", () => {
  const view = camera();
  view.x = 640 - 72 - 100;
  view.y = 2025 - 328 + 100;
  view.advance(0.5);
  near(view.x, 568 - 100 * 0.0005 ** 0.5);
  near(view.y, 1697 + 100 * 0.0005 ** 0.5);
});

test("less than a tenth of a pixel off counts as there", () => {
  const view = camera();
  view.zoom = 2;
  const edge = 320 - 36;
  view.x = edge - 0.049;
  view.y = 200 - 36 - 0.049;
  view.advance(1 / 60);
  assert.deepEqual([view.x, view.y], [edge, 164]);
  view.x = edge - 0.051;
  view.y = 164 - 0.051;
  view.advance(1 / 60);
  assert.notEqual(view.x, edge);
  assert.notEqual(view.y, 164);
});

test("the view tells whether it moved, zooming alone included", () => {
  const view = camera();
  assert.equal(view.advance(1), false);
  view.vy = 50;
  assert.equal(view.advance(0.1), true);
  view.rest();
  view.fly(() => ({ x: view.x, y: view.y }), { zoom: 2 });
  assert.equal(view.advance(0.1), true);
});

test("a world that shows whole on one axis rests in its middle there, a sheet's room aside", () => {
  const view = new Camera();
  view.resize(1280, 800);
  view.setWorld(3600, 600);
  view.x = 1800;
  view.y = 0;
  wait(view, 3);
  near(view.y, 300, 0.01);
  view.insetBottom = 100;
  view.y = 900;
  wait(view, 3);
  near(view.y, 400, 0.01);
});

test("a world just larger than its view and shores still rests within them", () => {
  const view = new Camera();
  view.resize(1280, 800);
  view.setWorld(1280 - 2 * 72 + 10, 2025);
  view.x = 0;
  wait(view, 3);
  near(view.x, 640 - 72, 0.01);
});
