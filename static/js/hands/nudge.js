/**
 * Moving a link without dragging: the focused one is taken in hand, led a
 * little way by each key, and let go when no more keys come.
 */

const ENDS_MS = 700;

/**
 * What a nudge does with what is in focus.
 * @typedef {object} Led
 * @property {(slot: number, x: number, y: number, nowMs: number) => boolean} take
 * @property {(nowMs: number) => void} letGo
 * @property {(link: import("../net/messages.js").PlacedLink) => void} moved
 */

export class Nudge {
  /**
   * @param {import("./hand.js").Hand} hand
   * @param {() => string | null} focused The id of the link in focus.
   * @param {Led} led
   */
  constructor(hand, focused, led) {
    this.hand = hand;
    this.focused = focused;
    this.led = led;
    this.timer = 0;
  }

  /**
   * @param {number} dx World units.
   * @param {number} dy
   * @returns {boolean} False when no link has the focus.
   */
  push(dx, dy) {
    const { hand, led } = this;
    const { bodies } = hand.water;
    const id = this.focused();
    const link = id === null ? undefined : bodies.byId.get(id);
    if (!link) return false;
    const nowMs = performance.now();
    const { x, y } = bodies.drawn;
    if (!hand.grip && !led.take(link.slot, x[link.slot], y[link.slot], nowMs)) return true;
    const { grip } = hand;
    // Another one is in hand, by the pointer: two hands are one too many.
    if (!grip || grip.id !== id) return true;
    hand.move(grip.x + dx, grip.y + dy, nowMs);
    led.moved(link);
    this.end();
    this.timer = window.setTimeout(() => led.letGo(performance.now()), ENDS_MS);
    return true;
  }

  /** The hold ended otherwise. */
  end() {
    clearTimeout(this.timer);
  }
}
