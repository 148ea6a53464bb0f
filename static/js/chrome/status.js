/**
 * Whether the picture is live, and what to say when it is not. A stale picture
 * is never shown as live: after two seconds without a frame it dims.
 */

const STALE_MS = 2000;

/** @typedef {"connecting" | "live" | "stale" | "paused"} State */

export class Status {
  /** @param {import("./notice.js").Notice} notice */
  constructor(notice) {
    this.notice = notice;
    this.heardAt = performance.now();
    this.fresh = false;
    this.connected = false;
    /** @type {State} */
    this.state = "connecting";
  }

  /** A frame arrived. */
  heard() {
    this.heardAt = performance.now();
    this.fresh = true;
  }

  /** We begin to watch anew: the picture is old until a frame comes. */
  waiting() {
    this.heardAt = performance.now();
    this.fresh = false;
  }

  /**
   * @param {number} nowMs
   * @param {boolean} paused
   * @param {boolean} ready There is a picture at all.
   */
  update(nowMs, paused, ready) {
    const late = nowMs - this.heardAt > STALE_MS;
    /** @type {State} */
    let state = "live";
    if (paused && ready) state = "paused";
    else if (late) state = "stale";
    else if (!this.fresh) state = this.state === "stale" ? "stale" : "connecting";
    this.#say(state, ready);
    if (state === this.state && document.documentElement.dataset.drift === state) return;
    this.state = state;
    document.documentElement.dataset.drift = state;
  }

  /**
   * @param {State} state
   * @param {boolean} ready
   */
  #say(state, ready) {
    let text = "";
    if (state === "stale" && !ready) text = "The water cannot be reached. Trying again…";
    else if (state === "stale" && this.connected) text = "The picture has stopped: waiting for the server…";
    else if (state === "stale") text = "Connection lost. The picture is old; trying again…";
    else if (state === "paused" && !this.connected && this.fresh) text = "Paused, and the connection is lost; trying again…";
    this.notice.stand(text);
  }
}
