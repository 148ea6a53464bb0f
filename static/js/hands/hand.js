/**
 * What this visitor has in hand. The pill follows at once; the server is told
 * at most 30 times a second, and every 2 s at rest so that the lease lives.
 */

const MOVE_EVERY_MS = 1000 / 30;
const KEEP_ALIVE_MS = 2000;
const STILL = 40; // world units / s: slower than this is a release, not a fling
const GRACE_MS = 200; // beyond the round trip, until corrections have begun

/** @typedef {{id: string, slot: number, alongX: number, alongY: number, x: number, y: number}} Grip */

export class Hand {
  /**
   * @param {import("../water/bodies.js").Bodies} bodies
   * @param {import("../net/socket.js").Connection} connection
   */
  constructor(bodies, connection) {
    this.bodies = bodies;
    this.connection = connection;
    /** @type {Grip | null} */
    this.grip = null;
    this.sentAt = 0;
    this.timer = 0;
    this.grabbedAt = 0;
  }

  /**
   * Take a pill by a point of it.
   * @param {number} slot
   * @param {number} x World units, where the hand is.
   * @param {number} y
   * @param {number} nowMs
   * @returns {boolean} Whether the server could be asked.
   */
  take(slot, x, y, nowMs) {
    const link = this.bodies.links[slot];
    if (!link || this.grip) return false;
    const { drawn, state } = this.bodies;
    const dx = x - drawn.x[slot];
    const dy = y - drawn.y[slot];
    // The picture may differ from the shadow: name the same point of the true body.
    const asked = { type: "grab", id: link.id, x: state.x[slot] + dx, y: state.y[slot] + dy };
    if (!this.connection.send(asked)) return false;
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
    this.grabbedAt = nowMs;
    this.sentAt = 0;
    this.move(x, y, nowMs);
    return true;
  }

  /**
   * @param {number} x World units.
   * @param {number} y
   * @param {number} nowMs
   */
  move(x, y, nowMs) {
    const grip = this.grip;
    if (!grip) return;
    grip.x = Math.min(this.bodies.width, Math.max(0, x));
    grip.y = Math.min(this.bodies.height, Math.max(0, y));
    this.place();
    const wait = this.sentAt + MOVE_EVERY_MS - nowMs;
    clearTimeout(this.timer);
    if (wait <= 0) this.#tell(nowMs);
    else this.timer = window.setTimeout(() => this.#tell(performance.now()), wait);
  }

  /**
   * The server has given it to us.
   * @param {number} nowMs
   */
  confirm(nowMs) {
    this.connection.timed(nowMs - this.grabbedAt);
  }

  /** Keep the grabbed point under the hand while the pill turns about it. */
  place() {
    const grip = this.grip;
    if (!grip) return;
    const angle = this.bodies.drawn.angle[grip.slot];
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    this.bodies.pin(
      grip.slot,
      grip.x - (grip.alongX * cos - grip.alongY * sin),
      grip.y - (grip.alongX * sin + grip.alongY * cos),
    );
  }

  /** @param {number} nowMs */
  #tell(nowMs) {
    if (!this.grip) return;
    this.sentAt = nowMs;
    this.connection.send({ type: "move", x: this.grip.x, y: this.grip.y });
    this.timer = window.setTimeout(() => this.#tell(performance.now()), KEEP_ALIVE_MS);
  }

  /**
   * Let go, with a velocity in world units / s.
   * @param {number} vx
   * @param {number} vy
   * @param {number} nowMs
   */
  release(vx, vy, nowMs) {
    const grip = this.grip;
    if (!grip) return;
    // Where the hand is now, and not where it was told to be 33 ms ago.
    this.connection.send({ type: "move", x: grip.x, y: grip.y });
    const flung = Math.hypot(vx, vy) >= STILL;
    this.connection.send(flung ? { type: "fling", vx, vy } : { type: "fling" });
    this.#open();
    this.bodies.throw(
      grip.slot,
      flung ? vx : 0,
      flung ? vy : 0,
      nowMs + this.connection.rtt + GRACE_MS,
    );
  }

  /** The pill is gone from the hand without our doing. */
  lose() {
    const grip = this.grip;
    if (!grip) return;
    this.#open();
    this.bodies.unpin(grip.slot);
  }

  #open() {
    clearTimeout(this.timer);
    this.grip = null;
  }
}
