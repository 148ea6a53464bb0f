import assert from "node:assert/strict";
import { test } from "node:test";

import { listenForKeys } from "../../../static/js/hands/keyboard.js";
import { happen, lay } from "../dom.mjs";

function listening({ focused = true, footnotes = 2 } = {}) {
  const page = lay(`
    <div id="stage"></div><button>Find</button><input id="field"><select></select><textarea></textarea>
    <dialog open><input id="asked"><b id="inside"></b></dialog><dialog id="shut"><input id="left"></dialog>`);
  /** @type {string[]} */
  const did = [];
  const name = (/** @type {string} */ word) => (/** @type {number[]} */ ...given) => {
    did.push([word, ...given].join(" "));
    return true;
  };
  listenForKeys({
    pan: name("pan"),
    zoom: name("zoom"),
    fit: name("fit"),
    lucky: name("lucky"),
    pause: name("pause"),
    find: name("find"),
    help: name("help"),
    escape: name("escape"),
    back: name("back"),
    footnote: (number) => number <= footnotes && name("footnote")(number),
    nudge: (dx, dy) => focused && name("nudge")(dx, dy),
  });
  /**
   * @param {string} key
   * @param {string} [on]
   * @param {Record<string, unknown>} [with_]
   */
  const press = (key, on = "#stage", with_ = {}) => {
    did.length = 0;
    const event = happen(page.querySelector(on), "keydown", { key, ...with_ });
    return { did: did.join(", "), taken: event.defaultPrevented };
  };
  return { page, press };
}

test("every gesture has a key", () => {
  const { press } = listening();
  const keys = {
    ...{ l: "lucky", L: "lucky", "+": "zoom 1.25", "=": "zoom 1.25", "-": "zoom 0.8", 0: "fit" },
    ...{ p: "pause", P: "pause", " ": "pause", f: "find", F: "find", "/": "find", "?": "help" },
    ...{ 1: "footnote 1", 2: "footnote 2", Backspace: "back", Escape: "escape" },
    ...{ ArrowLeft: "pan -90 0", ArrowRight: "pan 90 0", ArrowUp: "pan 0 -90", ArrowDown: "pan 0 90" },
  };
  for (const [key, did] of Object.entries(keys)) assert.deepEqual(press(key), { did, taken: true }, key);
});

test("the third footnote has a key too", () => {
  assert.equal(listening({ footnotes: 3 }).press("3").did, "footnote 3");
});

test("a footnote that is not there leaves the key to the browser", () => {
  assert.deepEqual(listening().press("3"), { did: "", taken: false });
});

test("a key of nobody is left to the browser", () => {
  const { press } = listening();
  for (const key of ["x", "4", "Tab", "Enter"]) assert.deepEqual(press(key), { did: "", taken: false }, key);
});

test("Shift and an arrow nudge what is in focus, and pan where nothing is", () => {
  const shift = { shiftKey: true };
  assert.deepEqual(listening().press("ArrowUp", "#stage", shift), { did: "nudge 0 -40", taken: true });
  assert.deepEqual(listening().press("ArrowRight", "#stage", shift), { did: "nudge 40 0", taken: true });
  assert.equal(listening({ focused: false }).press("ArrowLeft", "#stage", { shiftKey: true }).did, "pan -90 0");
});

test("keys with Control, Alt or Command are the browser's", () => {
  const { press } = listening();
  for (const held of ["ctrlKey", "metaKey", "altKey"]) {
    assert.deepEqual(press("l", "#stage", { [held]: true }), { did: "", taken: false }, held);
  }
});

test("what a control took already is done", () => {
  const { page, press } = listening();
  page.querySelector("#stage").addEventListener("keydown", (/** @type {any} */ event) => event.preventDefault());
  assert.equal(press("l").did, "");
});

test("fields keep their keys, and so does everything in an open dialog", () => {
  const { press } = listening();
  for (const on of ["#field", "select", "textarea", "#asked", "#inside"]) assert.equal(press("l", on).did, "", on);
});

test("a field of a dialog that closed is no field any more", () => {
  assert.equal(listening().press("l", "#left").did, "lucky");
});

test("Space presses a button and pauses everywhere else; other keys work on buttons too", () => {
  const { press } = listening();
  assert.deepEqual(press(" ", "button"), { did: "", taken: false });
  assert.equal(press("l", "button").did, "lucky");
  assert.equal(press("p", "button").did, "pause");
  assert.equal(press("P", "button").did, "pause");
});
