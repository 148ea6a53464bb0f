/**
 * Moving a link without dragging: the focused one is taken in hand, led a
 * little way by each key, and let go when no more keys come.
 */

const ENDS_MS = 700;

export class Nudge {
  /** @param {import("../view/scene.js").Drift} drift */
  constructor(drift) {
    this.drift = drift;
    this.timer = 0;
  }

  /**
   * @param {number} dx World units.
   * @param {number} dy
   * @returns {boolean} False when no link has the focus.
   */
  push(dx, dy) {
    const { bodies, hand, view } = this.drift;
    const id = view.attention.ids.focused;
    const link = id === null ? undefined : bodies.byId.get(id);
    if (!link) return false;
    const nowMs = performance.now();
    const { x, y } = bodies.drawn;
    if (!hand.grip && !this.drift.take(link.slot, x[link.slot], y[link.slot], nowMs)) return true;
    const grip = hand.grip;
    // Another one is in hand, by the pointer: two hands are one too many.
    if (!grip || grip.id !== id) return true;
    hand.move(grip.x + dx, grip.y + dy, nowMs);
    view.keepInView(link);
    view.dirty = true;
    this.end();
    this.timer = window.setTimeout(() => this.drift.letGo(0, 0, performance.now()), ENDS_MS);
    return true;
  }

  /** The hold ended otherwise. */
  end() {
    clearTimeout(this.timer);
  }
}
