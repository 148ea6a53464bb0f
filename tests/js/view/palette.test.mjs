import assert from "node:assert/strict";
import { test } from "node:test";

import { recall, remember } from "../../../static/js/chrome/storage.js";
import { mix, Palette } from "../../../static/js/view/palette.js";
import { lay } from "../dom.mjs";

test("colours mix channel by channel", () => {
  assert.equal(mix("#000000", "#ff8040", 0.5), "#804020");
  assert.equal(mix("#204080", "#204080", 0.3), "#204080");
});

test("a share of 0 gives the first colour and 1 the second, small channels in two digits", () => {
  assert.equal(mix("#0a0b0c", "#ffffff", 0), "#0a0b0c");
  assert.equal(mix("#ffffff", "#0a0b0c", 1), "#0a0b0c");
});

function coloured({ dark = false } = {}) {
  const page = lay("");
  const root = page.documentElement;
  const system = {
    matches: dark,
    changed: () => {},
    addEventListener: (/** @type {string} */ _name, /** @type {() => void} */ hear) => (system.changed = hear),
  };
  Object.assign(globalThis, {
    matchMedia: (/** @type {string} */ query) =>
      query === "(prefers-color-scheme: dark)" ? system : { matches: false },
    getComputedStyle: () => ({
      getPropertyValue: (/** @type {string} */ name) => ` ${root.dataset.theme} ${name}`,
    }),
  });
  let changes = 0;
  const palette = new Palette(() => (changes += 1));
  return { root, system, palette, changes: () => changes };
}

test("colours are the stylesheet's, of the system's theme at first", () => {
  remember("link-drift.theme", "auto");
  const { root, palette, changes } = coloured({ dark: true });
  assert.equal(root.dataset.theme, "dark");
  const { hues, ...others } = palette.colours;
  for (const [name, colour] of Object.entries(others)) assert.equal(colour, `dark --${name}`);
  assert.deepEqual(hues, Array.from({ length: 8 }, (_, i) => `dark --hue-${i}`));
  assert.equal(changes(), 0);
});

test("the theme goes round, is remembered, and each turn is told", () => {
  remember("link-drift.theme", "auto");
  const { root, palette, changes } = coloured({ dark: true });
  const seen = [1, 2, 3].map(() => {
    palette.turn();
    return [palette.theme, root.dataset.theme, recall("link-drift.theme")].join(" ");
  });
  assert.deepEqual(seen, ["light light light", "dark dark dark", "auto dark auto"]);
  assert.equal(changes(), 3);
});

test("a theme that was chosen holds whatever the system prefers, and a damaged choice is none", () => {
  remember("link-drift.theme", "light");
  assert.equal(coloured({ dark: true }).root.dataset.theme, "light");
  remember("link-drift.theme", "purple");
  assert.equal(coloured({ dark: true }).root.dataset.theme, "dark");
});

test("a system that changes its mind is followed", () => {
  remember("link-drift.theme", "auto");
  const { root, system, palette, changes } = coloured();
  assert.equal(root.dataset.theme, "light");
  system.matches = true;
  system.changed();
  assert.equal(root.dataset.theme, "dark");
  assert.equal(palette.colours.water, "dark --water");
  assert.equal(changes(), 1);
});
