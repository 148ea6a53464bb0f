/**
 * Which link the visitor attends to. The pointer counts before the keyboard's
 * focus, and both before what a touch or lucky brought forward. What is hovered
 * or focused is held still, for this visitor alone.
 */

/** @typedef {"hovered" | "focused" | "brought"} Way */

export class Attention {
  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    /** @type {Record<Way, string | null>} */
    this.ids = { hovered: null, focused: null, brought: null };
  }

  /** The id attended to, or null. */
  get id() {
    return this.ids.hovered ?? this.ids.focused ?? this.ids.brought;
  }

  /**
   * @param {Way} way
   * @param {string | null} id
   */
  set(way, id) {
    if (this.ids[way] === id) return;
    this.ids[way] = id;
    this.changed();
  }

  clear() {
    if (this.id === null) return;
    this.ids = { hovered: null, focused: null, brought: null };
    this.changed();
  }

  /** @param {string} id */
  holds(id) {
    return this.ids.hovered === id || this.ids.focused === id;
  }
}
