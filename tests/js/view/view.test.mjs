import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Bodies } from "../../../static/js/water/bodies.js";
import { View } from "../../../static/js/view/view.js";
import { lay } from "../dom.mjs";
import { placed, welcome } from "../sockets.mjs";

/** @type {any} */
let page;

beforeEach(() => {
  page = lay("");
});

/**
 * A view of 800 × 600 on three pills of 200 × 34.
 * @param {{calm?: boolean, rows?: number[][]}} [given]
 */
function viewing({ calm = false, rows = [[1000, 500], [1200, 500], [300, 200]] } = {}) {
  const bodies = new Bodies();
  bodies.begin({ ...welcome(), links: rows.map((_, slot) => placed(slot)) });
  const states = rows.flatMap(([x, y]) => [x, y, 0, 0, 0, 0]);
  const slots = rows.map((_, slot) => slot);
  bodies.apply({ whole: true, epoch: 1, tick: 0, since: 0, blocks: [{ tick: 0, slots, states }] });
  bodies.draw(0, 0, 0);
  /** @type {any[]} */
  const cards = [];
  /** @type {any[]} Where they were placed, and whether they wait. */
  const placings = [];
  const preview = /** @type {any} */ ({
    link: null,
    inset: 0,
    lift: { x: 0, y: 0 },
    show(/** @type {any} */ link, /** @type {any} */ surfacing) {
      this.link = link;
      cards.push([link.id, surfacing]);
    },
    hide() {
      if (this.link) cards.push(null);
      this.link = null;
    },
    wait: (/** @type {boolean} */ waiting) => placings.push(waiting ? "waits" : "stands"),
    place: (/** @type {any} */ box) => placings.push(box),
  });
  const view = new View(bodies, preview, calm);
  view.camera.resize(800, 600);
  view.camera.setWorld(2000, 1000);
  view.camera.x = 1000;
  view.camera.y = 500;
  return { bodies, preview, view, cards, placings };
}

/** @param {View} view */
function arrive(view) {
  for (let i = 0; i < 120; i += 1) view.camera.advance(1 / 60);
}

const WHY = { why: "long adrift", permalink: "/l/link1" };

test("a link brought forward is flown to, followed, marked, and its card says why", () => {
  const { view, bodies, cards } = viewing();
  view.bring("link1", WHY);
  assert.deepEqual(cards, [["link1", WHY]]);
  assert.equal(view.marks.picked, "link1");
  assert.equal(view.marks.attended, "link1");
  arrive(view);
  assert.equal(Math.round(view.camera.x), 1200);
  bodies.drawn.x[1] = 1250;
  arrive(view);
  assert.equal(Math.round(view.camera.x), 1250);
});

test("bringing forward zooms in to full size, and not out", () => {
  const { view } = viewing();
  view.camera.zoom = 0.6;
  view.bring("link1", null);
  arrive(view);
  assert.equal(view.camera.zoom, 1);
  view.camera.zoom = 2;
  view.bring("link0", null);
  arrive(view);
  assert.equal(view.camera.zoom, 2);
});

test("who prefers less motion is there at once", () => {
  const { view } = viewing({ calm: true });
  view.bring("link1", null);
  assert.equal(view.camera.x, 1200);
  assert.equal(view.camera.flight, null);
});

test("a link that is not there is not brought", () => {
  const { view, cards } = viewing();
  view.bring("nobody", WHY);
  assert.equal(view.marks.picked, null);
  assert.deepEqual(cards, []);
});

test("bringing forward takes the place of a hover, and keeps the focus only on itself", () => {
  const { view } = viewing();
  view.attention.set("hovered", "link0");
  view.attention.set("focused", "link1");
  view.bring("link1", null);
  assert.deepEqual(view.attention.ids, { hovered: null, focused: "link1", brought: "link1" });
  view.bring("link2", null);
  assert.deepEqual(view.attention.ids, { hovered: null, focused: null, brought: "link2" });
});

test("only the picked link's card says why it is here", () => {
  const { view, cards } = viewing();
  view.bring("link1", WHY);
  view.attention.set("hovered", "link0");
  view.attention.set("hovered", null);
  assert.deepEqual(cards, [["link1", WHY], ["link0", null], ["link1", WHY]]);
});

test("a pill amid the view stands as much higher as its card asks for, by the zoom", () => {
  const { view, preview } = viewing({ calm: true });
  preview.lift = { x: 40, y: 60 };
  preview.inset = 20;
  view.camera.zoom = 2;
  view.bring("link1", null);
  assert.equal(view.camera.x, 1200 + 20);
  assert.equal(view.camera.y, 500 + (10 + 60) / 2);
});

test("a tap brings the card and leaves the camera where the pill is in view", () => {
  const { view, cards } = viewing();
  view.bring("link1", WHY);
  arrive(view);
  const { x } = view.camera;
  view.touch(placed(0));
  assert.equal(view.camera.following, null);
  assert.equal(view.marks.picked, null);
  assert.equal(view.surfacing, null);
  assert.deepEqual(cards.at(-1), ["link0", null]);
  arrive(view);
  assert.equal(view.camera.x, x);
});

test("a tap on the picked link keeps the reason", () => {
  const { view } = viewing();
  view.bring("link1", WHY);
  view.touch(placed(1));
  assert.equal(view.marks.picked, "link1");
  assert.equal(view.surfacing, WHY);
});

test("a pill out of sight is flown to, with 24 px to each edge", () => {
  const edges = /** @type {const} */ ([
    ...[[1000 - 400 + 24 + 101, 500, true], [1000 - 400 + 24 + 99, 500, false]],
    ...[[1000 + 400 - 24 - 101, 500, true], [1000 + 400 - 24 - 99, 500, false]],
    ...[[1000, 500 - 300 + 24 + 18, true], [1000, 500 - 300 + 24 + 16, false]],
    ...[[1000, 500 + 300 - 24 - 18, true], [1000, 500 + 300 - 24 - 16, false]],
  ]);
  for (const [x, y, seen] of edges) {
    const { view } = viewing({ rows: [[x, y]] });
    view.keepInView(placed(0));
    assert.equal(view.camera.flight === null, seen, `${x}, ${y}`);
  }
});

test("what a sheet covers is out of sight", () => {
  const { view, preview } = viewing({ rows: [[1000, 700]] });
  view.keepInView(placed(0));
  assert.equal(view.camera.flight, null);
  preview.inset = 100;
  view.keepInView(placed(0));
  assert.notEqual(view.camera.flight, null);
});

test("a pill wider than the view is in view when its middle is", () => {
  const { view } = viewing();
  view.camera.zoom = 3;
  view.camera.resize(500, 600);
  view.keepInView(placed(0));
  assert.equal(view.camera.flight, null);
  view.camera.x += 7;
  view.keepInView(placed(0));
  assert.equal(view.camera.flight, null);
  view.camera.x += 3;
  view.keepInView(placed(0));
  assert.notEqual(view.camera.flight, null);
});

test("who prefers less motion is cut to a pill out of sight", () => {
  const { view } = viewing({ calm: true });
  view.keepInView(placed(2));
  assert.equal(view.camera.flight, null);
  assert.equal(view.camera.x, 400 - 72);
});

test("letting go attends to nothing, forgets the pick and rests", () => {
  const { view, cards } = viewing();
  view.bring("link1", WHY);
  view.dirty = false;
  view.dismiss();
  assert.deepEqual([view.marks.picked, view.surfacing, view.attention.id], [null, null, null]);
  assert.deepEqual([view.camera.flight, view.camera.following], [null, null]);
  assert.equal(cards.at(-1), null);
  assert.ok(view.dirty);
});

test("what is hovered or focused is held still for this visitor, and let go of afterwards", () => {
  const { view, bodies } = viewing();
  view.attention.set("hovered", "link0");
  view.attention.set("focused", "link1");
  assert.deepEqual([...bodies.pins.keys()].sort(), [0, 1]);
  view.attention.set("hovered", null);
  assert.deepEqual([...bodies.pins.keys()], [1]);
  view.attention.set("focused", null);
  assert.equal(bodies.pins.size, 0);
});

test("what was brought forward drifts on", () => {
  const { view, bodies } = viewing();
  view.bring("link1", null);
  assert.equal(bodies.pins.size, 0);
});

test("a pin that is there stays where it is, and what is in hand keeps its own", () => {
  const { view, bodies } = viewing();
  view.attention.set("hovered", "link0");
  bodies.pin(0, 70, 80);
  view.attend();
  assert.deepEqual(bodies.pins.get(0), { x: 70, y: 80 });
  view.marks.inHand = "link0";
  view.attention.set("hovered", null);
  assert.deepEqual([...bodies.pins.keys()], [0]);
});

test("a body without a place yet is not held still", () => {
  const { view, bodies } = viewing();
  bodies.present[0] = 0;
  view.attention.set("hovered", "link0");
  assert.equal(bodies.pins.size, 0);
});

test("a pin of a link that left is let go of", () => {
  const { view, bodies } = viewing();
  bodies.pins.set(7, { x: 1, y: 1 });
  view.attend();
  assert.equal(bodies.pins.size, 0);
});

test("while something is in hand no other card opens, but the focused link's own", () => {
  const { view, cards } = viewing();
  view.marks.inHand = "link0";
  view.attention.set("hovered", "link1");
  assert.deepEqual(cards, []);
  view.attention.set("hovered", null);
  view.attention.set("focused", "link0");
  assert.deepEqual(cards, [["link0", null]]);
});

test("the marks name what is attended to and what has the focus", () => {
  const { view } = viewing();
  view.attention.set("focused", "link1");
  view.attention.set("hovered", "link0");
  assert.deepEqual([view.marks.attended, view.marks.focused], ["link0", "link1"]);
});

test("a sheet's height is the camera's to know", () => {
  const { view, preview } = viewing();
  preview.inset = 120;
  view.dirty = false;
  view.attention.set("hovered", "link0");
  assert.equal(view.camera.insetBottom, 120);
  assert.ok(view.dirty);
});

test("a card that changes its size is told to the camera", () => {
  const { view, preview } = viewing();
  preview.inset = 140;
  view.dirty = false;
  view.cardResized();
  assert.equal(view.camera.insetBottom, 140);
  assert.ok(view.dirty);
});

test("after a reload links that left are attended to no more", () => {
  const { view, bodies, cards } = viewing();
  view.attention.set("focused", "link1");
  view.attention.set("hovered", "link0");
  view.attention.set("brought", "link2");
  bodies.place([placed(1)], { width: 2000, height: 1000 }, welcome().current);
  view.review();
  assert.deepEqual(view.attention.ids, { hovered: null, focused: "link1", brought: null });
  assert.deepEqual(cards.at(-1), ["link1", null]);
});

test("it begins where most pills are in view, whole ones before halves; the middle wins a draw", () => {
  const { view } = viewing({ rows: [[1000, 500]] });
  view.settle();
  assert.deepEqual([view.camera.x, view.camera.y], [1000, 500]);
  const corner = viewing({ rows: [[1500, 750], [1500, 700], [1490, 650], [600, 500]] });
  corner.view.settle();
  const { camera } = corner.view;
  for (const slot of [0, 1, 2]) {
    const box = corner.view.boxOf(placed(slot));
    assert.ok(box.left >= 0 && box.right <= 800 && box.top >= 80 && box.bottom <= 520, `${camera.x} ${camera.y}`);
  }
});

test("what stands under the masthead or the button is not well seen", () => {
  // From the middle one is under the masthead: a little higher both are seen.
  const { view } = viewing({ rows: [[1000, 500 - 300 + 60], [1000, 500]] });
  view.settle();
  assert.equal(view.camera.y, 400);
});

test("a pill just clear of masthead and button is seen in full", () => {
  const { view } = viewing({ rows: [[1000, 200 + 80 + 17], [1000, 800 - 80 - 17]] });
  view.settle();
  assert.equal(view.camera.y, 500);
});

test("what is not there is not counted as seen", () => {
  const { view, bodies } = viewing({ rows: [[1500, 900], [1000, 500]] });
  bodies.present[0] = 0;
  view.settle();
  assert.deepEqual([view.camera.x, view.camera.y], [1000, 500]);
});

test("the stylesheet is told when all the water is in view", () => {
  const { view } = viewing();
  view.tellZoom();
  assert.equal(page.documentElement.dataset.view, "part");
  view.camera.zoom = view.camera.fitZoom * 1.14;
  view.tellZoom();
  assert.equal(page.documentElement.dataset.view, "whole");
  view.camera.zoom = view.camera.fitZoom * 1.16;
  view.tellZoom();
  assert.equal(page.documentElement.dataset.view, "part");
  view.camera.setWorld(200, 100);
  view.camera.zoom = 1;
  view.tellZoom();
  assert.equal(page.documentElement.dataset.view, "part");
});

test("a card stands beside its pill, and waits while that is out of sight", () => {
  const { view, placings } = viewing();
  view.placeCard();
  assert.deepEqual(placings, []);
  view.attention.set("hovered", "link0");
  placings.length = 0;
  view.placeCard();
  assert.deepEqual(placings, ["stands", { left: 300, right: 500, top: 283, bottom: 317 }]);
  for (const [x, y, waits] of /** @type {const} */ ([
    ...[[1000 - 501, 500, true], [1000 - 499, 500, false], [1000 + 501, 500, true], [1000 + 499, 500, false]],
    ...[[1000, 500 - 318, true], [1000, 500 - 316, false], [1000, 500 + 318, true], [1000, 500 + 316, false]],
  ])) {
    view.bodies.drawn.x[0] = x;
    view.bodies.drawn.y[0] = y;
    placings.length = 0;
    view.placeCard();
    assert.equal(placings[0], waits ? "waits" : "stands", `${x}, ${y}`);
  }
});

test("a card is placed beside its pill as soon as it is shown", () => {
  const { view, placings } = viewing();
  view.attention.set("hovered", "link0");
  assert.deepEqual(placings, ["stands", { left: 300, right: 500, top: 283, bottom: 317 }]);
});

test("a card comes in the last quarter of a flight", () => {
  const { view, placings } = viewing();
  view.bring("link0", null);
  const seconds = view.camera.flight?.seconds ?? 0;
  for (const [part, word] of /** @type {const} */ ([[0.74, "waits"], [0.76, "stands"]])) {
    if (view.camera.flight) view.camera.flight.passed = seconds * part;
    placings.length = 0;
    view.placeCard();
    assert.equal(placings[0], word);
  }
});

test("a link that left has no place for its card", () => {
  const { view, preview, placings } = viewing();
  preview.link = placed(9);
  view.placeCard();
  assert.deepEqual(placings, []);
});

test("a turned pill's bounds are those of its turned line", () => {
  const { view, bodies } = viewing();
  bodies.drawn.angle[0] = Math.PI / 2;
  const upright = view.boxOf(placed(0));
  assert.deepEqual(Object.values(upright).map(Math.round), [383, 200, 417, 400]);
  bodies.drawn.angle[0] = -Math.PI / 6;
  view.camera.zoom = 2;
  const { left, right, top, bottom } = view.boxOf(placed(0));
  const reach = [(83 * Math.cos(Math.PI / 6) + 17) * 2, (83 * 0.5 + 17) * 2];
  assert.deepEqual([right - 400, 400 - left, bottom - 300, 300 - top].map((px) => px.toFixed(6)), [
    ...[reach[0], reach[0], reach[1], reach[1]].map((px) => px.toFixed(6)),
  ]);
});
