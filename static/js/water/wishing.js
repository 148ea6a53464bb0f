/**
 * One wish for a pick at a time: it goes over the socket, else over HTTP, and the
 * first answer counts.
 */

import { sentenceFor } from "../net/messages.js";
import { RefusedError } from "./events.js";

const PATIENCE_MS = 4000;
const OUT_OF_REACH = "The archive cannot be reached just now. Try again in a moment.";

/** @typedef {import("./water.js").Pick} Pick */
/** @typedef {import("./water.js").Wish} Wish */

export class Wishing {
  /** @param {import("../net/socket.js").Connection} connection */
  constructor(connection) {
    this.connection = connection;
    /** @type {{met: (pick: Pick) => void, refused: (error: RefusedError) => void} | null} */
    this.open = null;
    this.timer = 0;
  }

  /**
   * @param {Wish} wish
   * @returns {Promise<Pick>}
   * @throws {RefusedError} No pick is to be had.
   */
  make(wish) {
    return new Promise((met, refused) => {
      this.open = { met, refused };
      if (this.connection.send({ type: "lucky", ...wish })) {
        this.timer = window.setTimeout(() => void this.#askHttp(wish), PATIENCE_MS);
      } else {
        void this.#askHttp(wish);
      }
    });
  }

  /**
   * A pick came; without a wish it is none of ours.
   * @param {Pick} pick
   */
  meet(pick) {
    this.#close()?.met(pick);
  }

  /** @param {{code: string, detail?: string}} error */
  refuse(error) {
    this.#close()?.refused(new RefusedError(sentenceFor(error)));
  }

  #close() {
    const { open } = this;
    clearTimeout(this.timer);
    this.open = null;
    return open;
  }

  /** @param {Wish} wish */
  async #askHttp(wish) {
    try {
      const response = await fetch("/api/lucky", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(wish),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const answer = await response.json();
      if (response.ok) this.meet(answer);
      else this.refuse({ code: "", detail: String(answer.detail ?? answer.title ?? "") || undefined });
    } catch {
      this.refuse({ code: "", detail: OUT_OF_REACH });
    }
  }
}
