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
/** @typedef {{pull: number, modes: Mode[]}} Current */
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
    const count = current.modes.length;
    this.alongX = new Float64Array(count);
    this.alongY = new Float64Array(count);
    this.amplitude = new Float64Array(count);
    const orders = current.modes.reduce((most, mode) => Math.max(most, mode[0], mode[1]), 0) + 1;
    this.sinX = new Float64Array(orders);
    this.cosX = new Float64Array(orders);
    this.sinY = new Float64Array(orders);
    this.cosY = new Float64Array(orders);
    this.cosX[0] = this.cosY[0] = 1;
    /** Where `sample` leaves its answer: no allocation in the step's loop. */
    this.ux = 0;
    this.uy = 0;
  }

  /**
   * Turn the modes to the instant of a tick.
   * @param {number} tick
   * @param {number} dt Seconds a step.
   */
  turnTo(tick, dt) {
    const { modes, amplitude, alongX, alongY, width, height } = this;
    for (let i = 0; i < modes.length; i += 1) {
      const [m, n, strength, rate, phase] = /** @type {Mode} */ (modes[i]);
      const a = strength * Math.cos(rate * tick * dt + phase);
      amplitude[i] = a;
      alongX[i] = a * ((n * Math.PI) / height);
      alongY[i] = a * ((m * Math.PI) / width);
    }
  }

  /**
   * Sample the flow's velocity into `ux`, `uy`, world units / s.
   * @param {number} x
   * @param {number} y
   */
  sample(x, y) {
    const { modes, alongX, alongY, sinX, cosX, sinY, cosY } = this;
    this.#angles(x, y);
    let ux = 0;
    let uy = 0;
    for (let i = 0; i < modes.length; i += 1) {
      const m = modes[i][0];
      const n = modes[i][1];
      ux += alongX[i] * sinX[m] * cosY[n];
      uy -= alongY[i] * cosX[m] * sinY[n];
    }
    this.ux = ux;
    this.uy = uy;
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
    const ax = pull * (flow.ux - vx[i]);
    const ay = pull * (flow.uy - vy[i]);
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
