/**
 * Which tick the server is at, judged from frames as they arrive.
 *
 * A frame can only arrive late, never early, so the greatest recent
 * (tick − local time) is nearest the truth. The shown clock slews towards it
 * and never runs backwards; only a large gap makes it jump.
 */

const WINDOW_MS = 4000;
const SLEW = 0.15; // of the clock's own rate: unseen, and 9 ticks a second at 60 Hz
const JUMP_S = 0.5;
/** PROTOCOL: the shadow is never run more than this past the newest frame. */
const MAX_AHEAD_S = 2;

export class TickClock {
  /** @param {number} stepHz */
  constructor(stepHz) {
    this.stepHz = stepHz;
    /** @type {{offset: number, at: number}[]} */
    this.samples = [];
    this.newest = 0;
    this.offset = NaN;
    this.readAt = 0;
  }

  /** Forget everything; the next frame sets the clock. */
  reset() {
    this.samples.length = 0;
    this.offset = NaN;
  }

  /**
   * A frame of this tick arrived.
   * @param {number} tick
   * @param {number} nowMs
   */
  heard(tick, nowMs) {
    const offset = tick - (nowMs * this.stepHz) / 1000;
    this.newest = tick;
    this.samples.push({ offset, at: nowMs });
    while (this.samples[0].at < nowMs - WINDOW_MS) this.samples.shift();
    if (Number.isNaN(this.offset)) {
      this.offset = offset;
      this.readAt = nowMs;
    }
  }

  /**
   * The tick to show now, with its fraction; NaN before the first frame.
   * @param {number} nowMs
   */
  read(nowMs) {
    if (Number.isNaN(this.offset)) return NaN;
    let best = -Infinity;
    for (const sample of this.samples) best = Math.max(best, sample.offset);
    const error = best - this.offset;
    const elapsed = (Math.max(0, nowMs - this.readAt) * this.stepHz) / 1000;
    this.readAt = nowMs;
    if (Math.abs(error) > JUMP_S * this.stepHz) {
      this.offset = best;
    } else {
      const most = SLEW * elapsed;
      this.offset += Math.max(-most, Math.min(most, error));
    }
    const tick = this.offset + (nowMs * this.stepHz) / 1000;
    return Math.min(tick, this.newest + MAX_AHEAD_S * this.stepHz);
  }
}
