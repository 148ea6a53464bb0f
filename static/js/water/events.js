/** How a water speaks: news to those who asked for them, and a refusal to who wished. */

/** A wish that could not be met; its message is a sentence for the visitor. */
export class RefusedError extends Error {
  /** @param {string} sentence */
  constructor(sentence) {
    super(sentence);
    this.name = "RefusedError";
  }
}

/**
 * Tells each kind of news to those who asked for it, in the order they asked.
 * @template {object} Kinds
 */
export class Events {
  constructor() {
    /** @type {{[Kind in keyof Kinds]?: ((news: Kinds[Kind]) => void)[]}} */
    this.hearers = {};
  }

  /**
   * @template {keyof Kinds} Kind
   * @param {Kind} kind
   * @param {(news: Kinds[Kind]) => void} hear
   */
  on(kind, hear) {
    (this.hearers[kind] ??= []).push(hear);
  }

  /**
   * @template {keyof Kinds} Kind
   * @param {Kind} kind
   * @param {Kinds[Kind]} news
   */
  tell(kind, news) {
    for (const hear of this.hearers[kind] ?? []) hear(news);
  }
}
