/**
 * The line at the foot of the page that says what is wrong with the archive's
 * file. What stands above it makes room, and says nothing once it is mended.
 */

export class Trouble {
  /** @param {HTMLElement} line */
  constructor(line) {
    this.line = line;
    const { style } = document.documentElement;
    new ResizeObserver(() => style.setProperty("--foot", `${line.offsetHeight}px`)).observe(line);
  }

  /** @param {string | null | undefined} text Undefined where nothing is known of it. */
  hear(text) {
    // A screen reader would read the same sentence again.
    if (text !== undefined && this.line.textContent !== (text ?? "")) this.line.textContent = text;
  }
}
