/**
 * What else a link leads to: its related links, each with its reason. They are
 * asked for after a moment of attention, one link at a time, and kept until the
 * archive changes. Where they cannot be had there are none, and nothing fails.
 */

const ATTENTION_MS = 150;
const SPACING_MS = 350; // between two requests, whatever a hand sweeps over
const PATIENCE_MS = 4000;
export const MOST = 3;

/** @typedef {{link: import("../net/messages.js").Link, why: string}} Footnote */
/** @typedef {(id: string, signal: AbortSignal) => Promise<Footnote[]>} Ask */

export class Footnotes {
  /**
   * @param {() => void} arrived Told when those of the link attended to came, or will not come.
   * @param {Ask} [ask]
   * @param {() => number} [nowMs]
   */
  constructor(arrived, ask = askServer, nowMs = () => performance.now()) {
    this.arrived = arrived;
    this.ask = ask;
    this.nowMs = nowMs;
    /** @type {string | null} */
    this.id = null;
    /** @type {Map<string, Footnote[]>} */
    this.kept = new Map();
    /** The last request was in vain: no room need be kept for the next. */
    this.failed = false;
    this.askedAt = -Infinity;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.stop = new AbortController();
  }

  /**
   * Those of the link attended to.
   * @returns {Footnote[] | null} Null while they are on their way.
   */
  get here() {
    return this.id === null ? [] : (this.kept.get(this.id) ?? null);
  }

  /** @param {string | null} id */
  attend(id) {
    if (id === this.id) return;
    this.id = id;
    clearTimeout(this.timer);
    this.stop.abort();
    if (id === null || this.kept.has(id)) return;
    const wait = Math.max(ATTENTION_MS, this.askedAt + SPACING_MS - this.nowMs());
    this.timer = setTimeout(() => void this.#fetch(id), wait);
  }

  /** The archive changed: what was related may not be any more. */
  forget() {
    this.kept.clear();
    this.attend(null);
  }

  /** @param {string} id */
  async #fetch(id) {
    const { signal } = (this.stop = new AbortController());
    this.askedAt = this.nowMs();
    try {
      const notes = await this.ask(id, signal);
      if (signal.aborted) return;
      this.kept.set(id, notes);
      this.failed = false;
    } catch {
      // Asked for again when the attention comes back.
      if (signal.aborted) return;
      this.failed = true;
    }
    this.arrived();
  }
}

/** @type {Ask} */
async function askServer(id, signal) {
  const either = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const answer = await fetch(`/api/links/${encodeURIComponent(id)}/related`, { signal: either });
  if (!answer.ok) throw new Error(`no footnotes: ${answer.status}`);
  const { related } = await answer.json();
  return related.slice(0, MOST);
}
