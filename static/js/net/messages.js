/**
 * Text messages of the drift socket: their shapes, and what to say to a person
 * when one could not be done. Unknown types are skipped, as the protocol asks.
 */

/**
 * A link as the archive has it.
 * @typedef {object} Link
 * @property {string} id
 * @property {string} url
 * @property {string} title
 * @property {string} host
 * @property {string} [author]
 * @property {string} [note]
 * @property {string[]} tags
 * @property {string} [added] ISO date.
 */

/**
 * A link with its body: a pill of this size, in world units.
 * @typedef {Link & {slot: number, width: number, height: number, label: string,
 *   font_px: number, neglect: number}} PlacedLink
 */

/** @typedef {{id: string, until_tick: number}} Lit */
/** @typedef {{width: number, height: number}} World */

/**
 * @typedef {object} Welcome
 * @property {"welcome"} type
 * @property {string} epoch
 * @property {number} tick
 * @property {number} step_hz
 * @property {World} world
 * @property {PlacedLink[]} links
 * @property {import("../water/shadow.js").Current} current
 * @property {import("../water/shadow.js").Upright} upright
 * @property {import("./codec.js").Quanta} quanta
 * @property {string[]} held
 * @property {Lit[]} lit
 * @property {string | null} [trouble] What is wrong with the archive's file.
 */

/** @typedef {{type: "held", id: string, by_me: boolean}} HeldMessage */
/** @typedef {{type: "released", id: string}} ReleasedMessage */
/** @typedef {{type: "lit", id: string, until_tick: number}} LitMessage */
/** @typedef {{type: "spread"} & import("../water/shadow.js").Spread} SpreadMessage */
/** @typedef {{type: "pick", link: Link, why: string, permalink: string}} PickMessage */
/** @typedef {Omit<Welcome, "type" | "epoch" | "step_hz" | "upright" | "quanta">} Reload */
/** @typedef {{type: "archive"} & Reload} ArchiveMessage */
/** @typedef {{type: "error", code: string, detail: string, field?: string}} ErrorMessage */
/** @typedef {Welcome | HeldMessage | ReleasedMessage | LitMessage | SpreadMessage | PickMessage | ArchiveMessage | ErrorMessage} ServerMessage */

/** @type {ReadonlySet<string>} */
const KNOWN = new Set(["welcome", "held", "released", "lit", "spread", "pick", "archive", "error"]);

/** Errors that end a hold, whichever message they answer. */
export const LETS_GO = new Set(["held", "already_holding", "too_many_held", "not_holding", "unknown_link"]);

/**
 * @param {string} text
 * @returns {ServerMessage | null} Null for a type of a later version, or no message at all.
 */
export function parseMessage(text) {
  /** @type {unknown} */
  let message;
  try {
    message = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof message !== "object" || message === null || !("type" in message)) return null;
  return KNOWN.has(String(message.type)) ? /** @type {ServerMessage} */ (message) : null;
}

/** @type {Readonly<Record<string, string>>} */
const SENTENCES = {
  malformed: "The server did not understand that. Reloading the page may help.",
  unknown_link: "That link has left the archive.",
  unknown_tag: "No link carries that tag any more.",
  held: "Another visitor has this one in hand.",
  already_holding: "You already have one in hand: let it go first.",
  too_many_held: "Two links are in hand from your address already.",
  not_holding: "It slipped out of your hand.",
};

/**
 * A calm sentence for an error; the server's own detail for codes of a later version.
 * @param {{code: string, detail?: string}} error
 */
export function sentenceFor({ code, detail }) {
  return SENTENCES[code] ?? detail ?? "That could not be done.";
}

/**
 * What a reload of the archive changed, for those who watch.
 * @param {ReadonlyMap<string, unknown>} before By id.
 * @param {readonly Link[]} after
 * @returns {string} Empty when the same links float on.
 */
export function newsOf(before, after) {
  const came = after.filter(({ id }) => !before.has(id)).length;
  const left = before.size + came - after.length;
  const words = [came && `${counted(came)} drifted in`, left && `${counted(left)} left`];
  const text = words.filter(Boolean).join(", ");
  return text && `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** @param {number} count */
function counted(count) {
  return count === 1 ? "one link" : `${count} links`;
}
