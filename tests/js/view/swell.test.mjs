import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Bodies } from "../../../static/js/water/bodies.js";
import { Camera } from "../../../static/js/view/camera.js";
import { Swell } from "../../../static/js/view/swell.js";
import { welcome } from "../sockets.mjs";

const UNIFORM = { pull: 0.5, modes: /** @type {any} */ ([[1, 1, 20_000, 0, 0]]), spreads: [] };

beforeEach(() => mock.restoreAll());

/** A canvas that remembers its lines. */
class Lines {
  constructor() {
    /** @type {{alpha: number, points: number[][]}[]} */
    this.drawn = [];
    /** @type {number[][][]} */
    this.path = [];
    this.globalAlpha = 1;
    this.lineWidth = 0;
    this.lineCap = "";
  }

  beginPath() {
    this.path = [];
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.path.push([[x, y]]);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.path[this.path.length - 1].push([x, y]);
  }

  stroke() {
    for (const points of this.path) this.drawn.push({ alpha: this.globalAlpha, points });
  }
}

function swelling({ current = UNIFORM, width = 800, height = 600 } = {}) {
  const bodies = new Bodies();
  bodies.begin({ ...welcome(), current });
  const camera = new Camera();
  camera.resize(width, height);
  camera.setWorld(bodies.width, bodies.height);
  camera.zoom = 1;
  camera.x = 1000;
  camera.y = 500;
  const swell = new Swell();
  const paint = (/** @type {number} */ seconds) => {
    const ctx = new Lines();
    swell.paint(/** @type {any} */ (ctx), camera, bodies, seconds);
    return ctx;
  };
  return { bodies, camera, swell, paint };
}

test("water that stands still has no swell", () => {
  const { paint } = swelling({ current: { pull: 0, modes: [], spreads: [] } });
  assert.deepEqual(paint(1).drawn, []);
});

test("there is a line for every 26,000 square pixels, at most 150", () => {
  assert.equal(swelling().paint(0).drawn.length, Math.round((800 * 600) / 26_000));
  assert.equal(swelling({ width: 4000, height: 3000 }).paint(0).drawn.length, 150);
});

test("lines are sown in view, away from the shore, at every age", () => {
  const { swell, camera, paint } = swelling();
  camera.x = 300;
  camera.y = 900;
  paint(0);
  for (let i = 0; i < swell.count; i += 1) {
    assert.ok(swell.x[i] >= 24 && swell.x[i] <= 700, `x ${swell.x[i]}`);
    assert.ok(swell.y[i] >= 600 && swell.y[i] <= 1000 - 24, `y ${swell.y[i]}`);
    assert.ok(swell.life[i] >= 4.8 && swell.life[i] <= 11.2 && swell.age[i] <= swell.life[i]);
  }
  assert.ok(new Set(swell.age.slice(0, swell.count)).size > 10);
});

test("chance reaches from one edge of the sown part to the other", () => {
  for (const [chance, x, y] of [[0, 600, 200], [1, 1400, 800]]) {
    const { swell, paint } = swelling();
    mock.method(Math, "random", () => chance);
    paint(0);
    assert.deepEqual([swell.x[0], swell.y[0]], [x, y]);
    assert.equal(swell.life[0], 8 * (0.6 + 0.8 * chance));
  }
});

test("a view beyond the water sows at its shore and not outside", () => {
  const { swell, camera, paint } = swelling();
  camera.x = -5000;
  camera.y = 9000;
  paint(0);
  assert.equal(swell.x[0], 24);
  assert.ok(swell.y[0] >= 976);
});

test("a line rides on the current for as long as it lives, and is then sown anew at its beginning", () => {
  const { bodies, swell, paint } = swelling();
  mock.method(Math, "random", () => 0.5);
  paint(0);
  swell.age[0] = 1;
  swell.x[0] = 900;
  swell.y[0] = 300;
  bodies.flow.turnTo(0, bodies.dt);
  bodies.flow.sample(900, 300);
  const { ux, uy } = bodies.flow;
  assert.ok(Math.hypot(ux, uy) > 1);
  paint(0.5);
  assert.deepEqual([swell.x[0], swell.y[0]], [900 + ux * 0.5, 300 + uy * 0.5]);
  assert.equal(swell.age[0], 1.5);
  swell.age[0] = swell.life[0] - 0.5;
  paint(0.5);
  assert.equal(swell.age[0], 0);
  assert.deepEqual([swell.x[0], swell.y[0]], [1000, 500]);
});

test("a line more than 60 px out of view is sown anew, at any age", () => {
  for (const [x, y, sown] of /** @type {const} */ ([
    ...[[600 - 61, 500, true], [600 - 59, 500, false], [1400 + 61, 500, true], [1400 + 59, 500, false]],
    ...[[1000, 200 - 61, true], [1000, 200 - 59, false], [1000, 800 + 61, true], [1000, 800 + 59, false]],
  ])) {
    const { swell, paint } = swelling();
    mock.method(Math, "random", () => 0.25);
    paint(0);
    swell.x[0] = x;
    swell.y[0] = y;
    swell.age[0] = 0.1;
    paint(0);
    assert.equal(swell.x[0] !== x || swell.y[0] !== y, sown, `${x}, ${y}`);
    if (sown) assert.equal(swell.age[0], 0.25 * swell.life[0]);
  }
});

test("lines fade in and out over their life, in four shades", () => {
  const { swell, paint } = swelling();
  paint(0);
  const shades = /** @type {const} */ ([[0.01, 1], [0.1, 2], [0.2, 3], [0.5, 4], [0.9, 2], [0.99, 1]]);
  for (const [share, shade] of shades) {
    swell.count = 1;
    swell.age.fill(0);
    swell.life.fill(10);
    swell.age[0] = share * 10;
    swell.x[0] = 777;
    swell.y[0] = 444;
    const line = paint(0).drawn.find(({ points }) => points[0][0] === 777);
    assert.equal(line?.alpha, (0.55 * shade) / 4, `at ${share} of its life`);
  }
});

test("a line is traced back along the flow in five bends, for 2.4 s at full size and at most 6", () => {
  for (const [zoom, seconds] of [[1, 2.4], [2, 1.2], [0.6, 4], [0.1, 6]]) {
    const { bodies, swell, camera, paint } = swelling();
    camera.zoom = zoom;
    paint(0);
    swell.x[0] = 1000;
    swell.y[0] = 510;
    swell.age[0] = 1;
    swell.life[0] = 10;
    const ctx = paint(0);
    const line = ctx.drawn.find(({ points }) => points[0][0] === 1000 && points[0][1] === 510);
    assert.equal(line?.points.length, 6);
    bodies.flow.sample(1000, 510);
    const first = line?.points[1] ?? [];
    assert.ok(Math.abs(first[0] - (1000 - (bodies.flow.ux * seconds) / 5)) < 1e-9);
    assert.ok(Math.abs(first[1] - (510 - (bodies.flow.uy * seconds) / 5)) < 1e-9);
    assert.equal(ctx.lineWidth, 1 / zoom);
    assert.equal(ctx.globalAlpha, 1);
  }
});
