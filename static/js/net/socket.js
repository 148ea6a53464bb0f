/**
 * The drift socket: connects, asks for frames, reconnects.
 *
 * The page polls; how many frames may be in flight follows the round trip.
 * While it does not watch (hidden, off-screen, paused) it asks for nothing.
 */

import { decodeFrame, encodePoll, FrameError, MAX_CREDIT, NO_TICK, SUBPROTOCOL } from "./codec.js";
import { parseMessage } from "./messages.js";

const FRAME_HZ = 30;
const BACKOFF_S = 0.5;
const BACKOFF_CAP_S = 30;
const SILENCE_MS = 8000; // of a socket that should answer within a second

/**
 * @typedef {object} Listener
 * @property {(message: import("./messages.js").ServerMessage) => void} message
 * @property {(frame: import("./codec.js").Frame) => void} frame
 * @property {() => void} lost The connection ended; another try is under way.
 */

export class Connection {
  /**
   * @param {string} url
   * @param {Listener} listener
   */
  constructor(url, listener) {
    this.url = url;
    this.listener = listener;
    /** @type {WebSocket | null} */
    this.socket = null;
    /** @type {import("./messages.js").Welcome | null} */
    this.welcome = null;
    this.watching = false;
    /** Nobody can see the page: a lost connection may stay lost. */
    this.asleep = false;
    this.last = NO_TICK;
    this.awaitingWhole = false;
    this.unanswered = 0;
    this.attempt = 0;
    this.retry = 0;
    this.askedAt = 0;
    this.heardAt = 0;
    /** Round trip, ms; measured on answers that come at once. */
    this.rtt = 100;
  }

  get credit() {
    return Math.min(MAX_CREDIT, Math.ceil((this.rtt / 1000) * FRAME_HZ) + 1);
  }

  get open() {
    return this.socket?.readyState === WebSocket.OPEN && this.welcome !== null;
  }

  connect() {
    clearTimeout(this.retry);
    this.retry = 0;
    const socket = new WebSocket(this.url, SUBPROTOCOL);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.heardAt = performance.now();
    socket.addEventListener("message", (event) => {
      if (socket === this.socket) this.#hear(event.data);
    });
    socket.addEventListener("close", () => {
      if (socket === this.socket) this.#ended();
    });
  }

  #ended() {
    this.socket = null;
    this.welcome = null;
    this.last = NO_TICK;
    this.awaitingWhole = false;
    this.attempt += 1;
    // Full jitter: after a restart a thousand pages must not come back at once.
    const most = Math.min(BACKOFF_CAP_S, BACKOFF_S * 2 ** this.attempt);
    this.retry = window.setTimeout(() => this.#again(), Math.random() * most * 1000);
    this.listener.lost();
  }

  #again() {
    this.retry = 0;
    if (!this.asleep) this.connect();
  }

  /** @param {boolean} asleep */
  sleep(asleep) {
    const woken = this.asleep && !asleep;
    this.asleep = asleep;
    if (woken && !this.socket && this.retry === 0) this.connect();
  }

  /** Give this socket up and take the next. */
  drop() {
    const socket = this.socket;
    if (!socket) return;
    this.#ended();
    socket.close();
  }

  /** Try now instead of waiting on, when there is reason to hope. */
  hurry() {
    if (this.retry !== 0) this.connect();
  }

  /**
   * Begin or stop asking for frames; beginning asks for a whole one.
   * @param {boolean} watching
   */
  watch(watching) {
    if (watching && !this.watching) this.askWhole();
    this.watching = watching;
  }

  /** Ask for a keyframe: our place in the stream is lost or too old. */
  askWhole() {
    this.last = NO_TICK;
    if (!this.open || this.awaitingWhole) return;
    this.awaitingWhole = true;
    this.#poll();
  }

  #poll() {
    this.unanswered = 0;
    this.askedAt = performance.now();
    this.socket?.send(encodePoll(this.credit, this.last));
  }

  /**
   * Look after a socket that fell silent.
   * @param {number} nowMs
   */
  check(nowMs) {
    if (this.watching && this.socket && nowMs - this.heardAt > SILENCE_MS) this.drop();
  }

  /**
   * @param {Record<string, unknown>} message
   * @returns {boolean} Whether it could be sent.
   */
  send(message) {
    if (!this.open) return false;
    this.socket?.send(JSON.stringify(message));
    return true;
  }

  /** @param {string | ArrayBuffer} data */
  #hear(data) {
    this.heardAt = performance.now();
    if (typeof data !== "string") {
      this.#hearFrame(data);
      return;
    }
    const message = parseMessage(data);
    if (message === null) return;
    if (message.type === "welcome") {
      this.welcome = message;
      this.listener.message(message);
      if (this.watching) this.askWhole();
    } else if (this.welcome) {
      this.listener.message(message);
    }
  }

  /** @param {ArrayBuffer} data */
  #hearFrame(data) {
    if (!this.welcome) return;
    let frame;
    try {
      frame = decodeFrame(data, this.welcome.quanta);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.drop();
      return;
    }
    if (frame.epoch !== parseInt(this.welcome.epoch.slice(-4), 16)) {
      this.drop();
      return;
    }
    if (frame.whole) {
      if (this.awaitingWhole) this.timed(performance.now() - this.askedAt);
      this.awaitingWhole = false;
      this.attempt = 0;
    } else if (this.awaitingWhole || !this.#continues(frame)) {
      return;
    }
    this.last = frame.tick;
    this.listener.frame(frame);
    if (!this.watching) return;
    this.unanswered += 1;
    if (this.credit < 3 || this.unanswered >= 2) this.#poll();
  }

  /**
   * @param {import("./codec.js").Frame} frame
   * @returns {boolean} False when frames are missing; a whole one is then asked for.
   */
  #continues(frame) {
    if (frame.since === this.last) return true;
    this.askWhole();
    return false;
  }

  /**
   * An answer that comes at once took this long.
   * @param {number} ms
   */
  timed(ms) {
    this.rtt += (ms - this.rtt) * (ms < this.rtt ? 0.5 : 0.25);
  }
}
