/**
 * The parallel list: one real link for each body, in a stable order. Without
 * JavaScript it is the page; with it, it is what keyboards and screen readers
 * use, and what every opening goes through.
 */

/** @typedef {import("../net/messages.js").Link} Link */

export class LinkList {
  /**
   * @param {HTMLElement} list
   * @param {{focused: (id: string) => void, left: (to: EventTarget | null) => void, opened: (id: string) => void}} listener
   */
  constructor(list, listener) {
    this.list = list;
    list.addEventListener("focusin", (event) => {
      const id = idOf(event.target);
      if (id !== null) listener.focused(id);
    });
    list.addEventListener("focusout", (event) => listener.left(event.relatedTarget));
    for (const kind of ["click", "auxclick"]) {
      list.addEventListener(kind, (event) => {
        const id = idOf(event.target);
        // A press of the third button opens a link too; of the second, a menu.
        if (id !== null && /** @type {MouseEvent} */ (event).button !== 2) listener.opened(id);
      });
    }
  }

  /**
   * @param {string} id
   * @returns {HTMLAnchorElement | null}
   */
  anchor(id) {
    return this.list.querySelector(`a[data-id="${CSS.escape(id)}"]`);
  }

  get hasFocus() {
    return this.list.contains(document.activeElement);
  }

  /** @param {string} id */
  focus(id) {
    this.anchor(id)?.focus({ preventScroll: true });
  }

  /**
   * Follow a link as if it had been pressed: in a new tab, through `/go`.
   * @param {string} id
   */
  open(id) {
    this.anchor(id)?.click();
  }

  /**
   * Take over the archive's links without disturbing the focus.
   * @param {readonly Link[]} links
   */
  update(links) {
    /** @type {Map<string, Element>} */
    const items = new Map();
    for (const item of this.list.children) {
      const id = idOf(item.querySelector("a"));
      if (id !== null) items.set(id, item);
    }
    // First those that left: then none that stays is out of place because of them.
    const staying = new Set(links.map((link) => link.id));
    for (const [id, item] of items) if (!staying.has(id)) item.remove();
    /** @type {Element | null} */
    let before = null;
    for (const link of links) {
      const item = items.get(link.id) ?? blankItem(link.id);
      write(item, link);
      /** @type {Element | null} */
      const place = before ? before.nextElementSibling : this.list.firstElementChild;
      // Moving a node would drop its focus: only those out of place move.
      if (item !== place) this.list.insertBefore(item, place);
      before = item;
    }
  }
}

/** @param {string} id */
function blankItem(id) {
  const item = document.createElement("li");
  const anchor = document.createElement("a");
  anchor.href = `/go/${encodeURIComponent(id)}`;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  anchor.dataset.id = id;
  const by = document.createElement("span");
  by.className = "by";
  item.append(anchor, " ", by);
  return item;
}

/**
 * @param {Element} item
 * @param {Link} link
 */
function write(item, link) {
  const anchor = item.querySelector("a");
  const by = item.querySelector(".by");
  if (anchor && anchor.textContent !== link.title) anchor.textContent = link.title;
  const text = byline(link);
  if (by && by.textContent !== text) by.textContent = text;
}

/** @param {Link} link */
export function byline(link) {
  return link.author ? `${link.author} · ${link.host}` : link.host;
}

/**
 * @param {unknown} target
 * @returns {string | null}
 */
function idOf(target) {
  return target instanceof HTMLElement ? (target.closest("a")?.dataset.id ?? null) : null;
}
