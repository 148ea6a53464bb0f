/**
 * Every body's shadow, and where it is drawn.
 *
 * The shadow obeys only the server's records. What is drawn is the shadow plus
 * an error that fades: a correction, a pill held still under the pointer and a
 * drag all work by setting that error, so nothing on the screen ever jumps and
 * nothing local ever leaks into the shadow.
 */

import { bodyState, Flow, stepWith } from "./shadow.js";

// Gaffer on Games, "State Synchronization": share of the error kept each 1/60 s.
const KEEP_SMALL = 0.95;
const KEEP_LARGE = 0.85;
const SMALL = 8; // world units
const LARGE = 48;

/** @typedef {import("../net/messages.js").PlacedLink} PlacedLink */

/**
 * A body just let go: it flies on by itself until the server tells.
 * @typedef {{slot: number, state: import("./shadow.js").BodyState, tick: number, untilMs: number}} Thrown
 */

export class Bodies {
  constructor() {
    this.state = bodyState(0);
    /** Where each body is drawn: `x`, `y`, `angle`; velocities unused. */
    this.drawn = { x: new Float64Array(0), y: new Float64Array(0), angle: new Float64Array(0) };
    this.error = { x: new Float64Array(0), y: new Float64Array(0), angle: new Float64Array(0) };
    this.present = new Uint8Array(0);
    /** @type {(PlacedLink | undefined)[]} */
    this.links = [];
    /** @type {Map<string, PlacedLink>} */
    this.byId = new Map();
    /** @type {Int32Array} Slots from back to front. */
    this.order = new Int32Array(0);
    this.tick = 0;
    /** A keyframe has been applied. */
    this.ready = false;
    this.width = 1;
    this.height = 1;
    this.dt = 1 / 60;
    this.pull = 0;
    this.upright = { stiffness: 0, damping: 0 };
    this.flow = new Flow({ pull: 0, modes: [], spreads: [] }, 1, 1);
    /** @type {Map<number, {x: number, y: number}>} Drawn here whatever the shadow does. */
    this.pins = new Map();
    /** @type {Thrown | null} */
    this.thrown = null;
  }

  /**
   * Begin a life of the world.
   * @param {import("../net/messages.js").Welcome} welcome
   */
  begin(welcome) {
    this.dt = 1 / welcome.step_hz;
    this.pull = welcome.current.pull;
    this.upright = welcome.upright;
    this.tick = welcome.tick;
    this.ready = false;
    this.pins.clear();
    this.thrown = null;
    this.present.fill(0);
    this.place(welcome.links, welcome.world, welcome.current);
  }

  /**
   * Take over a list of links; bodies of those that stay go on.
   * @param {PlacedLink[]} links
   * @param {import("../net/messages.js").World} world
   * @param {import("./shadow.js").Current} current
   */
  place(links, world, current) {
    this.width = world.width;
    this.height = world.height;
    this.flow = new Flow(current, world.width, world.height);
    this.#grow(links.reduce((most, link) => Math.max(most, link.slot + 1), 0));
    this.links = [];
    this.byId.clear();
    for (const link of links) {
      this.links[link.slot] = link;
      this.byId.set(link.id, link);
    }
    for (const slot of this.pins.keys()) if (!this.links[slot]) this.pins.delete(slot);
    this.sort();
  }

  /** Put the neglected in front. */
  sort() {
    const slots = [...this.byId.values()]
      .sort((a, b) => a.neglect - b.neglect || a.slot - b.slot)
      .map((link) => link.slot);
    this.order = Int32Array.from(slots);
  }

  /**
   * A link was opened: it sinks back. A new object, so that its label is printed anew.
   * @param {string} id
   */
  sink(id) {
    const link = this.byId.get(id);
    if (!link || link.neglect === 0) return;
    const sunk = { ...link, neglect: 0 };
    this.byId.set(id, sunk);
    this.links[link.slot] = sunk;
    this.sort();
  }

  /** @param {number} capacity */
  #grow(capacity) {
    if (capacity <= this.present.length) return;
    const state = bodyState(capacity);
    for (const key of /** @type {(keyof typeof state)[]} */ (Object.keys(state))) {
      state[key].set(this.state[key]);
    }
    this.state = state;
    this.drawn = grown(this.drawn, capacity);
    this.error = grown(this.error, capacity);
    const present = new Uint8Array(capacity);
    present.set(this.present);
    this.present = present;
  }

  /**
   * Apply a frame; bodies it names glide to their new place.
   * @param {import("../net/codec.js").Frame} frame
   * @param {boolean} [cut] Show the new picture at once, without a glide.
   */
  apply(frame, cut = false) {
    const first = !this.ready;
    if (frame.whole) {
      const top = frame.blocks[0].slots.at(-1);
      this.#grow(top === undefined ? 0 : top + 1);
      this.present.fill(0);
      // A whole picture may be from any time, also before our own clock.
      this.tick = frame.tick;
      this.ready = true;
    } else {
      this.advance(frame.tick);
    }
    for (const block of frame.blocks) this.#record(block, first || cut);
    if (!cut && !first) return;
    for (const error of Object.values(this.error)) error.fill(0);
  }

  /**
   * @param {import("../net/codec.js").Block} block
   * @param {boolean} cut
   */
  #record(block, cut) {
    const { x, y, angle, vx, vy, omega } = this.state;
    for (let i = 0; i < block.slots.length; i += 1) {
      const slot = block.slots[i];
      if (slot >= this.present.length) continue;
      const at = i * 6;
      const wasX = x[slot];
      const wasY = y[slot];
      const wasAngle = angle[slot];
      x[slot] = block.states[at];
      y[slot] = block.states[at + 1];
      angle[slot] = block.states[at + 2];
      vx[slot] = block.states[at + 3];
      vy[slot] = block.states[at + 4];
      omega[slot] = block.states[at + 5];
      const entered = this.present[slot] === 0 && wasX === 0 && wasY === 0;
      this.present[slot] = 1;
      this.#run(slot, block.tick, this.tick);
      if (cut || entered) continue;
      this.error.x[slot] += wasX - x[slot];
      this.error.y[slot] += wasY - y[slot];
      this.error.angle[slot] += wasAngle - angle[slot];
    }
  }

  /**
   * Step one body from one tick to another.
   * @param {number} slot
   * @param {number} from
   * @param {number} to
   */
  #run(slot, from, to) {
    for (let tick = from; tick < to; tick += 1) {
      stepWith(this.state, this.flow, this.pull, this.upright, tick, this.dt, slot, slot + 1);
    }
  }

  /**
   * Run every shadow on to a tick; never back.
   * @param {number} tick
   */
  advance(tick) {
    while (this.tick < tick) {
      const { state, flow, pull, upright, dt, present } = this;
      stepWith(state, flow, pull, upright, this.tick, dt, 0, present.length);
      this.tick += 1;
    }
  }

  /**
   * Work out where everything is drawn.
   * @param {number} tick With its fraction; may lie a little before the newest record.
   * @param {number} seconds Passed since the last picture.
   * @param {number} nowMs
   */
  draw(tick, seconds, nowMs) {
    const { state, drawn, error, present } = this;
    const ahead = (tick - this.tick) * this.dt;
    const small = KEEP_SMALL ** (seconds * 60);
    const large = KEEP_LARGE ** (seconds * 60);
    for (let slot = 0; slot < present.length; slot += 1) {
      if (present[slot] === 0) continue;
      const size = Math.abs(error.x[slot]) + Math.abs(error.y[slot]);
      if (size > 0 || error.angle[slot] !== 0) {
        const largeness = Math.min(1, Math.max(0, (size - SMALL) / (LARGE - SMALL)));
        const keep = small + (large - small) * largeness;
        error.x[slot] = shrink(error.x[slot] * keep);
        error.y[slot] = shrink(error.y[slot] * keep);
        error.angle[slot] *= Math.abs(error.angle[slot]) < 1e-4 ? 0 : small;
      }
      drawn.x[slot] = state.x[slot] + state.vx[slot] * ahead + error.x[slot];
      drawn.y[slot] = state.y[slot] + state.vy[slot] * ahead + error.y[slot];
      drawn.angle[slot] = state.angle[slot] + state.omega[slot] * ahead + error.angle[slot];
    }
    if (this.thrown) this.#drawThrown(this.thrown, nowMs);
    for (const [slot, place] of this.pins) this.#drawAt(slot, place.x, place.y);
  }

  /**
   * @param {Thrown} thrown
   * @param {number} nowMs
   */
  #drawThrown(thrown, nowMs) {
    for (; thrown.tick < this.tick; thrown.tick += 1) {
      stepWith(thrown.state, this.flow, this.pull, this.upright, thrown.tick, this.dt, 0, 1);
    }
    this.#drawAt(thrown.slot, thrown.state.x[0], thrown.state.y[0]);
    if (nowMs > thrown.untilMs) this.thrown = null;
  }

  /**
   * Draw a body elsewhere; it will glide back from there.
   * @param {number} slot
   * @param {number} x World units.
   * @param {number} y
   */
  #drawAt(slot, x, y) {
    const { drawn, error } = this;
    error.x[slot] += x - drawn.x[slot];
    error.y[slot] += y - drawn.y[slot];
    drawn.x[slot] = x;
    drawn.y[slot] = y;
  }

  /**
   * Hold a body still where it is drawn, for this visitor alone.
   * @param {number} slot
   * @param {number} [x] World units; where it is drawn when left out.
   * @param {number} [y]
   */
  pin(slot, x = this.drawn.x[slot], y = this.drawn.y[slot]) {
    const place = this.pins.get(slot);
    if (place) {
      place.x = x;
      place.y = y;
    } else {
      this.pins.set(slot, { x, y });
    }
  }

  /** @param {number} slot */
  unpin(slot) {
    this.pins.delete(slot);
  }

  /**
   * Let a body fly from where it is drawn until the server's answer is here.
   * @param {number} slot
   * @param {number} vx World units / s.
   * @param {number} vy
   * @param {number} untilMs
   */
  throw(slot, vx, vy, untilMs) {
    const state = bodyState(1);
    state.x[0] = this.drawn.x[slot];
    state.y[0] = this.drawn.y[slot];
    state.vx[0] = vx;
    state.vy[0] = vy;
    this.pins.delete(slot);
    this.thrown = { slot, state, tick: this.tick, untilMs };
  }

  /** @param {number} slot */
  shown(slot) {
    return this.links[slot] !== undefined && this.present[slot] === 1;
  }

  /**
   * The frontmost pill at a place of the world, or −1.
   * @param {number} x
   * @param {number} y
   * @param {number} slop World units by which a miss still counts.
   */
  at(x, y, slop) {
    const { drawn, links, order } = this;
    for (let i = order.length - 1; i >= 0; i -= 1) {
      const slot = order[i];
      const link = links[slot];
      if (!link || this.present[slot] === 0) continue;
      const dx = x - drawn.x[slot];
      const dy = y - drawn.y[slot];
      const reach = link.width / 2 + slop;
      if (dx > reach || dx < -reach || dy > reach || dy < -reach) continue;
      const cos = Math.cos(drawn.angle[slot]);
      const sin = Math.sin(drawn.angle[slot]);
      const along = Math.abs(dx * cos + dy * sin);
      const across = dy * cos - dx * sin;
      // A pill is every point within half its height of its middle line.
      const beyond = Math.max(0, along - (link.width - link.height) / 2);
      if (Math.hypot(beyond, across) <= link.height / 2 + slop) return slot;
    }
    return -1;
  }
}

/**
 * @param {{x: Float64Array, y: Float64Array, angle: Float64Array}} old
 * @param {number} capacity
 */
function grown(old, capacity) {
  const bigger = {
    x: new Float64Array(capacity),
    y: new Float64Array(capacity),
    angle: new Float64Array(capacity),
  };
  bigger.x.set(old.x);
  bigger.y.set(old.y);
  bigger.angle.set(old.angle);
  return bigger;
}

/** @param {number} value */
function shrink(value) {
  return Math.abs(value) < 0.01 ? 0 : value;
}
