/**
 * How fast the pointer was moving when it let go: the mean over its last
 * moments, and nothing at all when it had come to rest before.
 */

const WINDOW_MS = 80;
const RESTED_MS = 80;

export class Flick {
  constructor() {
    /** @type {{x: number, y: number, at: number}[]} */
    this.samples = [];
  }

  reset() {
    this.samples.length = 0;
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} atMs
   */
  add(x, y, atMs) {
    this.samples.push({ x, y, at: atMs });
    while (this.samples.length > 2 && this.samples[0].at < atMs - WINDOW_MS) this.samples.shift();
  }

  /**
   * @param {number} nowMs
   * @returns {{vx: number, vy: number}} Units of the samples, per second.
   */
  velocity(nowMs) {
    const first = this.samples[0];
    const last = this.samples[this.samples.length - 1];
    if (!first || nowMs - last.at > RESTED_MS) return { vx: 0, vy: 0 };
    const seconds = (last.at - first.at) / 1000;
    if (seconds <= 0 || last.at - first.at > 2 * WINDOW_MS) return { vx: 0, vy: 0 };
    return { vx: (last.x - first.x) / seconds, vy: (last.y - first.y) / seconds };
  }
}
