/**
 * Animation frames, while there is somebody to see them: none while the page
 * is hidden or its canvas is out of view.
 */

const LONGEST_S = 0.1; // a longer gap was no motion but an interruption

export class Loop {
  /**
   * @param {HTMLElement} stage
   * @param {{frame: (nowMs: number, seconds: number) => void, seen: (seen: boolean) => void}} listener
   */
  constructor(stage, listener) {
    this.listener = listener;
    this.inView = true;
    this.seen = false;
    this.request = 0;
    this.before = 0;
    document.addEventListener("visibilitychange", () => this.#look());
    const observer = new IntersectionObserver((entries) => {
      this.inView = entries[entries.length - 1].isIntersecting;
      this.#look();
    });
    observer.observe(stage);
    this.#look();
  }

  #look() {
    const seen = this.inView && !document.hidden;
    if (seen === this.seen) return;
    this.seen = seen;
    this.listener.seen(seen);
    cancelAnimationFrame(this.request);
    if (!seen) return;
    this.before = performance.now();
    this.#ask();
  }

  #ask() {
    this.request = requestAnimationFrame((nowMs) => {
      this.#ask();
      const seconds = Math.min(LONGEST_S, Math.max(0, (nowMs - this.before) / 1000));
      this.before = nowMs;
      this.listener.frame(nowMs, seconds);
    });
  }
}
