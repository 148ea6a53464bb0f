/**
 * Every gesture has a key. Keys that a focused control or an open dialog wants
 * for itself are left to it.
 */

const STEP_PX = 90;
const NUDGE = 40; // world units
const ZOOM = 1.25;

/**
 * @typedef {object} Keys
 * @property {(dx: number, dy: number) => void} pan CSS pixels the view moves.
 * @property {(factor: number) => void} zoom
 * @property {() => void} fit
 * @property {() => void} lucky
 * @property {() => void} pause
 * @property {() => void} find
 * @property {() => void} help
 * @property {() => void} escape
 * @property {(number: number) => boolean} footnote False when there is no such footnote.
 * @property {() => void} back
 * @property {(dx: number, dy: number) => boolean} nudge World units; false when nothing is focused.
 */

/** @type {Readonly<Record<string, readonly [number, number]>>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {Keys} keys */
export function listenForKeys(keys) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : document.body;
    // What was focused in a dialog still is for a moment after it closed.
    if (target.closest("dialog[open], :is(input, textarea, select):not(dialog *)")) return;
    if (respond(event, target, keys)) event.preventDefault();
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {Element} target
 * @param {Keys} keys
 * @returns {boolean} Whether the key was ours.
 */
function respond(event, target, keys) {
  const arrow = ARROWS[event.key];
  if (arrow) {
    const [x, y] = arrow;
    if (event.shiftKey && keys.nudge(x * NUDGE, y * NUDGE)) return true;
    keys.pan(x * STEP_PX, y * STEP_PX);
    return true;
  }
  switch (event.key) {
    case "l":
    case "L":
      keys.lucky();
      return true;
    case "+":
    case "=":
      keys.zoom(ZOOM);
      return true;
    case "-":
      keys.zoom(1 / ZOOM);
      return true;
    case "0":
      keys.fit();
      return true;
    case "p":
    case "P":
      keys.pause();
      return true;
    case " ":
      // A button is pressed by it.
      if (target.closest("button")) return false;
      keys.pause();
      return true;
    case "f":
    case "F":
    case "/":
      keys.find();
      return true;
    case "?":
      keys.help();
      return true;
    case "1":
    case "2":
    case "3":
      return keys.footnote(Number(event.key));
    case "Backspace":
      keys.back();
      return true;
    case "Escape":
      keys.escape();
      return true;
    default:
      return false;
  }
}
