import assert from "node:assert/strict";
import { test } from "node:test";

import { Walk } from "../../../static/js/chrome/walk.js";

/** A browser's history, as far as a walk needs it. */
class Past {
  constructor() {
    /** @type {any[]} */
    this.states = [null];
    this.at = 0;
    /** @type {() => void} */
    this.moved = () => {};
    // @ts-expect-error -- the page's window, of which only this is used
    globalThis.window = { addEventListener: (name, heard) => (this.moved = name === "popstate" ? heard : this.moved) };
  }

  get state() {
    return this.states[this.at];
  }

  /** @param {any} state */
  pushState(state) {
    this.states = [...this.states.slice(0, this.at + 1), state];
    this.at += 1;
  }

  /** @param {any} state */
  replaceState(state) {
    this.states[this.at] = state;
  }

  back() {
    this.at -= 1;
    this.moved();
  }
}

function walking() {
  const past = new Past();
  /** @type {string[]} */
  const returned = [];
  const walk = new Walk((step) => returned.push(`${step.at}: ${step.why}`), /** @type {any} */ (past));
  return { past, walk, returned };
}

const at = (/** @type {string} */ id) => ({ at: id, why: `why ${id}` });

test("every step leads back the way it came, with its reason", () => {
  const { walk, returned } = walking();
  walk.step(at("a"), at("b"));
  walk.step(at("b"), at("c"));
  assert.ok(walk.leadsBackFrom("c"));
  walk.back();
  walk.back();
  assert.deepEqual(returned, ["b: why b", "a: why a"]);
  assert.equal(walk.leadsBackFrom("a"), false);
});

test("before its first step there is no way back", () => {
  const { walk, past } = walking();
  assert.equal(walk.leadsBackFrom("a"), false);
  walk.back();
  assert.equal(past.at, 0);
});

test("a card the walk did not lead to has no way back", () => {
  const { walk } = walking();
  walk.step(at("a"), at("b"));
  assert.equal(walk.leadsBackFrom("elsewhere"), false);
});

test("a walk goes on from a link come to by another way", () => {
  const { walk, returned } = walking();
  walk.step(at("a"), at("b"));
  walk.step(at("picked"), at("c"));
  walk.back();
  assert.ok(walk.leadsBackFrom("picked"));
  walk.back();
  assert.deepEqual(returned, ["picked: why picked", "a: why a"]);
});

test("what others keep in the history stays there", () => {
  const { walk, past } = walking();
  past.replaceState({ theirs: 1 });
  walk.step(at("a"), at("b"));
  assert.equal(past.state.theirs, 1);
});

test("a step from where the walk stands adds one entry, and keeps what led there", () => {
  const { walk, past } = walking();
  walk.step(at("a"), at("b"));
  walk.step(at("b"), at("c"));
  assert.deepEqual(past.states.map((state) => state.walk), [
    { at: "a", why: "why a", from: null },
    { at: "b", why: "why b", from: "a" },
    { at: "c", why: "why c", from: "b" },
  ]);
});

test("where no walk was, going back in the browser's history tells nothing", () => {
  const { past, returned } = walking();
  past.pushState({ theirs: 2 });
  past.back();
  assert.deepEqual(returned, []);
});

test("the first card of a walk has no way back, also by hand", () => {
  const { walk, past } = walking();
  walk.step(at("a"), at("b"));
  walk.back();
  walk.back();
  assert.equal(past.at, 0);
});

test("a step on from the walk's own link keeps the reason it was brought for", () => {
  const { walk, returned } = walking();
  walk.step(at("a"), at("b"));
  walk.step({ at: "b", why: "" }, at("c"));
  walk.back();
  assert.deepEqual(returned, ["b: why b"]);
});
