/**
 * The small map: every body a dot, the view a frame. It shows only when the
 * world is larger than the view; a press on it takes the camera there.
 */

const EVERY_MS = 160;
const LONGEST_PX = 148;
const SHARE = 0.2; // of the view's width, at most: a phone keeps room for the button

export class ChartMap {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import("./palette.js").Palette} palette
   * @param {import("./camera.js").Camera} camera
   */
  constructor(canvas, palette, camera) {
    this.canvas = canvas;
    this.ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.palette = palette;
    this.camera = camera;
    this.paintedAt = -Infinity;
    this.scale = 1;
    this.ratio = 1;
    this.down = false;
    canvas.addEventListener("pointerdown", (event) => {
      this.down = true;
      canvas.setPointerCapture(event.pointerId);
      this.#go(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (this.down) this.#go(event);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => {
        this.down = false;
      });
    }
  }

  /** @param {PointerEvent} event */
  #go(event) {
    this.camera.rest();
    this.camera.x = event.offsetX / this.scale;
    this.camera.y = event.offsetY / this.scale;
    this.paintedAt = -Infinity;
  }

  /**
   * Fit the map to a world.
   * @param {number} width World units.
   * @param {number} height
   * @param {number} ratio Device pixels per CSS pixel.
   */
  resize(width, height, ratio) {
    const most = Math.min(LONGEST_PX, this.camera.viewWidth * SHARE);
    this.scale = most / Math.max(width, height);
    const across = Math.round(width * this.scale);
    const down = Math.round(height * this.scale);
    this.canvas.style.width = `${across}px`;
    this.canvas.style.height = `${down}px`;
    this.canvas.width = across * ratio;
    this.canvas.height = down * ratio;
    this.ratio = ratio;
    this.paintedAt = -Infinity;
  }

  /**
   * @param {import("../water/bodies.js").Bodies} bodies
   * @param {import("./paint.js").Marks} marks
   * @param {number} nowMs
   * @param {boolean} moved The view moved.
   */
  paint(bodies, marks, nowMs, moved) {
    const { camera, ctx, scale } = this;
    const smaller =
      bodies.width * camera.zoom > camera.viewWidth + 1 ||
      bodies.height * camera.zoom > camera.viewHeight + 1;
    if (this.canvas.hidden === smaller) this.canvas.hidden = !smaller;
    if (!smaller || (!moved && nowMs - this.paintedAt < EVERY_MS)) return;
    this.paintedAt = nowMs;
    const { ink, accent, lit } = this.palette.colours;
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
    for (const slot of bodies.order) {
      const link = bodies.links[slot];
      if (!link || bodies.present[slot] === 0) continue;
      const shines = marks.picked === link.id || (marks.lit.get(link.id) ?? 0) > bodies.tick;
      const dimmed = marks.tag !== "" && !link.tags.includes(marks.tag);
      ctx.fillStyle = shines ? lit : ink;
      ctx.globalAlpha = shines ? 1 : dimmed ? 0.12 : 0.25 + 0.3 * link.neglect;
      const long = shines ? 7 : Math.max(2, link.width * scale * 0.45);
      const thick = shines ? 4 : 1.25;
      ctx.fillRect(bodies.drawn.x[slot] * scale - long / 2, bodies.drawn.y[slot] * scale - thick / 2, long, thick);
    }
    ctx.globalAlpha = 1;
    ctx.strokeStyle = accent;
    ctx.lineWidth = 1.25;
    const left = Math.max(0.75, camera.worldX(0) * scale);
    const top = Math.max(0.75, camera.worldY(0) * scale);
    const right = Math.min(bodies.width * scale - 0.75, camera.worldX(camera.viewWidth) * scale);
    const bottom = Math.min(bodies.height * scale - 0.75, camera.worldY(camera.viewHeight) * scale);
    ctx.beginPath();
    ctx.roundRect(left, top, Math.max(2, right - left), Math.max(2, bottom - top), 2);
    ctx.stroke();
  }
}
