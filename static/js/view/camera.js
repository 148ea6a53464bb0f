/**
 * Where the view looks: a centre in world units and a zoom in CSS pixels per
 * unit. Pure: it knows neither canvas nor clock, and is told how much time
 * has passed. Edges are soft: past them every push counts a third, and the
 * camera eases back when it is let alone.
 */

export const MAX_ZOOM = 3;
const SHORE_PX = 72; // how much land may be seen at rest
const FIT_SIDE_PX = 10; // land left free when all the water is in view
const FIT_ENDS_PX = 84; // and above and below it, where the masthead and the button stand
const INERTIA_PER_S = 0.02; // share of speed left after one second of gliding
const FOLLOW_PER_S = 1e-6; // share of the distance left after one second of following
const GIVE = 1 / 3;
const FLIGHT_MIN_S = 0.5;
const FLIGHT_MAX_S = 1.4;
const FLIGHT_DIP = 0.35; // a long flight rises this much of its zoom halfway

/** @param {number} t 0 to 1 */
function ease(t) {
  return t < 0.5 ? 4 * t * t * t : 1 - (-2 * t + 2) ** 3 / 2;
}

/**
 * @typedef {object} Flight
 * @property {() => {x: number, y: number}} target Asked every frame: it may move.
 * @property {{x: number, y: number, zoom: number}} from
 * @property {number} zoom
 * @property {number} dip
 * @property {number} seconds
 * @property {number} passed
 */

export class Camera {
  constructor() {
    this.x = 0;
    this.y = 0;
    this.zoom = 1;
    this.viewWidth = 1;
    this.viewHeight = 1;
    this.worldWidth = 1;
    this.worldHeight = 1;
    /** What a sheet covers at the bottom, CSS pixels: the world may be pushed up by it. */
    this.insetBottom = 0;
    /** Glide after a pan, world units / s. */
    this.vx = 0;
    this.vy = 0;
    /** The view is in a hand: edges wait to pull it back. */
    this.held = false;
    /** @type {Flight | null} */
    this.flight = null;
    /** @type {(() => {x: number, y: number}) | null} */
    this.following = null;
  }

  /** Zoom at which the whole world is in view. */
  get fitZoom() {
    const across = (this.viewWidth - 2 * FIT_SIDE_PX) / this.worldWidth;
    const room = Math.max(this.viewHeight / 2, this.viewHeight - 2 * FIT_ENDS_PX);
    return Math.min(1, across, room / this.worldHeight);
  }

  /**
   * @param {number} width CSS pixels.
   * @param {number} height CSS pixels.
   */
  resize(width, height) {
    this.viewWidth = Math.max(1, width);
    this.viewHeight = Math.max(1, height);
    this.zoom = this.#boundedZoom(this.zoom);
  }

  /**
   * @param {number} width World units.
   * @param {number} height World units.
   */
  setWorld(width, height) {
    this.worldWidth = width;
    this.worldHeight = height;
    this.zoom = this.#boundedZoom(this.zoom);
  }

  /** @param {number} x World units. */
  screenX(x) {
    return (x - this.x) * this.zoom + this.viewWidth / 2;
  }

  /** @param {number} y World units. */
  screenY(y) {
    return (y - this.y) * this.zoom + this.viewHeight / 2;
  }

  /** @param {number} x CSS pixels from the view's left edge. */
  worldX(x) {
    return (x - this.viewWidth / 2) / this.zoom + this.x;
  }

  /** @param {number} y CSS pixels from the view's top edge. */
  worldY(y) {
    return (y - this.viewHeight / 2) / this.zoom + this.y;
  }

  /** Stop every motion of its own: the visitor took over. */
  rest() {
    this.flight = null;
    this.following = null;
    this.vx = 0;
    this.vy = 0;
  }

  /**
   * Move the view by a distance on the screen.
   * @param {number} dx CSS pixels the water moves right.
   * @param {number} dy CSS pixels the water moves down.
   */
  pan(dx, dy) {
    const [left, right] = this.#range(this.worldWidth, this.viewWidth);
    const [top, bottom] = this.#range(this.worldHeight, this.viewHeight, this.insetBottom);
    this.x = give(this.x, -dx / this.zoom, left, right);
    this.y = give(this.y, -dy / this.zoom, top, bottom);
  }

  /**
   * Change the zoom, keeping one point of the screen where it is.
   * @param {number} factor
   * @param {number} [atX] CSS pixels; the middle when left out.
   * @param {number} [atY]
   */
  zoomBy(factor, atX = this.viewWidth / 2, atY = this.viewHeight / 2) {
    const x = this.worldX(atX);
    const y = this.worldY(atY);
    this.zoom = this.#boundedZoom(this.zoom * factor);
    this.x = x - (atX - this.viewWidth / 2) / this.zoom;
    this.y = y - (atY - this.viewHeight / 2) / this.zoom;
  }

  /**
   * Fly to a place that may itself be moving, then stay with it if asked.
   * @param {() => {x: number, y: number}} target
   * @param {{zoom?: number, cut?: boolean, follow?: boolean}} [options]
   */
  fly(target, { zoom = this.zoom, cut = false, follow = false } = {}) {
    this.rest();
    const goal = this.#boundedZoom(zoom);
    const { x, y } = target();
    const screens = Math.hypot((x - this.x) / this.viewWidth, (y - this.y) / this.viewHeight) * this.zoom;
    this.following = follow ? target : null;
    if (cut) {
      this.zoom = goal;
      this.x = x;
      this.y = y;
      this.#settle(1);
      return;
    }
    this.flight = {
      target,
      from: { x: this.x, y: this.y, zoom: this.zoom },
      zoom: goal,
      dip: FLIGHT_DIP * Math.min(1, Math.max(0, screens - 0.3)),
      seconds: FLIGHT_MIN_S + (FLIGHT_MAX_S - FLIGHT_MIN_S) * Math.min(1, screens / 2),
      passed: 0,
    };
  }

  /**
   * Let time pass.
   * @param {number} seconds
   * @returns {boolean} Whether the view is still moving.
   */
  advance(seconds) {
    const before = [this.x, this.y, this.zoom];
    if (this.flight) {
      this.#fly(this.flight, seconds);
    } else if (this.following) {
      const { x, y } = this.following();
      const share = 1 - FOLLOW_PER_S ** seconds;
      this.x += (x - this.x) * share;
      this.y += (y - this.y) * share;
      this.#settle(1);
    } else if (!this.held) {
      this.x += this.vx * seconds;
      this.y += this.vy * seconds;
      const left = INERTIA_PER_S ** seconds;
      this.vx = Math.abs(this.vx) * this.zoom < 4 ? 0 : this.vx * left;
      this.vy = Math.abs(this.vy) * this.zoom < 4 ? 0 : this.vy * left;
      this.#settle(1 - 0.0005 ** seconds);
    }
    return before[0] !== this.x || before[1] !== this.y || before[2] !== this.zoom;
  }

  /**
   * @param {Flight} flight
   * @param {number} seconds
   */
  #fly(flight, seconds) {
    flight.passed = Math.min(flight.seconds, flight.passed + seconds);
    const part = flight.passed / flight.seconds;
    const share = ease(part);
    const { x, y } = flight.target();
    this.zoom =
      (flight.from.zoom + (flight.zoom - flight.from.zoom) * share) *
      (1 - flight.dip * Math.sin(Math.PI * share));
    this.x = flight.from.x + (x - flight.from.x) * share;
    this.y = flight.from.y + (y - flight.from.y) * share;
    // Bound only towards the end: a hard stop in mid-flight would be felt.
    this.#settle(share);
    if (part >= 1) this.flight = null;
  }

  /**
   * Ease the centre back to where the edges allow it.
   * @param {number} share 0 to 1 of the way.
   */
  #settle(share) {
    const [left, right] = this.#range(this.worldWidth, this.viewWidth);
    const [top, bottom] = this.#range(this.worldHeight, this.viewHeight, this.insetBottom);
    const x = Math.min(right, Math.max(left, this.x));
    const y = Math.min(bottom, Math.max(top, this.y));
    if (Math.abs(x - this.x) * this.zoom < 0.1) this.x = x;
    if (Math.abs(y - this.y) * this.zoom < 0.1) this.y = y;
    this.x += (x - this.x) * share;
    this.y += (y - this.y) * share;
  }

  /**
   * Where the centre may rest on one axis.
   * @param {number} world World units.
   * @param {number} view CSS pixels.
   * @param {number} inset CSS pixels covered at the far end.
   * @returns {[number, number]}
   */
  #range(world, view, inset = 0) {
    const half = view / 2 / this.zoom;
    const shore = SHORE_PX / this.zoom;
    const beyond = inset / this.zoom;
    // A world that shows whole rests in its middle.
    const near = Math.min(world / 2, half - shore);
    return [near, world - near + beyond];
  }

  /** @param {number} zoom */
  #boundedZoom(zoom) {
    return Math.min(MAX_ZOOM, Math.max(this.fitZoom, zoom));
  }
}

/**
 * Add a push to a value; past its bounds a push outwards counts less.
 * @param {number} value
 * @param {number} push
 * @param {number} low
 * @param {number} high
 */
function give(value, push, low, high) {
  const outwards = (value > high && push > 0) || (value < low && push < 0);
  return value + (outwards ? push * GIVE : push);
}
