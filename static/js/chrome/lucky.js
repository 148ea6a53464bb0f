/**
 * "I'm feeling lucky": wishes for a pick, and remembers what came so that it does
 * not come again soon.
 */

import { noteSurfaced, surfaced } from "./surfaced.js";

/** @typedef {import("../water/water.js").Pick} Pick */

export class Lucky {
  /**
   * @param {import("../water/water.js").Water} water
   * @param {{picked: (pick: Pick) => void, failed: (sentence: string) => void}} listener
   */
  constructor(water, listener) {
    this.water = water;
    this.listener = listener;
    /** A pick is under way; a second press waits for it. */
    this.asking = false;
  }

  /** @param {string} tag Empty for all. */
  press(tag) {
    if (this.asking) return;
    this.asking = true;
    const wish = tag === "" ? { exclude: surfaced() } : { tag, exclude: surfaced() };
    void this.water.lucky(wish).then(
      (pick) => {
        this.asking = false;
        noteSurfaced(pick.link.id);
        this.listener.picked(pick);
      },
      (/** @type {Error} */ refusal) => {
        this.asking = false;
        this.listener.failed(refusal.message);
      },
    );
  }
}
