/**
 * The shadow: how every body moves between records, as PROTOCOL.md says it.
 * The server runs the same formula; a record arrives only where the true body
 * has left it. Everything is double precision and all from the state at t.
 */

/**
 * Bodies as parallel arrays, indexed by slot. World units, radians, per second.
 * @typedef {object} BodyState
 * @property {Float64Array} x
 * @property {Float64Array} y
 * @property {Float64Array} angle
 * @property {Float64Array} vx
 * @property {Float64Array} vy
 * @property {Float64Array} omega
 */

/** @typedef {[m: number, n: number, amplitude: number, rate: number, phase: number]} Mode */
/**
 * A slow flow that evens the water, from a tick on.
 * @typedef {object} Spread
 * @property {number} from_tick
 * @property {number[][]} strengths Rows m = 0, 1, … of columns n = 0, 1, …
 */
/** @typedef {{pull: number, modes: Mode[], spreads: Spread[]}} Current */
/** @typedef {{stiffness: number, damping: number}} Upright */

/**
 * @param {number} capacity
 * @returns {BodyState}
 */
export function bodyState(capacity) {
  return {
    x: new Float64Array(capacity),
    y: new Float64Array(capacity),
    angle: new Float64Array(capacity),
    vx: new Float64Array(capacity),
    vy: new Float64Array(capacity),
    omega: new Float64Array(capacity),
  };
}

const SPREAD_ORDER = 4; // half waves across the water, at most

/**
 * The flow at one instant, ready to be sampled at many places.
 *
 * Mode numbers are small integers, so the sines of their multiples come from
 * one sine by the angle-addition recurrence instead of one call a mode.
 */
export class Flow {
  /**
   * @param {Current} current
   * @param {number} width World units.
   * @param {number} height World units.
   */
  constructor(current, width, height) {
    this.width = width;
    this.height = height;
    this.modes = current.modes;
    /** By rising tick: the one in force, and the one to come. */
    this.spreads = current.spreads;
    /** @type {Spread | undefined} The one that `strengths` are of. */
    this.spread = undefined;
    const count = current.modes.length;
    this.m = Uint8Array.from(this.modes, (mode) => mode[0]);
    this.n = Uint8Array.from(this.modes, (mode) => mode[1]);
    this.amplitude = new Float64Array(count);
    /** Change of `amplitude`, a second. */
    this.turning = new Float64Array(count);
    const orders = this.modes.reduce((most, { 0: m, 1: n }) => Math.max(most, m, n), SPREAD_ORDER) + 1;
    this.orders = orders;
    this.sinX = new Float64Array(orders);
    this.cosX = new Float64Array(orders);
    this.sinY = new Float64Array(orders);
    this.cosY = new Float64Array(orders);
    this.cosX[0] = this.cosY[0] = 1;
    this.kx = Float64Array.from({ length: orders }, (_, m) => (m * Math.PI) / width);
    this.ky = Float64Array.from({ length: orders }, (_, n) => (n * Math.PI) / height);
    /** The spread's weights, m by n, row by row; world units / s. */
    this.overX = new Float64Array(orders * orders);
    this.downY = new Float64Array(orders * orders);
    /** Where `sample` leaves its answer: no allocation in the step's loop. */
    this.ux = 0;
    this.uy = 0;
    /** The current's own acceleration for whoever goes with the flow, units / s². */
    this.ax = 0;
    this.ay = 0;
  }

  /**
   * Hear of a spread that comes into force; the one before it is kept until then.
   * @param {Spread} spread
   */
  announce(spread) {
    this.spreads = [...this.spreads.slice(-1), spread];
  }

  /**
   * Turn the modes to the instant of a tick.
   * @param {number} tick
   * @param {number} dt Seconds a step.
   */
  turnTo(tick, dt) {
    const { modes, amplitude, turning, spreads } = this;
    for (let i = 0; i < modes.length; i += 1) {
      const [, , strength, rate, phase] = /** @type {Mode} */ (modes[i]);
      const turned = rate * tick * dt + phase;
      amplitude[i] = strength * Math.cos(turned);
      turning[i] = -strength * rate * Math.sin(turned);
    }
    let spread;
    for (const one of spreads) if (one.from_tick <= tick) spread = one;
    if (spread !== this.spread) this.#layOver(spread);
  }

  /** @param {Spread | undefined} spread */
  #layOver(spread) {
    const { orders, overX, downY, kx, ky } = this;
    this.spread = spread;
    for (let m = 0; m < orders; m += 1) {
      for (let n = 0; n < orders; n += 1) {
        const strength = spread?.strengths[m]?.[n] ?? 0;
        overX[m * orders + n] = strength * kx[m];
        downY[m * orders + n] = strength * ky[n];
      }
    }
  }

  /**
   * Sample the velocity of current and spread into `ux`, `uy`, world units / s, and the
   * current's material derivative along it into `ax`, `ay`.
   * @param {number} x
   * @param {number} y
   */
  sample(x, y) {
    const { amplitude, turning, m, n, kx, ky, sinX, cosX, sinY, cosY } = this;
    this.#angles(x, y);
    let ux = 0;
    let uy = 0;
    if (this.spread) {
      const { orders, overX, downY } = this;
      for (let i = 0, at = 0; i < orders; i += 1) {
        let over = 0;
        let down = 0;
        for (let j = 0; j < orders; j += 1, at += 1) {
          over += overX[at] * cosY[j];
          down += downY[at] * sinY[j];
        }
        ux += sinX[i] * over;
        uy += cosX[i] * down;
      }
    }
    let ax = 0;
    let ay = 0;
    // The current's slopes; it has no sources, so that of uy down is −slope.
    let slope = 0;
    let shearX = 0;
    let shearY = 0;
    for (let i = 0; i < amplitude.length; i += 1) {
      const kxm = kx[m[i]];
      const kyn = ky[n[i]];
      const over = kyn * sinX[m[i]] * cosY[n[i]];
      const down = kxm * cosX[m[i]] * sinY[n[i]];
      const swirl = amplitude[i] * sinX[m[i]] * sinY[n[i]];
      ux += amplitude[i] * over;
      uy -= amplitude[i] * down;
      ax += turning[i] * over;
      ay -= turning[i] * down;
      slope += amplitude[i] * kxm * kyn * cosX[m[i]] * cosY[n[i]];
      shearX -= swirl * kyn * kyn;
      shearY += swirl * kxm * kxm;
    }
    this.ux = ux;
    this.uy = uy;
    this.ax = ax + ux * slope + uy * shearX;
    this.ay = ay + ux * shearY - uy * slope;
  }

  /**
   * The stream function on a grid; its level lines are the lines of flow.
   * Each mode is a product of one factor along x and one along y.
   * @param {Float64Array} values Filled row by row.
   * @param {Float64Array} xs World units, one for each column.
   * @param {Float64Array} ys One for each row.
   */
  streamGrid(values, xs, ys) {
    const { modes, amplitude, width, height } = this;
    values.fill(0, 0, xs.length * ys.length);
    const across = new Float64Array(xs.length);
    for (let k = 0; k < modes.length; k += 1) {
      const [m, n] = modes[k];
      for (let i = 0; i < xs.length; i += 1) {
        across[i] = amplitude[k] * Math.sin((m * Math.PI * xs[i]) / width);
      }
      for (let j = 0; j < ys.length; j += 1) {
        const down = Math.sin((n * Math.PI * ys[j]) / height);
        const row = j * xs.length;
        for (let i = 0; i < xs.length; i += 1) values[row + i] += across[i] * down;
      }
    }
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #angles(x, y) {
    const { sinX, cosX, sinY, cosY } = this;
    const thetaX = (Math.PI * x) / this.width;
    const thetaY = (Math.PI * y) / this.height;
    const sx = Math.sin(thetaX);
    const cx = Math.cos(thetaX);
    const sy = Math.sin(thetaY);
    const cy = Math.cos(thetaY);
    for (let k = 1; k < sinX.length; k += 1) {
      sinX[k] = sinX[k - 1] * cx + cosX[k - 1] * sx;
      cosX[k] = cosX[k - 1] * cx - sinX[k - 1] * sx;
      sinY[k] = sinY[k - 1] * cy + cosY[k - 1] * sy;
      cosY[k] = cosY[k - 1] * cy - sinY[k - 1] * sy;
    }
  }
}

/**
 * Take one step for a range of bodies, from `tick` to `tick + 1`.
 *
 * @param {BodyState} state
 * @param {Flow} flow
 * @param {number} pull The current's hold on a body, 1 / s.
 * @param {Upright} upright
 * @param {number} tick
 * @param {number} dt Seconds.
 * @param {number} first Slot.
 * @param {number} end Slot after the last.
 */
export function stepWith(state, flow, pull, upright, tick, dt, first, end) {
  const { x, y, angle, vx, vy, omega } = state;
  const { stiffness, damping } = upright;
  flow.turnTo(tick, dt);
  for (let i = first; i < end; i += 1) {
    flow.sample(x[i], y[i]);
    const ax = flow.ax + pull * (flow.ux - vx[i]);
    const ay = flow.ay + pull * (flow.uy - vy[i]);
    const alpha = -stiffness * Math.sin(angle[i]) - damping * omega[i];
    // Position moves with the old velocity, as the server's solver does it.
    x[i] += vx[i] * dt;
    y[i] += vy[i] * dt;
    angle[i] += omega[i] * dt;
    vx[i] += ax * dt;
    vy[i] += ay * dt;
    omega[i] += alpha * dt;
  }
}

/**
 * Take one step for all bodies of a state; the form shared with the vectors.
 *
 * @param {BodyState} state
 * @param {Current} current
 * @param {Upright} upright
 * @param {number} tick
 * @param {number} dt Seconds.
 * @param {number} width World units.
 * @param {number} height World units.
 */
export function step(state, current, upright, tick, dt, width, height) {
  const flow = new Flow(current, width, height);
  stepWith(state, flow, current.pull, upright, tick, dt, 0, state.x.length);
}
