import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { bodyState, Flow, step, stepWith } from "../../../static/js/water/shadow.js";

const VECTORS = new URL("../../vectors/shadow.json", import.meta.url);
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

/** @type {import("../../../static/js/water/shadow.js").Current} */
const CURRENT = {
  pull: 0.6,
  modes: [
    [1, 2, 900, 0.05, 1.3],
    [3, 1, 400, -0.02, 0.4],
    [2, 4, 150, 0.07, 2.2],
  ],
  spreads: [],
};
/** Of four half waves, and of two. */
const WIDE = Array.from({ length: 5 }, (_, m) =>
  Array.from({ length: 5 }, (_, n) => 100 * m - 70 * n),
);
const NARROW = [
  [0, 500, -300],
  [250, 0, 90],
  [-40, 60, 700],
];
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

/** Samples a flow: velocity and acceleration.
 * @param {Flow} flow
 * @param {number} x
 * @param {number} y
 * @param {number} tick
 */
function sampled(flow, x, y, tick) {
  flow.turnTo(tick, 1 / 60);
  flow.sample(x, y);
  return { ux: flow.ux, uy: flow.uy, ax: flow.ax, ay: flow.ay };
}

test("a spread is the slope of its waves, written out", () => {
  const spreads = [{ from_tick: 0, strengths: WIDE }];
  const plain = sampled(new Flow(CURRENT, WIDTH, HEIGHT), 1200, 333, 7);
  const found = sampled(new Flow({ ...CURRENT, spreads }, WIDTH, HEIGHT), 1200, 333, 7);
  let ux = 0;
  let uy = 0;
  WIDE.forEach((row, m) =>
    row.forEach((strength, n) => {
      const kx = (m * Math.PI) / WIDTH;
      const ky = (n * Math.PI) / HEIGHT;
      ux += strength * kx * Math.sin(kx * 1200) * Math.cos(ky * 333);
      uy += strength * ky * Math.cos(kx * 1200) * Math.sin(ky * 333);
    }),
  );
  assert.ok(Math.abs(ux) > 0.1 && Math.abs(uy) > 0.1);
  assert.ok(Math.abs(found.ux - plain.ux - ux) < 1e-12);
  assert.ok(Math.abs(found.uy - plain.uy - uy) < 1e-12);
});

test("the acceleration is the current's change for whoever goes with the whole flow", () => {
  const spreads = [{ from_tick: 0, strengths: WIDE }];
  const flow = new Flow({ ...CURRENT, spreads }, WIDTH, HEIGHT);
  const current = new Flow(CURRENT, WIDTH, HEIGHT);
  const here = sampled(flow, 1500, 900, 4000);
  const h = 1e-3;
  const later = sampled(current, 1500 + h * here.ux, 900 + h * here.uy, 4000 + 60 * h);
  const sooner = sampled(current, 1500 - h * here.ux, 900 - h * here.uy, 4000 - 60 * h);
  assert.ok(Math.abs(here.ax - (later.ux - sooner.ux) / (2 * h)) < 1e-6);
  assert.ok(Math.abs(here.ay - (later.uy - sooner.uy) / (2 * h)) < 1e-6);
});

test("a spread holds from its tick on and until the next, whatever order is asked in", () => {
  const flow = new Flow({ ...CURRENT, modes: [], spreads: [] }, WIDTH, HEIGHT);
  flow.announce({ from_tick: 100, strengths: NARROW });
  const [a] = NARROW;
  flow.announce({ from_tick: 200, strengths: [a.map((one) => 2 * one)] });
  const first = sampled(flow, 700, 300, 199);
  assert.ok(Math.abs(first.uy) > 0.1);
  assert.deepEqual(sampled(flow, 700, 300, 100), first);
  assert.notEqual(sampled(flow, 700, 300, 200).uy, first.uy);
  assert.equal(sampled(flow, 700, 300, 99).uy, 0);
  assert.deepEqual(sampled(flow, 700, 300, 199), first);
});

test("only the newest two spreads are kept", () => {
  const flow = new Flow(CURRENT, WIDTH, HEIGHT);
  for (const tick of [10, 20, 30]) flow.announce({ from_tick: tick, strengths: NARROW });
  assert.deepEqual(flow.spreads.map((spread) => spread.from_tick), [20, 30]);
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
  step(state, { pull: 1, modes: [], spreads: [] }, { stiffness: 0, damping: 0 }, 0, 1 / 60, 1000, 1000);
  assert.equal(state.x[0], 101);
  assert.equal(state.vx[0], 59);
});

test("a turned body comes upright", () => {
  const state = stateOf([[100, 100, 0.5, 0, 0, 0]]);
  for (let tick = 0; tick < 600; tick += 1) {
    step(state, { pull: 0, modes: [], spreads: [] }, { stiffness: 4, damping: 2 }, tick, 1 / 60, 1000, 1000);
  }
  assert.ok(Math.abs(state.angle[0]) < 1e-3);
});

test("a step moves only the bodies of its range", () => {
  const state = stateOf([[1, 1, 0.1, 60, 6, 6], [2, 2, 0.1, 60, 6, 6], [3, 3, 0.1, 60, 6, 6]]);
  const flow = new Flow({ pull: 0, modes: [], spreads: [] }, 100, 100);
  stepWith(state, flow, 0, { stiffness: 0, damping: 0 }, 0, 1 / 60, 1, 2);
  assert.deepEqual([...state.x], [1, 3, 3]);
  assert.deepEqual([...state.y], [1, 2.1, 3]);
});

test("the flow pulls a body by what it lacks of it, on both axes", () => {
  const state = stateOf([[1200, 333, 0, 5, -7, 0]]);
  const flow = new Flow(CURRENT, WIDTH, HEIGHT);
  flow.turnTo(30, 0.5);
  flow.sample(1200, 333);
  const { ux, uy, ax, ay } = flow;
  stepWith(state, flow, 0.6, { stiffness: 0, damping: 0 }, 30, 0.5, 0, 1);
  assert.ok(Math.abs(state.vx[0] - (5 + (ax + 0.6 * (ux - 5)) * 0.5)) < 1e-12);
  assert.ok(Math.abs(state.vy[0] - (-7 + (ay + 0.6 * (uy + 7)) * 0.5)) < 1e-12);
});

test("a body comes upright by the sine of its angle, and is damped by its spin", () => {
  const state = stateOf([[0, 0, 2, 0, 0, 3]]);
  step(state, { pull: 0, modes: [], spreads: [] }, { stiffness: 4, damping: 2 }, 0, 0.5, 1000, 1000);
  assert.equal(state.angle[0], 3.5);
  assert.ok(Math.abs(state.omega[0] - (3 + (-4 * Math.sin(2) - 2 * 3) * 0.5)) < 1e-12);
});

test("the stream is laid out row by row, and what was in the grid before is gone", () => {
  const flow = new Flow(CURRENT, WIDTH, HEIGHT);
  flow.turnTo(5, 1 / 60);
  const xs = Float64Array.of(0, 400, 900);
  const ys = Float64Array.of(300, 1500);
  const values = new Float64Array(8).fill(7);
  flow.streamGrid(values, xs, ys);
  ys.forEach((y, j) =>
    xs.forEach((x, i) => {
      const sum = CURRENT.modes.reduce((total, [m, n, amplitude, rate, phase]) => {
        const a = amplitude * Math.cos((rate * 5) / 60 + phase);
        return total + a * Math.sin((m * Math.PI * x) / WIDTH) * Math.sin((n * Math.PI * y) / HEIGHT);
      }, 0);
      assert.ok(Math.abs(values[j * 3 + i] - sum) < 1e-9);
    }),
  );
  assert.deepEqual([...values.slice(6)], [7, 7], "beyond the grid nothing is written");
});
