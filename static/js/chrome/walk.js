/**
 * The walk from footnote to footnote. Its steps are entries of the browser's own
 * history: the browser's Back, a phone's gesture and the card's are one way back.
 */

/**
 * One step of a walk.
 * @typedef {object} Step
 * @property {string} at The link that is brought forward.
 * @property {string} why The reason it was brought for.
 * @property {string | null} from The link before it.
 */

export class Walk {
  /**
   * @param {(step: Step) => void} returned The visitor went back, or forward again.
   * @param {History} [history]
   */
  constructor(returned, history = window.history) {
    this.history = history;
    window.addEventListener("popstate", () => {
      const { here } = this;
      if (here) returned(here);
    });
  }

  /** @returns {Step | null} */
  get here() {
    return this.history.state?.walk ?? null;
  }

  /**
   * Take a step.
   * @param {{at: string, why: string}} from Where the footnote stood.
   * @param {{at: string, why: string}} to
   */
  step(from, to) {
    const { here } = this;
    // A walk may begin, or go on, from a link that was come to by another way.
    if (here?.at !== from.at) this.#keep("replaceState", { ...from, from: here?.from ?? null });
    this.#keep("pushState", { ...to, from: from.at });
  }

  /**
   * Whether there is a way back from a link's card.
   * @param {string} id
   */
  leadsBackFrom(id) {
    const { here } = this;
    return here !== null && here.at === id && here.from !== null;
  }

  back() {
    if (this.here?.from != null) this.history.back();
  }

  /**
   * @param {"pushState" | "replaceState"} how
   * @param {Step} step
   */
  #keep(how, step) {
    this.history[how]({ ...this.history.state, walk: step }, "");
  }
}
