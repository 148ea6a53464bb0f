import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Pointer } from "../../../static/js/hands/pointer.js";
import { Camera } from "../../../static/js/view/camera.js";
import { happen, lay } from "../dom.mjs";

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  Object.assign(globalThis, { WheelEvent: { DOM_DELTA_LINE: 1 } });
});

/**
 * A stage of 800 × 600 at 50, 20 of the page, with one pill of 200 × 34 in its middle.
 * @param {{takes?: boolean}} [given]
 */
function pointing({ takes = true } = {}) {
  const page = lay('<a href="#">focused</a><div id="stage"></div>');
  const stage = page.querySelector("#stage");
  stage.getBoundingClientRect = () => ({ left: 50, top: 20 });
  /** @type {number[]} */
  const captured = [];
  stage.setPointerCapture = (/** @type {number} */ id) => captured.push(id);
  const camera = new Camera();
  camera.resize(800, 600);
  camera.setWorld(2000, 1000);
  camera.x = 1000;
  camera.y = 500;
  /** @type {number[]} */
  const slops = [];
  const bodies = {
    /** @param {number} x @param {number} y @param {number} slop */
    at: (x, y, slop) => {
      slops.push(slop);
      return Math.abs(x - 1000) <= 100 && Math.abs(y - 500) <= 17 ? 0 : -1;
    },
  };
  /** @type {string[]} */
  const did = [];
  const name = (/** @type {string} */ word) => (/** @type {unknown[]} */ ...given) => {
    did.push([word, ...given].join(" "));
    return takes;
  };
  const pointer = new Pointer(stage, camera, /** @type {any} */ (bodies), {
    hovered: name("hovered"),
    clicked: name("clicked"),
    take: name("take"),
    drag: name("drag"),
    release: name("release"),
    moved: name("moved"),
  });
  /**
   * @param {string} kind
   * @param {number} x On the stage.
   * @param {number} y
   * @param {Record<string, unknown>} [more]
   */
  const point = (kind, x, y, more = {}) =>
    happen(stage, `pointer${kind}`, {
      ...{ clientX: x + 50, clientY: y + 20, pointerId: 1, pointerType: "mouse", button: 0, timeStamp: 0 },
      ...more,
    });
  return { page, stage, camera, pointer, point, slops, captured, did: () => did.splice(0) };
}

test("a press and release in place is a click on what lies there, or on the water", () => {
  const { point, did } = pointing();
  point("down", 400, 300);
  point("up", 400, 300, { timeStamp: 399 });
  point("down", 100, 100, { pointerType: "touch", button: 1, timeStamp: 9000 });
  point("up", 100, 100, { pointerType: "touch", timeStamp: 9399 });
  assert.deepEqual(did(), ["clicked 0 false", "clicked -1 true"]);
});

test("a press longer than 0.4 s, or one that the browser took over, is no click", () => {
  const { point, did } = pointing();
  point("down", 400, 300);
  point("up", 400, 300, { timeStamp: 400 });
  point("down", 400, 300);
  point("cancel", 400, 300);
  assert.deepEqual(did(), []);
});

test("another mouse button is no gesture", () => {
  const { point, did, pointer } = pointing();
  point("down", 400, 300, { button: 2 });
  point("up", 400, 300, { button: 2 });
  assert.deepEqual(did(), []);
  assert.equal(pointer.mode, "none");
});

test("less than six pixels are still a click; six take the pill by where it was pressed", () => {
  const { point, did, stage } = pointing();
  point("down", 410, 303);
  point("move", 415, 303, { timeStamp: 10 });
  assert.deepEqual(did(), []);
  point("move", 416, 303, { timeStamp: 20 });
  assert.deepEqual(did(), ["take 0 1010 503 20", "drag 1016 503 20"]);
  assert.equal(stage.dataset.gesture, "drag");
});

test("a drag is let go with the speed of the hand in world units", () => {
  const { point, did, camera, stage } = pointing();
  camera.zoom = 2;
  point("down", 400, 300);
  point("move", 440, 300, { timeStamp: 40 });
  point("move", 480, 280, { timeStamp: 80 });
  did();
  point("up", 480, 280, { timeStamp: 90 });
  assert.deepEqual(did(), ["release 500 -125 90"]);
  assert.equal(stage.dataset.gesture, undefined);
  assert.equal(camera.held, false);
});

test("a drag that the browser took over is let go at rest", () => {
  const { point, did } = pointing();
  point("down", 400, 300);
  point("move", 480, 300, { timeStamp: 40 });
  did();
  point("cancel", 480, 300, { timeStamp: 41 });
  assert.deepEqual(did(), ["release 0 0 41"]);
});

test("a press on the water pushes it aside, from where it was pressed, and it glides on", () => {
  const { point, did, camera, stage } = pointing();
  camera.vx = 300;
  point("down", 100, 100);
  assert.equal(camera.vx, 0);
  assert.equal(camera.held, true);
  point("move", 103, 100, { timeStamp: 20 });
  point("move", 140, 120, { timeStamp: 40 });
  assert.deepEqual([camera.x, camera.y], [960, 480]);
  assert.equal(stage.dataset.gesture, "pan");
  assert.deepEqual(did(), ["moved"]);
  camera.zoom = 2;
  point("up", 140, 120, { timeStamp: 50 });
  assert.deepEqual([camera.vx, camera.vy], [-500, -250]);
});

test("a pill that is not to be had is water to the hand", () => {
  const { point, did, camera } = pointing({ takes: false });
  camera.vx = 50;
  point("down", 400, 300);
  point("move", 440, 300, { timeStamp: 40 });
  assert.deepEqual(did(), ["take 0 1000 500 40", "moved"]);
  assert.equal(camera.x, 960);
  assert.equal(camera.vx, 0);
});

test("two fingers zoom about their middle, and move the water with it", () => {
  const { point, camera, did } = pointing();
  point("down", 300, 300, { pointerType: "touch" });
  point("down", 500, 300, { pointerType: "touch", pointerId: 2 });
  point("move", 550, 300, { pointerType: "touch", pointerId: 2 });
  assert.equal(camera.zoom, 1.25);
  // The middle went from 400 to 425, and what lay there went along.
  assert.equal(camera.screenX(1000), 425);
  assert.deepEqual(did(), ["moved"]);
  point("move", 300, 350, { pointerType: "touch" });
  // The fingers are √(250² + 50²) apart now, their middle 25 lower.
  assert.ok(Math.abs(camera.zoom - (1.25 * Math.hypot(250, 50)) / 250) < 1e-9);
  assert.ok(Math.abs(camera.screenY(500) - 325) < 1e-9);
});

test("fingers that all but touch move the water and do not zoom", () => {
  const { point, camera } = pointing();
  point("down", 300, 300, { pointerType: "touch" });
  point("down", 308, 300, { pointerType: "touch", pointerId: 2 });
  point("move", 320, 300, { pointerType: "touch", pointerId: 2 });
  assert.equal(camera.zoom, 1);
  assert.equal(camera.x, 994);
  point("move", 328, 300, { pointerType: "touch" });
  assert.equal(camera.zoom, 1);
});

test("a pinch ends with its last finger, and is no click", () => {
  const { point, did, pointer, camera } = pointing();
  point("down", 300, 300, { pointerType: "touch" });
  point("down", 500, 300, { pointerType: "touch", pointerId: 2 });
  point("up", 500, 300, { pointerType: "touch", pointerId: 2 });
  assert.equal(pointer.mode, "pinch");
  point("up", 300, 300, { pointerType: "touch" });
  assert.deepEqual([pointer.mode, camera.held], ["none", false]);
  assert.deepEqual(did(), []);
});

test("a second finger does not take a drag away, nor a third a pinch", () => {
  const { point, did, pointer } = pointing();
  point("down", 400, 300, { pointerType: "touch" });
  point("move", 420, 300, { pointerType: "touch" });
  point("down", 100, 100, { pointerType: "touch", pointerId: 2 });
  did();
  point("move", 120, 100, { pointerType: "touch", pointerId: 2 });
  point("up", 120, 100, { pointerType: "touch", pointerId: 2 });
  assert.deepEqual(did(), []);
  assert.equal(pointer.mode, "drag");
});

test("a finger that was never put down does nothing", () => {
  const { point, did } = pointing();
  point("move", 400, 300, { pointerType: "touch" });
  point("up", 400, 300, { pointerType: "touch" });
  mock.timers.tick(1000);
  assert.deepEqual(did(), []);
});

test("a mouse that rests on a pill looks at it after 80 ms, and away from it after 220", () => {
  const { point, did, stage } = pointing();
  point("move", 400, 300);
  assert.ok(stage.classList.contains("over"));
  mock.timers.tick(79);
  assert.deepEqual(did(), []);
  mock.timers.tick(1);
  assert.deepEqual(did(), ["hovered 0"]);
  point("move", 405, 300);
  mock.timers.tick(1000);
  assert.deepEqual(did(), []);
  point("move", 100, 100);
  assert.ok(!stage.classList.contains("over"));
  mock.timers.tick(219);
  assert.deepEqual(did(), []);
  mock.timers.tick(1);
  assert.deepEqual(did(), ["hovered -1"]);
});

test("a mouse that leaves the stage looks away", () => {
  const { point, did } = pointing();
  point("move", 400, 300);
  mock.timers.tick(80);
  did();
  point("leave", 0, 0);
  mock.timers.tick(220);
  assert.deepEqual(did(), ["hovered -1"]);
});

test("on the card the look is kept, and beside it it ends", () => {
  const { point, pointer, did } = pointing();
  point("move", 400, 300);
  mock.timers.tick(80);
  point("move", 100, 100);
  pointer.keepHover();
  mock.timers.tick(1000);
  assert.deepEqual(did(), ["hovered 0"]);
  pointer.endHover();
  mock.timers.tick(220);
  assert.deepEqual(did(), ["hovered -1"]);
});

test("a drag forgets the look that was due", () => {
  const { point, did } = pointing();
  point("move", 400, 300);
  point("down", 400, 300);
  point("move", 420, 300);
  did();
  mock.timers.tick(1000);
  assert.deepEqual(did(), []);
});

test("a pill is met within 2 units, or as far as makes it 24 px high", () => {
  const { point, camera, slops } = pointing();
  point("move", 400, 300);
  camera.zoom = 0.5;
  point("move", 401, 300);
  camera.zoom = 2;
  point("move", 402, 300);
  assert.deepEqual(slops, [2, 3.5 / 0.5, 1]);
});

test("a press takes the focus from the list", () => {
  const { page, point } = pointing();
  page.querySelector("a").focus();
  point("down", 100, 100);
  assert.equal(page.activeElement, page.body);
});

test("a drag can be cancelled, and what the hand does then is nothing", () => {
  const { point, pointer, did, stage, camera } = pointing();
  pointer.cancel();
  point("down", 400, 300);
  pointer.cancel();
  assert.equal(pointer.mode, "pressed");
  point("move", 480, 300);
  did();
  pointer.cancel();
  assert.deepEqual([pointer.mode, camera.held, stage.dataset.gesture], ["none", false, undefined]);
  point("move", 500, 300, { pointerType: "touch" });
  point("up", 500, 300);
  assert.deepEqual(did(), []);
});

test("the wheel pans, with Shift sideways, by lines of 18 px where it counts in lines", () => {
  const { stage, camera, did } = pointing();
  const wheel = (/** @type {Record<string, unknown>} */ given) =>
    happen(stage, "wheel", { ...{ deltaX: 0, deltaY: 0, deltaMode: 0, clientX: 450, clientY: 320 }, ...given });
  camera.vx = 100;
  assert.ok(wheel({ deltaX: 10, deltaY: 20 }).defaultPrevented);
  assert.deepEqual([camera.x, camera.y, camera.vx], [1010, 520, 0]);
  wheel({ deltaY: 30, shiftKey: true });
  assert.deepEqual([camera.x, camera.y], [1040, 520]);
  wheel({ deltaX: 5, deltaY: 30, shiftKey: true });
  assert.deepEqual([camera.x, camera.y], [1045, 550]);
  wheel({ deltaX: 1, deltaY: -1, deltaMode: 1 });
  assert.deepEqual([camera.x, camera.y], [1063, 532]);
  assert.deepEqual(did(), ["moved", "moved", "moved", "moved"]);
});

test("with Control or Command the wheel zooms about the pointer", () => {
  for (const key of ["ctrlKey", "metaKey"]) {
    const { stage, camera } = pointing();
    const before = camera.worldX(600);
    happen(stage, "wheel", { deltaX: 0, deltaY: -100, deltaMode: 0, clientX: 650, clientY: 320, [key]: true });
    assert.ok(Math.abs(camera.zoom - Math.exp(0.5)) < 1e-9);
    assert.ok(Math.abs(camera.worldX(600) - before) < 1e-9);
  }
  const { stage, camera } = pointing();
  happen(stage, "wheel", { deltaX: 0, deltaY: -5, deltaMode: 1, clientX: 450, clientY: 320, ctrlKey: true });
  assert.ok(Math.abs(camera.zoom - Math.exp(5 * 18 * 0.005)) < 1e-9);
});

test("the browser's own picture drag never begins, and its menu not during a gesture", () => {
  const { stage, point } = pointing();
  assert.ok(happen(stage, "dragstart").defaultPrevented);
  assert.equal(happen(stage, "contextmenu").defaultPrevented, false);
  point("down", 400, 300);
  assert.ok(happen(stage, "contextmenu").defaultPrevented);
});

test("a press on a pill lets a gliding view glide; the water's own press stops it", () => {
  const { point, camera } = pointing();
  camera.vx = 100;
  point("down", 400, 300);
  assert.equal(camera.vx, 100);
  point("move", 420, 300);
  assert.equal(camera.vx, 100);
});

test("fingers on the water hold the view", () => {
  const { point, camera } = pointing();
  point("down", 100, 100, { pointerType: "touch" });
  camera.held = false;
  camera.vx = 90;
  point("down", 200, 100, { pointerType: "touch", pointerId: 2 });
  assert.deepEqual([camera.held, camera.vx], [true, 0]);
});

test("the wheel may be kept from the browser: its listener says so", () => {
  /** @type {Record<string, unknown>} */
  const options = {};
  const stage = /** @type {any} */ ({
    addEventListener: (/** @type {string} */ kind, /** @type {unknown} */ _hear, /** @type {unknown} */ given) =>
      (options[kind] = given),
  });
  new Pointer(stage, new Camera(), /** @type {any} */ ({}), /** @type {any} */ ({}));
  assert.deepEqual(options.wheel, { passive: false });
});

test("a finger that leaves the stage is still heard", () => {
  const { point, captured } = pointing();
  point("down", 100, 100, { pointerType: "touch", pointerId: 7 });
  assert.deepEqual(captured, [7]);
});

test("a gesture's speed is its own, however soon it follows another", () => {
  const { point, camera } = pointing();
  point("down", 100, 100);
  point("move", 300, 100, { timeStamp: 20 });
  point("up", 300, 100, { timeStamp: 20 });
  point("down", 200, 100, { timeStamp: 30 });
  point("move", 200, 110, { timeStamp: 50 });
  point("up", 200, 110, { timeStamp: 50 });
  assert.deepEqual([camera.vx, camera.vy].map((v) => Math.round(v) + 0), [0, -500]);
});

test("after a cancelled drag the next finger begins a gesture of its own", () => {
  const { point, pointer } = pointing();
  point("down", 400, 300, { pointerType: "touch" });
  point("move", 420, 300, { pointerType: "touch" });
  pointer.cancel();
  point("down", 100, 100, { pointerType: "touch", pointerId: 2 });
  assert.equal(pointer.mode, "pressed");
});

test("a mouse that only crosses a pill never looks at it", () => {
  const { point, did } = pointing();
  point("move", 400, 300);
  mock.timers.tick(40);
  point("move", 100, 100);
  mock.timers.tick(1000);
  assert.deepEqual(did(), ["hovered -1"]);
});
