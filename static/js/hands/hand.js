/**
 * What this visitor has in hand. The pill follows at once, by the point it was
 * grabbed at, while the water is told of it.
 */

const STILL = 40; // world units / s: slower than this is a release, not a fling

/** @typedef {{id: string, slot: number, alongX: number, alongY: number, x: number, y: number}} Grip */

export class Hand {
  /** @param {import("../water/water.js").Water} water */
  constructor(water) {
    this.water = water;
    /** @type {Grip | null} */
    this.grip = null;
  }

  /**
   * Take a pill by a point of it.
   * @param {number} slot
   * @param {number} x World units, where the hand is.
   * @param {number} y
   * @param {number} nowMs
   * @returns {boolean} Whether it is in hand, as far as we know.
   */
  take(slot, x, y, nowMs) {
    const { drawn, links } = this.water.bodies;
    const link = links[slot];
    if (!link || this.grip || !this.water.take(slot, x, y, nowMs)) return false;
    const dx = x - drawn.x[slot];
    const dy = y - drawn.y[slot];
    const cos = Math.cos(drawn.angle[slot]);
    const sin = Math.sin(drawn.angle[slot]);
    this.grip = {
      id: link.id,
      slot,
      alongX: dx * cos + dy * sin,
      alongY: dy * cos - dx * sin,
      x,
      y,
    };
    this.move(x, y, nowMs);
    return true;
  }

  /**
   * @param {number} x World units.
   * @param {number} y
   * @param {number} nowMs
   */
  move(x, y, nowMs) {
    const { grip } = this;
    if (!grip) return;
    const { width, height } = this.water.bodies;
    grip.x = Math.min(width, Math.max(0, x));
    grip.y = Math.min(height, Math.max(0, y));
    this.place();
    this.water.move(grip.x, grip.y, nowMs);
  }

  /** Keep the grabbed point under the hand while the pill turns about it. */
  place() {
    const { grip } = this;
    if (!grip) return;
    const { bodies } = this.water;
    const angle = bodies.drawn.angle[grip.slot];
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    bodies.pin(
      grip.slot,
      grip.x - (grip.alongX * cos - grip.alongY * sin),
      grip.y - (grip.alongX * sin + grip.alongY * cos),
    );
  }

  /**
   * Let go, with a velocity in world units / s.
   * @param {number} vx
   * @param {number} vy
   * @param {number} nowMs
   */
  release(vx, vy, nowMs) {
    if (!this.grip) return;
    const flung = Math.hypot(vx, vy) >= STILL;
    this.water.letGo(flung ? vx : 0, flung ? vy : 0, nowMs);
    this.grip = null;
  }

  /** The pill is gone from the hand without our doing. */
  lose() {
    if (!this.grip) return;
    this.water.bodies.unpin(this.grip.slot);
    this.grip = null;
  }
}
