import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { bodyState, Flow, step } from "../../static/js/shadow.js";

const VECTORS = new URL("../vectors/shadow.json", import.meta.url);
const KEYS = /** @type {const} */ (["x", "y", "angle", "vx", "vy", "omega"]);
const TOLERANCE = 1e-6;

/** @param {number[][]} rows */
function stateOf(rows) {
  const state = bodyState(rows.length);
  rows.forEach((row, i) => KEYS.forEach((key, k) => (state[key][i] = row[k])));
  return state;
}

test("the shadow agrees with the server's over the shared vectors", () => {
  assert.ok(existsSync(VECTORS), `the shared vectors are missing: ${VECTORS.pathname}`);
  const vectors = JSON.parse(readFileSync(VECTORS, "utf8"));
  const { world, current, upright, step_hz: hz, start_tick: start, bodies, after } = vectors;
  assert.ok(bodies.length > 0 && after.steps > 0, "the shared vectors hold no bodies or no steps");
  const state = stateOf(bodies);
  for (let tick = start; tick < start + after.steps; tick += 1) {
    step(state, current, upright, tick, 1 / hz, world.width, world.height);
  }
  after.bodies.forEach((/** @type {number[]} */ row, /** @type {number} */ i) => {
    KEYS.forEach((key, k) => {
      const error = Math.abs(state[key][i] - row[k]);
      assert.ok(error <= TOLERANCE, `${key} of body ${i} is off by ${error}`);
    });
  });
});

/** @type {import("../../static/js/shadow.js").Current} */
const CURRENT = {
  pull: 0.6,
  modes: [
    [1, 2, 900, 0.05, 1.3],
    [3, 1, 400, -0.02, 0.4],
    [2, 4, 150, 0.07, 2.2],
  ],
};
const WIDTH = 3459;
const HEIGHT = 1945.7;

test("the flow is the protocol's sum, mode by mode", () => {
  const flow = new Flow(CURRENT, WIDTH, HEIGHT);
  const tick = 777;
  const dt = 1 / 60;
  flow.turnTo(tick, dt);
  flow.sample(1200, 333);
  let ux = 0;
  let uy = 0;
  for (const [m, n, amplitude, rate, phase] of CURRENT.modes) {
    const a = amplitude * Math.cos(rate * tick * dt + phase);
    const kx = (m * Math.PI) / WIDTH;
    const ky = (n * Math.PI) / HEIGHT;
    ux += a * ky * Math.sin(kx * 1200) * Math.cos(ky * 333);
    uy -= a * kx * Math.cos(kx * 1200) * Math.sin(ky * 333);
  }
  assert.ok(Math.abs(flow.ux - ux) < 1e-12);
  assert.ok(Math.abs(flow.uy - uy) < 1e-12);
});

test("no flow crosses a wall", () => {
  const flow = new Flow(CURRENT, WIDTH, HEIGHT);
  flow.turnTo(10, 1 / 60);
  flow.sample(0, 500);
  assert.ok(Math.abs(flow.ux) < 1e-9);
  flow.sample(WIDTH, 500);
  assert.ok(Math.abs(flow.ux) < 1e-9);
  flow.sample(900, HEIGHT);
  assert.ok(Math.abs(flow.uy) < 1e-9);
});

test("the drawn lines are the lines of flow: the stream's slope is the velocity", () => {
  const flow = new Flow(CURRENT, WIDTH, HEIGHT);
  flow.turnTo(5, 1 / 60);
  const h = 1e-3;
  const values = new Float64Array(4);
  flow.streamGrid(values, Float64Array.of(800, 800 + h), Float64Array.of(700, 700 + h));
  flow.sample(800, 700);
  assert.ok(Math.abs((values[2] - values[0]) / h - flow.ux) < 1e-3);
  assert.ok(Math.abs(-(values[1] - values[0]) / h - flow.uy) < 1e-3);
});

test("position moves with the old velocity", () => {
  const state = stateOf([[100, 100, 0, 60, 0, 0]]);
  step(state, { pull: 1, modes: [] }, { stiffness: 0, damping: 0 }, 0, 1 / 60, 1000, 1000);
  assert.equal(state.x[0], 101);
  assert.equal(state.vx[0], 59);
});

test("a turned body comes upright", () => {
  const state = stateOf([[100, 100, 0.5, 0, 0, 0]]);
  for (let tick = 0; tick < 600; tick += 1) {
    step(state, { pull: 0, modes: [] }, { stiffness: 4, damping: 2 }, tick, 1 / 60, 1000, 1000);
  }
  assert.ok(Math.abs(state.angle[0]) < 1e-3);
});
