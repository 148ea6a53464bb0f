/**
 * The colours: they live in the stylesheet, one set by day and one by night;
 * here they are read for the canvas, mixed, and switched.
 */

import { recall, remember } from "../chrome/storage.js";

const KEY = "link-drift.theme";
const HUES = 8;

/** @typedef {"auto" | "light" | "dark"} Theme */
/** @type {readonly Theme[]} */
const THEMES = ["auto", "light", "dark"];

/**
 * @typedef {object} Colours
 * @property {string} water
 * @property {string} land
 * @property {string} line Chart lines.
 * @property {string} wake
 * @property {string} paper
 * @property {string} ink
 * @property {string} accent
 * @property {string} lit
 * @property {string} shade
 * @property {string[]} hues
 */

/** @returns {Theme} */
function storedTheme() {
  const kept = recall(KEY);
  return THEMES.find((theme) => theme === kept) ?? "auto";
}

export class Palette {
  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    this.theme = storedTheme();
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.dark.addEventListener("change", () => this.#apply());
    /** @type {Colours} */
    this.colours = this.#apply(false);
  }

  /** Go on to the next of auto, light, dark. */
  turn() {
    this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length];
    remember(KEY, this.theme);
    this.#apply();
  }

  #apply(tell = true) {
    const root = document.documentElement;
    root.dataset.theme = this.theme === "auto" ? (this.dark.matches ? "dark" : "light") : this.theme;
    const style = getComputedStyle(root);
    /** @param {string} name */
    const read = (name) => style.getPropertyValue(`--${name}`).trim();
    this.colours = {
      water: read("water"),
      land: read("land"),
      line: read("line"),
      wake: read("wake"),
      paper: read("paper"),
      ink: read("ink"),
      accent: read("accent"),
      lit: read("lit"),
      shade: read("shade"),
      hues: Array.from({ length: HUES }, (_, i) => read(`hue-${i}`)),
    };
    if (tell) this.changed();
    return this.colours;
  }
}

/**
 * Mix two `#rrggbb` colours.
 * @param {string} from
 * @param {string} to
 * @param {number} share 0 gives the first, 1 the second.
 */
export function mix(from, to, share) {
  const a = parseInt(from.slice(1), 16);
  const b = parseInt(to.slice(1), 16);
  let mixed = "#";
  for (const shift of [16, 8, 0]) {
    const low = (a >> shift) & 255;
    const high = (b >> shift) & 255;
    mixed += Math.round(low + (high - low) * share).toString(16).padStart(2, "0");
  }
  return mixed;
}
