/**
 * What the page says in words. `show` is seen and not spoken; `announce` is
 * spoken and only ever answers something the visitor did.
 */

const SHOWN_MS = 5000;

export class Notice {
  /**
   * @param {HTMLElement} box
   * @param {HTMLElement} live
   */
  constructor(box, live) {
    this.box = box;
    this.live = live;
    this.timer = 0;
    /** Stays until it is taken back. */
    this.standing = "";
  }

  /**
   * Show a sentence for a while, and speak it: an answer to the visitor.
   * @param {string} text
   */
  answer(text) {
    this.tell(text);
    this.announce(text);
  }

  /**
   * Show a sentence for a while: news that nobody asked for are not spoken.
   * @param {string} text
   */
  tell(text) {
    this.#write(text);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.#write(this.standing), SHOWN_MS);
  }

  /**
   * Show a sentence for as long as it is true; empty takes it back.
   * @param {string} text
   */
  stand(text) {
    if (text === this.standing) return;
    this.standing = text;
    clearTimeout(this.timer);
    this.#write(text);
  }

  /** @param {string} text */
  #write(text) {
    this.box.textContent = text;
    this.box.hidden = text === "";
  }

  /** @param {string} text */
  announce(text) {
    // A screen reader skips what it has just read: the same sentence must change.
    this.live.textContent = this.live.textContent === text ? `${text}\u00a0` : text;
  }
}
