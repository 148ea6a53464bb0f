/** A browser's socket and clock, as far as the page needs them, moved by hand. */

import { mock } from "node:test";

import { buffer, f32, header, QUANTA, uv } from "./frames.mjs";

let nowMs = 0;

export class HandSocket {
  static OPEN = 1;
  /** @type {HandSocket[]} Every one that was opened, newest last. */
  static all = [];

  /**
   * @param {string} url
   * @param {string} protocol
   */
  constructor(url, protocol) {
    this.url = url;
    this.protocol = protocol;
    this.binaryType = "blob";
    this.readyState = HandSocket.OPEN;
    this.closed = false;
    /** @type {(string | ArrayBuffer)[]} */
    this.sent = [];
    /** @type {Record<string, (event: {data?: unknown}) => void>} */
    this.heard = {};
    HandSocket.all.push(this);
  }

  static get last() {
    return HandSocket.all[HandSocket.all.length - 1];
  }

  /**
   * @param {string} kind
   * @param {(event: {data?: unknown}) => void} hear
   */
  addEventListener(kind, hear) {
    this.heard[kind] = hear;
  }

  /** @param {string | ArrayBuffer} data */
  send(data) {
    this.sent.push(data);
  }

  close() {
    this.closed = true;
    this.end();
  }

  // What the other side does.

  /** @param {Record<string, unknown>} message */
  says(message) {
    this.heard.message({ data: JSON.stringify(message) });
  }

  /** @param {number[]} bytes Of a frame. */
  frames(bytes) {
    this.heard.message({ data: buffer(bytes) });
  }

  end() {
    this.readyState = 3;
    this.heard.close({});
  }

  /** What was sent since the last look: polls as `[credit, last]`, the rest as objects. */
  taken() {
    return this.sent.splice(0).map((data) => {
      if (typeof data === "string") return JSON.parse(data);
      const view = new DataView(data);
      return [view.getUint8(1), view.getUint32(2, true)];
    });
  }
}

/** Put them in the page's place; time stands still until it is moved. */
export function takeOver() {
  mock.restoreAll();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  HandSocket.all = [];
  nowMs = 1000;
  performance.now = () => nowMs;
  Object.assign(globalThis, { WebSocket: HandSocket, window: globalThis });
}

/**
 * Time passes, by the millisecond: a timer that rings on the way sees its own hour.
 * @param {number} ms
 */
export function pass(ms) {
  for (let i = 0; i < ms; i += 1) {
    nowMs += 1;
    mock.timers.tick(1);
  }
}

export const now = () => nowMs;

/** @param {number} slot */
export function placed(slot, neglect = 0.5) {
  const id = `link${slot}`;
  return {
    ...{ id, url: "https://example.org/", title: `Title ${slot}`, host: "example.org", tags: ["blog"] },
    ...{ label: id, slot, width: 200, height: 34, font_px: 15, neglect },
  };
}

/** @returns {import("../../static/js/net/messages.js").Welcome} */
export function welcome() {
  return {
    ...{ type: "welcome", epoch: "abcd0001", tick: 0, step_hz: 60 },
    ...{ world: { width: 2000, height: 1000 }, held: [], lit: [], trouble: null },
    links: [placed(0), placed(1), placed(2)],
    current: { pull: 0, modes: [], spreads: [] },
    upright: { stiffness: 0, damping: 0 },
    quanta: QUANTA,
  };
}

/**
 * @param {number} tick
 * @param {Record<number, number[]>} rows By slot.
 * @param {number} [epoch]
 */
export function keyframe(tick, rows = {}, epoch = 1) {
  let before = -1;
  const bodies = Object.entries(rows).flatMap(([slot, row]) => {
    const gap = Number(slot) - before - 1;
    before = Number(slot);
    return [...uv(gap), ...f32(row)];
  });
  return [...header(1, epoch, tick), ...uv(Object.keys(rows).length), ...bodies];
}

/**
 * A delta without corrections.
 * @param {number} tick
 * @param {number} since
 */
export function quiet(tick, since) {
  return [...header(2, 1, tick), ...uv(tick - since)];
}
