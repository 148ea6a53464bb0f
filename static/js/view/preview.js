/**
 * The card beside a pill, before the leap: whole title, who, when, the owner's
 * note, why it surfaced, and footnotes that lead on. It never covers its pill nor leaves the screen;
 * on a narrow screen it is a sheet at the bottom.
 */

import { dayInWords } from "../chrome/dates.js";
import { Footnotes, MOST } from "./footnotes.js";
import { byline } from "../chrome/links.js";

const GAP = 12; // CSS pixels between pill and card
const EDGE = 12; // and between card and screen
const NARROW = 600;
const FOOT_PX = 84; // where the button stands: a card leaves it free
const LOW = 600; // views lower than this have no room to leave

/** @typedef {import("../net/messages.js").Link} Link */
/** @typedef {{why: string, permalink: string}} Surfacing */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

export class Preview {
  /**
   * @param {HTMLElement} card
   * @param {import("../chrome/walk.js").Walk} walk
   * @param {() => void} resized Told when the card has another size.
   * @param {import("./footnotes.js").Ask} [ask] For footnotes; the server, when left out.
   */
  constructor(card, walk, resized, ask) {
    this.card = card;
    this.walk = walk;
    this.resized = resized;
    this.footnotes = new Footnotes(() => this.#note(true), ask);
    this.notes = part(card, "notes");
    /** @type {import("./footnotes.js").Footnote[] | null} Those written on the card. */
    this.written = null;
    /** @type {Link | null} */
    this.link = null;
    this.width = 0;
    this.height = 0;
    this.placedAt = "";
    new ResizeObserver(() => {
      if (this.link) this.#measure();
    }).observe(card);
  }

  get sheet() {
    return window.innerWidth < NARROW;
  }

  /** How much of the view's bottom a sheet covers, CSS pixels. */
  get inset() {
    return this.link && this.sheet ? this.height + EDGE : 0;
  }

  /**
   * How far a pill stands above the view's middle, or left of it in a low view, to
   * be amid it together with its card.
   */
  get lift() {
    const { innerHeight } = window;
    if (!this.link || this.sheet) return { x: 0, y: 0 };
    if (innerHeight < LOW) return { x: (this.width + GAP) / 2, y: 0 };
    return { x: 0, y: Math.min(this.height + GAP, innerHeight - 2 * FOOT_PX) / 2 };
  }

  /**
   * @param {Link} link
   * @param {Surfacing | null} surfacing
   */
  show(link, surfacing) {
    const { card } = this;
    this.link = link;
    fill(card, "title", link.title);
    fill(card, "by", byline(link));
    fill(card, "added", link.added ? `Added ${dayInWords(link.added, Date.now())}` : "");
    fill(card, "note", link.note ?? "");
    fill(card, "tags", link.tags.join(" · "));
    fill(card, "why", surfacing ? surfacing.why : "");
    const open = /** @type {HTMLAnchorElement} */ (part(card, "open"));
    open.href = `/go/${encodeURIComponent(link.id)}`;
    open.dataset.id = link.id;
    const permalink = /** @type {HTMLAnchorElement} */ (part(card, "permalink"));
    permalink.hidden = surfacing === null;
    if (surfacing) permalink.href = surfacing.permalink;
    part(card, "back").hidden = !this.walk.leadsBackFrom(link.id);
    this.footnotes.attend(link.id);
    this.#note(false);
    card.hidden = false;
    card.classList.toggle("sheet", this.sheet);
    this.#measure();
  }

  hide() {
    this.footnotes.attend(null);
    if (!this.link) return;
    this.link = null;
    this.card.hidden = true;
  }

  #measure() {
    this.width = this.card.offsetWidth;
    this.height = this.card.offsetHeight;
    this.placedAt = "";
    this.resized();
  }

  /**
   * Write the footnotes. Room is kept for those on their way, so that the card
   * seldom changes its size under somebody's eyes, and then gently.
   * @param {boolean} gently
   */
  #note(gently) {
    const { footnotes, notes } = this;
    const { here } = footnotes;
    if (here === null || here !== this.written) notes.replaceChildren(...(here ?? []).map(noteItem));
    this.written = here;
    notes.classList.toggle("gently", gently);
    notes.dataset.rows = String(here ? here.length : footnotes.failed ? 0 : MOST);
  }

  /**
   * Hold the card back while its pill is out of sight; a sheet needs no pill.
   * @param {boolean} waiting
   */
  wait(waiting) {
    this.card.classList.toggle("waiting", waiting && !this.sheet);
  }

  /**
   * Keep the card beside its pill.
   * @param {Box} pill On the screen, CSS pixels.
   * @param {number} viewWidth
   * @param {number} viewHeight
   */
  place(pill, viewWidth, viewHeight) {
    if (!this.link) return;
    const at = this.sheet
      ? { x: EDGE, y: viewHeight - this.height - EDGE }
      : besides(pill, this.width, this.height, viewWidth, viewHeight - (viewHeight < LOW ? 0 : FOOT_PX));
    const transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)`;
    if (transform === this.placedAt) return;
    this.placedAt = transform;
    this.card.style.transform = transform;
  }
}

/**
 * Where a card stands so that it neither covers the pill nor leaves the view:
 * below it, else above, right or left; where none has room, in the corner
 * farthest from the pill.
 * @param {Box} pill
 * @param {number} width Of the card.
 * @param {number} height
 * @param {number} viewWidth
 * @param {number} viewHeight
 * @returns {{x: number, y: number}}
 */
export function besides(pill, width, height, viewWidth, viewHeight) {
  const middleX = (pill.left + pill.right) / 2;
  const middleY = (pill.top + pill.bottom) / 2;
  const lastX = viewWidth - EDGE - width;
  const lastY = viewHeight - EDGE - height;
  const x = Math.max(EDGE, Math.min(lastX, middleX - width / 2));
  const y = Math.max(EDGE, Math.min(lastY, middleY - height / 2));
  const below = pill.bottom + GAP;
  const above = pill.top - GAP - height;
  const right = pill.right + GAP;
  const left = pill.left - GAP - width;
  if (below <= lastY) return { x, y: Math.max(EDGE, below) };
  if (above >= EDGE) return { x, y: Math.min(lastY, above) };
  if (right <= lastX) return { x: Math.max(EDGE, right), y };
  if (left >= EDGE) return { x: Math.min(lastX, left), y };
  return {
    x: middleX < viewWidth / 2 ? Math.max(EDGE, lastX) : EDGE,
    y: middleY < viewHeight / 2 ? Math.max(EDGE, lastY) : EDGE,
  };
}

/** @param {import("./footnotes.js").Footnote} note */
function noteItem({ link, why }) {
  const item = document.createElement("li");
  const anchor = document.createElement("a");
  const reason = document.createElement("span");
  anchor.href = permalinkTo(link.id);
  anchor.dataset.footnote = link.id;
  anchor.title = link.title;
  anchor.textContent = link.title;
  reason.textContent = why;
  anchor.append(reason);
  item.append(anchor);
  return item;
}

/**
 * Where a link can be shown to somebody else.
 * @param {string} id
 */
export function permalinkTo(id) {
  return `/l/${encodeURIComponent(id)}`;
}

/**
 * @param {HTMLElement} card
 * @param {string} name
 */
function part(card, name) {
  return /** @type {HTMLElement} */ (card.querySelector(`[data-part="${name}"]`));
}

/**
 * @param {HTMLElement} card
 * @param {string} name
 * @param {string} text
 */
function fill(card, name, text) {
  const element = part(card, name);
  element.textContent = text;
  element.hidden = text === "";
}
