/**
 * "I'm feeling lucky": asks for a pick over the socket, else over HTTP, and
 * remembers what came so that it does not come again soon.
 */

import { sentenceFor } from "../net/messages.js";
import { noteSurfaced, surfaced } from "./surfaced.js";

const PATIENCE_MS = 4000;

/** @typedef {import("../net/messages.js").PickMessage} PickMessage */

export class Lucky {
  /**
   * @param {import("../net/socket.js").Connection} connection
   * @param {{picked: (pick: PickMessage) => void, failed: (sentence: string) => void}} listener
   */
  constructor(connection, listener) {
    this.connection = connection;
    this.listener = listener;
    /** A pick is under way; a second press waits for it. */
    this.asking = false;
    this.timer = 0;
  }

  /** @param {string} tag Empty for all. */
  press(tag) {
    if (this.asking) return;
    this.asking = true;
    const wish = tag === "" ? { exclude: surfaced() } : { tag, exclude: surfaced() };
    if (this.connection.send({ type: "lucky", ...wish })) {
      this.timer = window.setTimeout(() => void this.#askHttp(wish), PATIENCE_MS);
    } else {
      void this.#askHttp(wish);
    }
  }

  /**
   * The pick is here.
   * @param {PickMessage} pick
   */
  receive(pick) {
    if (!this.asking) return;
    this.#done();
    noteSurfaced(pick.link.id);
    this.listener.picked(pick);
  }

  /**
   * The server could not pick.
   * @param {{code: string, detail?: string}} error
   */
  refuse(error) {
    if (!this.asking) return;
    this.#done();
    this.listener.failed(sentenceFor(error));
  }

  #done() {
    clearTimeout(this.timer);
    this.asking = false;
  }

  /** @param {{tag?: string, exclude: string[]}} wish */
  async #askHttp(wish) {
    try {
      const response = await fetch("/api/lucky", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(wish),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const answer = await response.json();
      if (response.ok) this.receive({ type: "pick", ...answer });
      else this.refuse({ code: "", detail: String(answer.detail ?? answer.title ?? "") || undefined });
    } catch {
      this.refuse({ code: "", detail: "The archive cannot be reached just now. Try again in a moment." });
    }
  }
}
