/** Writes frames as a server would, for tests. */

/** @param {number} value */
export function uv(value) {
  const bytes = [];
  while (value >= 128) {
    bytes.push((value % 128) | 128);
    value = Math.floor(value / 128);
  }
  return [...bytes, value];
}

/** @param {number} value */
export function sv(value) {
  return uv(value >= 0 ? value * 2 : -value * 2 - 1);
}

/**
 * @param {number} kind
 * @param {number} epoch
 * @param {number} tick
 */
export function header(kind, epoch, tick) {
  const view = new DataView(new ArrayBuffer(7));
  view.setUint8(0, kind);
  view.setUint16(1, epoch, true);
  view.setUint32(3, tick, true);
  return [...new Uint8Array(view.buffer)];
}

/** @param {number[]} values */
export function f32(values) {
  return [...new Uint8Array(Float32Array.from(values).buffer)];
}

/** @param {number[]} bytes */
export function buffer(bytes) {
  return Uint8Array.from(bytes).buffer;
}

export const QUANTA = { position: 0.0625, angle: 0.00390625, velocity: 0.25, spin: 0.015625 };
