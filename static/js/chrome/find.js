/**
 * Finding one link by its words, and swimming to it: a way for those who do
 * not care to chase.
 */

import { byline } from "./links.js";

const MOST = 8;

/** @typedef {import("../net/messages.js").Link} Link */

/**
 * The links that hold every word, in their order.
 * @param {Iterable<Link>} links
 * @param {string} text
 * @returns {Link[]}
 */
export function matching(links, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return [...links].filter((link) => {
    const hay = [link.title, link.author, link.host, link.note, ...link.tags].join("\n").toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}

export class Finder {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {() => Iterable<Link>} links
   * @param {(id: string) => void} found
   */
  constructor(dialog, links, found) {
    this.dialog = dialog;
    this.links = links;
    this.found = found;
    this.input = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
    this.results = /** @type {HTMLElement} */ (dialog.querySelector("ul"));
    this.count = /** @type {HTMLElement} */ (dialog.querySelector("[data-part=count]"));
    this.input.addEventListener("input", () => this.#list());
    dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      this.results.querySelector("button")?.click();
    });
  }

  open() {
    this.input.value = "";
    this.#list();
    this.dialog.showModal();
  }

  #list() {
    const found = matching(this.links(), this.input.value);
    this.results.replaceChildren(...found.slice(0, MOST).map((link) => this.#item(link)));
    this.count.textContent =
      this.input.value.trim() === ""
        ? ""
        : found.length > MOST
          ? `${found.length} links, the first ${MOST} shown`
          : found.length === 1
            ? "One link"
            : found.length === 0
              ? "No link has all these words"
              : `${found.length} links`;
  }

  /** @param {Link} link */
  #item(link) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const by = document.createElement("span");
    button.type = "button";
    button.textContent = link.title;
    by.className = "by";
    by.textContent = byline(link);
    button.append(by);
    button.addEventListener("click", () => {
      this.dialog.close();
      this.found(link.id);
    });
    item.append(button);
    return item;
  }
}
