/**
 * What the server is told of the pill in hand: at most 30 times a second where it is,
 * and every 2 s at rest so that the lease lives. Once let go it flies on by itself
 * until the server's corrections are here.
 */

const MOVE_EVERY_MS = 1000 / 30;
const KEEP_ALIVE_MS = 2000;
const GRACE_MS = 200; // beyond the round trip, until corrections have begun

export class Hold {
  /**
   * @param {import("./bodies.js").Bodies} bodies
   * @param {import("../net/socket.js").Connection} connection
   */
  constructor(bodies, connection) {
    this.bodies = bodies;
    this.connection = connection;
    /** @type {{id: string, slot: number, x: number, y: number} | null} */
    this.taken = null;
    this.grabbedAt = 0;
    this.sentAt = 0;
    this.timer = 0;
  }

  /**
   * @param {number} slot
   * @param {number} x World units, a point of the body as it is drawn.
   * @param {number} y
   * @param {number} nowMs
   * @returns {boolean} Whether the server could be asked.
   */
  take(slot, x, y, nowMs) {
    const link = this.bodies.links[slot];
    if (!link || this.taken) return false;
    const { drawn, state } = this.bodies;
    // The picture may differ from the shadow: name the same point of the true body.
    const asked = {
      ...{ type: "grab", id: link.id },
      ...{ x: state.x[slot] + x - drawn.x[slot], y: state.y[slot] + y - drawn.y[slot] },
    };
    if (!this.connection.send(asked)) return false;
    this.taken = { id: link.id, slot, x, y };
    this.grabbedAt = nowMs;
    this.sentAt = -Infinity;
    return true;
  }

  /**
   * The server has given something to us.
   * @param {string} id
   * @param {number} nowMs
   */
  confirm(id, nowMs) {
    if (this.taken?.id === id) this.connection.timed(nowMs - this.grabbedAt);
  }

  /**
   * @param {number} x World units.
   * @param {number} y
   * @param {number} nowMs
   */
  move(x, y, nowMs) {
    if (!this.taken) return;
    this.taken.x = x;
    this.taken.y = y;
    const wait = this.sentAt + MOVE_EVERY_MS - nowMs;
    clearTimeout(this.timer);
    if (wait <= 0) this.#tell(this.taken, nowMs);
    else this.#tellIn(wait, this.taken);
  }

  /**
   * @param {number} ms
   * @param {{x: number, y: number}} place It may move until then.
   */
  #tellIn(ms, place) {
    this.timer = window.setTimeout(() => this.#tell(place, performance.now()), ms);
  }

  /**
   * @param {{x: number, y: number}} place
   * @param {number} nowMs
   */
  #tell(place, nowMs) {
    this.sentAt = nowMs;
    this.#sendPlace(place);
    this.#tellIn(KEEP_ALIVE_MS, place);
  }

  /** @param {{x: number, y: number}} place */
  #sendPlace({ x, y }) {
    this.connection.send({ type: "move", x, y });
  }

  /**
   * @param {number} vx World units / s; 0, 0 is a release and no fling.
   * @param {number} vy
   * @param {number} nowMs
   */
  letGo(vx, vy, nowMs) {
    if (!this.taken) return;
    // Where the hand is now, and not where it was told to be 33 ms ago.
    this.#sendPlace(this.taken);
    const flung = vx !== 0 || vy !== 0;
    this.connection.send(flung ? { type: "fling", vx, vy } : { type: "fling" });
    this.bodies.throw(this.taken.slot, vx, vy, nowMs + this.connection.rtt + GRACE_MS);
    this.end();
  }

  /** Nothing is in hand any more. */
  end() {
    clearTimeout(this.timer);
    this.taken = null;
  }
}
