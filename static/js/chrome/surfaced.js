/**
 * Which links lucky has shown to this visitor, oldest first, so that it does
 * not show them again. Kept in the browser and nowhere else.
 */

import { recall, remember } from "./storage.js";

const KEY = "link-drift.surfaced";
const MOST = 100;
/** The socket takes messages of 4,096 bytes; what is around the list fits in the rest. */
const MOST_BYTES = 3600;

/** @returns {string[]} */
function all() {
  const kept = recall(KEY);
  return Array.isArray(kept) ? kept.filter((id) => typeof id === "string").slice(-MOST) : [];
}

/**
 * What to leave out of the next pick; the oldest are dropped where the list
 * would not fit into a message.
 * @returns {string[]}
 */
export function surfaced() {
  const ids = all();
  const encoder = new TextEncoder();
  while (encoder.encode(JSON.stringify(ids)).length > MOST_BYTES) ids.shift();
  return ids;
}

/** @param {string} id */
export function noteSurfaced(id) {
  remember(KEY, [...all().filter((other) => other !== id), id].slice(-MOST));
}
