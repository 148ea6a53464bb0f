/**
 * The plain list's filter as one types: over what the server wrote, by the rule
 * of the server's own filter. Where the server had filtered already, the rest
 * of the list is fetched before it is needed.
 */

const PAUSE_MS = 500; // of typing, before the count is spoken

/**
 * Whether a text holds every word of another, in whatever order.
 * @param {string} hay In small letters.
 * @param {string} text
 */
export function holds(hay, text) {
  return text.toLowerCase().split(/\s+/).every((word) => hay.includes(word));
}

/**
 * What is shown, in the words the server uses.
 * @param {{shown: number, total: number, tag: string, text: string}} counts
 */
export function shownInWords({ shown, total, tag, text }) {
  const all = total === 1 ? "one link" : `${total} links`;
  if (tag === "" && text === "") return `${all[0].toUpperCase()}${all.slice(1)}`;
  return `${shown} of ${all}${tag && ` tagged ${tag}`}${text && ` with “${text}”`}`;
}

export class Sieve {
  /** @param {Document} page */
  constructor(page) {
    this.page = page;
    this.input = /** @type {HTMLInputElement} */ (page.querySelector("input[type=search]"));
    this.count = /** @type {HTMLElement} */ (page.querySelector("#count"));
    this.spoken = /** @type {HTMLElement} */ (page.querySelector("#spoken"));
    this.all = /** @type {HTMLElement} */ (page.querySelector(".all"));
    this.today = page.querySelector(".today");
    this.nothing = /** @type {HTMLElement} */ (page.querySelector("#nothing"));
    /** What the server filtered by: what it left out is not in the page. */
    this.served = new URLSearchParams(location.search).get("q") ?? "";
    /** @type {Promise<Document | null> | null} The unfiltered list, on its way. */
    this.whole = null;
    /** @type {Map<Element, string> | null} What each entry is searched by. */
    this.hays = null;
    this.timer = 0;
    this.input.addEventListener("input", () => void this.#typed());
    this.input.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      if (matchMedia("(pointer: coarse)").matches) this.input.blur();
    });
    // A page come back to may hold other words than it was served for.
    if (this.#text !== this.served.trim()) void this.#typed();
  }

  get #text() {
    return this.input.value.trim();
  }

  async #typed() {
    if (!this.#text.toLowerCase().startsWith(this.served.toLowerCase())) {
      const whole = await (this.whole ??= fetchWhole());
      // Two strokes may have waited for the same page: the first took its list.
      if (this.served === "") return void this.#show();
      if (!whole) return this.input.form?.submit();
      for (const part of ["#groups", "#index"]) {
        this.page.querySelector(part)?.replaceWith(whole.querySelector(part) ?? "");
      }
      this.whole = null;
      this.served = "";
      this.hays = null;
    }
    this.#show();
  }

  #show() {
    this.#sift(this.#text);
    this.#keepAddress(this.#text);
  }

  /** @param {string} text */
  #sift(text) {
    this.hays ??= read(this.page);
    let shown = 0;
    for (const [entry, hay] of this.hays) {
      const kept = holds(hay, text);
      entry.toggleAttribute("hidden", !kept);
      if (kept) shown += 1;
    }
    for (const group of this.page.querySelectorAll("#index section")) {
      const count = group.querySelectorAll("li:not([hidden])").length;
      const entry = this.page.querySelector(`#groups [data-group="${CSS.escape(group.id)}"]`);
      for (const part of [group, entry]) part?.toggleAttribute("hidden", count === 0);
      const number = entry?.querySelector("small");
      if (number) number.textContent = String(count);
    }
    const { total = "", tag = "" } = this.count.dataset;
    this.nothing.hidden = shown > 0;
    this.all.hidden = tag === "" && text === "";
    this.today?.toggleAttribute("hidden", text !== "");
    this.count.textContent = shownInWords({ shown, total: Number(total), tag, text });
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.spoken.textContent = shown === 0 ? "Nothing here holds all these words" : this.count.textContent;
    }, PAUSE_MS);
  }

  /**
   * A reload, a shared address and another order keep the words.
   * @param {string} text
   */
  #keepAddress(text) {
    history.replaceState(history.state, "", withWords(location.href, text));
    for (const link of this.page.querySelectorAll(".orders a")) {
      if (link instanceof HTMLAnchorElement) link.href = withWords(link.href, text);
    }
  }
}

/**
 * @param {string} address
 * @param {string} text
 */
function withWords(address, text) {
  const url = new URL(address);
  if (text === "") url.searchParams.delete("q");
  else url.searchParams.set("q", text);
  return url.href;
}

/** @returns {Promise<Document | null>} Null where it cannot be had. */
async function fetchWhole() {
  try {
    const answer = await fetch(withWords(location.href, ""));
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}

/**
 * Title, author, host, note and tags: what the server searches.
 * @param {Document} page
 */
function read(page) {
  /** @type {Map<Element, string>} */
  const hays = new Map();
  for (const group of page.querySelectorAll("#index section")) {
    const tag = group.getAttribute("data-tag") ?? "";
    for (const entry of group.querySelectorAll("li")) {
      const parts = [...entry.querySelectorAll("a, .by, .note")].map((part) => part.textContent);
      hays.set(entry, [tag, ...parts].join("\n").toLowerCase());
    }
  }
  return hays;
}
