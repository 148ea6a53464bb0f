/** A document without a browser, for modules that write into one. */

import { parseHTML } from "linkedom";

/** @type {() => void} */
let resized = () => {};

/**
 * Lay out a page and make it this process's own.
 * @param {string} body
 * @param {string} [address]
 * @returns {any} The document.
 */
export function lay(body, address = "http://here/") {
  const view = /** @type {any} */ (parseHTML(`<!doctype html><html><body>${body}</body></html>`));
  const { document } = view;
  const names = ["HTMLElement", "Element", "HTMLAnchorElement", "HTMLInputElement", "DOMParser", "Node"];
  for (const name of names) Object.assign(globalThis, { [name]: view[name] });
  /** @type {any} */
  let focus = document.body;
  Object.defineProperty(document, "activeElement", { get: () => focus });
  view.HTMLElement.prototype.focus = function () {
    focus = this;
  };
  view.HTMLElement.prototype.blur = () => (focus = document.body);
  // The parts of a select that the parser's document lacks.
  for (const select of document.querySelectorAll("select")) {
    let chosen = "";
    Object.defineProperty(select, "options", { get: () => select.querySelectorAll("option") });
    Object.defineProperty(select, "value", { get: () => chosen, set: (value) => (chosen = value) });
  }
  Object.assign(globalThis, {
    document,
    window: globalThis,
    location: new URL(address),
    history: {
      state: { theirs: 1 },
      replaceState: (/** @type {any} */ _state, /** @type {string} */ _title, /** @type {string} */ url) =>
        (globalThis.location = /** @type {any} */ (new URL(url))),
    },
    CSS: { escape: (/** @type {string} */ text) => text.replace(/["\\]/g, "\\$&") },
    Option: function (/** @type {string} */ text, /** @type {string} */ value) {
      const option = document.createElement("option");
      option.textContent = text;
      option.setAttribute("value", value);
      return option;
    },
    ResizeObserver: class {
      /** @param {() => void} told */
      constructor(told) {
        resized = told;
      }
      observe() {}
    },
  });
  return document;
}

/** What was observed last has another size. */
export const resize = () => resized();

/**
 * Something happens to an element, and bubbles.
 * @param {any} target
 * @param {string} kind
 * @param {Record<string, unknown>} [detail]
 * @returns {any} The event, as it was left.
 */
export function happen(target, kind, detail = {}) {
  const view = (target.ownerDocument ?? target).defaultView;
  const event = new view.Event(kind, { bubbles: true, cancelable: true });
  for (const [name, value] of Object.entries(detail)) Object.defineProperty(event, name, { value });
  target.dispatchEvent(event);
  return event;
}
