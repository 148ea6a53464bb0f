/**
 * Binary messages of `link-drift.v1`, exactly as PROTOCOL.md lays them out.
 * A frame that is cut short, runs over or names an unknown kind raises
 * `FrameError`: half a frame must never move a body.
 */

export const SUBPROTOCOL = "link-drift.v1";
export const NO_TICK = 0xffffffff;
export const MAX_CREDIT = 8;

const POLL = 1;
const KEYFRAME = 1;
const DELTA = 2;
const HEADER_BYTES = 7;
const KEYFRAME_BODY_BYTES = 24;
/** More slots than any archive has; a larger one is a damaged frame. */
const MAX_SLOT = 1_000_000;

/** @typedef {{position: number, angle: number, velocity: number, spin: number}} Quanta */

/**
 * Records of one instant: `states` holds x, y, angle, vx, vy, omega for each
 * slot of `slots`, in order.
 * @typedef {{tick: number, slots: number[], states: number[]}} Block
 */

/**
 * @typedef {object} Frame
 * @property {boolean} whole A keyframe: it replaces everything.
 * @property {number} epoch The last four hex digits of the welcome's epoch.
 * @property {number} tick What the frame brings us to.
 * @property {number} since Tick it continues from; its own tick for a keyframe.
 * @property {Block[]} blocks
 */

export class FrameError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "FrameError";
  }
}

/**
 * @param {number} credit 1 to 8: how many frames may be in flight.
 * @param {number} last Tick of the newest frame we have, or NO_TICK.
 * @returns {ArrayBuffer}
 */
export function encodePoll(credit, last) {
  const buffer = new ArrayBuffer(6);
  const view = new DataView(buffer);
  view.setUint8(0, POLL);
  view.setUint8(1, Math.min(MAX_CREDIT, Math.max(1, Math.trunc(credit))));
  view.setUint32(2, last, true);
  return buffer;
}

/** Reads little-endian values and varints, and knows where the message ends. */
class Reader {
  /** @param {ArrayBuffer} buffer */
  constructor(buffer) {
    this.view = new DataView(buffer);
    this.at = 0;
  }

  get done() {
    return this.at >= this.view.byteLength;
  }

  /** @param {number} bytes */
  need(bytes) {
    if (this.at + bytes > this.view.byteLength) {
      throw new FrameError(`frame of ${this.view.byteLength} bytes is cut short at ${this.at}`);
    }
  }

  u8() {
    this.need(1);
    return this.view.getUint8(this.at++);
  }

  u16() {
    this.need(2);
    this.at += 2;
    return this.view.getUint16(this.at - 2, true);
  }

  u32() {
    this.need(4);
    this.at += 4;
    return this.view.getUint32(this.at - 4, true);
  }

  f32() {
    this.need(4);
    this.at += 4;
    return this.view.getFloat32(this.at - 4, true);
  }

  /** Unsigned LEB128; by multiplication, since values pass 2^31. */
  uv() {
    let value = 0;
    let scale = 1;
    for (let length = 0; length < 7; length += 1) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new FrameError(`a varint at byte ${this.at} is longer than 7 bytes`);
  }

  /** Zigzag: 0, −1, 1, −2 stand as 0, 1, 2, 3. */
  sv() {
    const value = this.uv();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

/**
 * @param {ArrayBuffer} buffer
 * @param {Quanta} quanta
 * @returns {Frame}
 * @throws {FrameError} The bytes are no frame of this protocol.
 */
export function decodeFrame(buffer, quanta) {
  const reader = new Reader(buffer);
  reader.need(HEADER_BYTES);
  const kind = reader.u8();
  const epoch = reader.u16();
  const tick = reader.u32();
  if (kind === KEYFRAME) {
    const block = keyframeBodies(reader, tick);
    if (!reader.done) throw new FrameError("bytes are left over after the keyframe's last body");
    return { whole: true, epoch, tick, since: tick, blocks: [block] };
  }
  if (kind === DELTA) {
    const since = tick - reader.uv();
    /** @type {Block[]} */
    const blocks = [];
    while (!reader.done) blocks.push(deltaBlock(reader, tick, quanta));
    return { whole: false, epoch, tick, since, blocks };
  }
  throw new FrameError(`unknown kind of frame: ${kind}`);
}

/**
 * @param {Reader} reader
 * @param {number} tick
 * @returns {Block}
 */
function keyframeBodies(reader, tick) {
  const count = reader.uv();
  reader.need(count * (1 + KEYFRAME_BODY_BYTES));
  /** @type {Block} */
  const block = { tick, slots: [], states: [] };
  let slot = -1;
  for (let i = 0; i < count; i += 1) {
    slot = nextSlot(reader, slot);
    block.slots.push(slot);
    for (let k = 0; k < 6; k += 1) block.states.push(finite(reader.f32()));
  }
  return block;
}

/**
 * @param {Reader} reader
 * @param {number} tick
 * @param {Quanta} quanta
 * @returns {Block}
 */
function deltaBlock(reader, tick, quanta) {
  const { position, angle, velocity, spin } = quanta;
  /** @type {Block} */
  const block = { tick: tick - reader.uv(), slots: [], states: [] };
  const count = reader.uv();
  let slot = -1;
  for (let i = 0; i < count; i += 1) {
    slot = nextSlot(reader, slot);
    block.slots.push(slot);
    block.states.push(reader.uv() * position, reader.uv() * position, reader.sv() * angle);
    block.states.push(reader.sv() * velocity, reader.sv() * velocity, reader.sv() * spin);
  }
  return block;
}

/**
 * @param {Reader} reader
 * @param {number} before
 */
function nextSlot(reader, before) {
  const slot = before + 1 + reader.uv();
  if (slot > MAX_SLOT) throw new FrameError(`slot ${slot} is beyond any archive`);
  return slot;
}

/** @param {number} value */
function finite(value) {
  if (!Number.isFinite(value)) throw new FrameError("a keyframe holds a number that is not finite");
  return value;
}
