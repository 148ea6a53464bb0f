/**
 * The browser's own memory, which may be refused: then values last as long as
 * the page, and nothing fails.
 */

/** @type {Map<string, string>} */
const fallback = new Map();

/**
 * @param {string} key
 * @returns {unknown} Undefined when nothing readable is there.
 */
export function recall(key) {
  let text = fallback.get(key) ?? null;
  try {
    text = localStorage.getItem(key) ?? text;
  } catch {
    // Storage is refused; what this page wrote is in the fallback.
  }
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 */
export function remember(key, value) {
  const text = JSON.stringify(value);
  fallback.set(key, text);
  try {
    localStorage.setItem(key, text);
  } catch {
    // Refused or full; the fallback has it.
  }
}
