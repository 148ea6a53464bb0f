/**
 * The water as an old chart shows it: faint level lines of the stream function
 * (which are the lines of flow), water-lining along the shore, land beyond.
 * It changes slowly, so it has a canvas of its own and is redrawn only when
 * the view moves or the lines have had time to turn.
 */

const CELL_PX = 26; // between samples of the stream function
const LEVELS = 9; // lines each side of zero
const TURN_MS = 120; // the lines turn too slowly to see in less
const MARGIN = 0.2; // of the view, sampled beyond it so that a pan needs no new lines
const LINING = [0, 5, 12, 22, 36]; // distances from the shore, as engravers drew them
const CORNER = 28;

export class Water {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import("./palette.js").Palette} palette
   */
  constructor(canvas, palette) {
    this.ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
    this.palette = palette;
    this.lines = new Path2D();
    this.region = { left: 0, top: 0, right: -1, bottom: -1, cell: 0 };
    this.turnedAt = -Infinity;
    this.values = new Float64Array(0);
  }

  /** Draw anew at the next chance. */
  refresh() {
    this.turnedAt = -Infinity;
  }

  /**
   * @param {import("./camera.js").Camera} camera
   * @param {import("./bodies.js").Bodies} bodies
   * @param {number} ratio Device pixels per CSS pixel.
   * @param {number} nowMs
   * @param {boolean} moved The view moved since the last call.
   */
  paint(camera, bodies, ratio, nowMs, moved) {
    const due = nowMs - this.turnedAt > TURN_MS;
    if (!due && !moved) return;
    const cell = CELL_PX / camera.zoom;
    if (due || !this.#covers(camera, cell)) {
      this.turnedAt = nowMs;
      this.#trace(camera, bodies, cell);
    }
    this.#draw(camera, bodies, ratio);
  }

  /**
   * @param {import("./camera.js").Camera} camera
   * @param {number} cell
   */
  #covers(camera, cell) {
    const { left, top, right, bottom, cell: traced } = this.region;
    return (
      cell / traced < 1.6 &&
      traced / cell < 1.6 &&
      left <= Math.max(0, camera.worldX(0)) &&
      top <= Math.max(0, camera.worldY(0)) &&
      right >= Math.min(camera.worldWidth, camera.worldX(camera.viewWidth)) &&
      bottom >= Math.min(camera.worldHeight, camera.worldY(camera.viewHeight))
    );
  }

  /**
   * Find the level lines around the view, by marching squares.
   * @param {import("./camera.js").Camera} camera
   * @param {import("./bodies.js").Bodies} bodies
   * @param {number} cell World units.
   */
  #trace(camera, bodies, cell) {
    const { flow, width, height } = bodies;
    const spareX = (MARGIN * camera.viewWidth) / camera.zoom;
    const spareY = (MARGIN * camera.viewHeight) / camera.zoom;
    // Cells stand on whole multiples: a moving view must not make the lines shiver.
    const fromX = Math.max(0, Math.floor((camera.worldX(0) - spareX) / cell));
    const fromY = Math.max(0, Math.floor((camera.worldY(0) - spareY) / cell));
    const toX = Math.min(Math.ceil(width / cell), Math.ceil((camera.worldX(camera.viewWidth) + spareX) / cell));
    const toY = Math.min(Math.ceil(height / cell), Math.ceil((camera.worldY(camera.viewHeight) + spareY) / cell));
    const across = Math.max(0, toX - fromX + 1);
    const down = Math.max(0, toY - fromY + 1);
    if (this.values.length < across * down) this.values = new Float64Array(across * down);
    const values = this.values;
    flow.turnTo(bodies.tick, bodies.dt);
    for (let j = 0; j < down; j += 1) {
      for (let i = 0; i < across; i += 1) {
        const x = Math.min(width, (fromX + i) * cell);
        const y = Math.min(height, (fromY + j) * cell);
        values[j * across + i] = flow.stream(x, y);
      }
    }
    const strength = flow.modes.reduce((sum, mode) => sum + Math.abs(mode[2]), 0);
    const lines = new Path2D();
    if (strength > 0) contours(lines, values, across, down, fromX, fromY, cell, strength / LEVELS);
    this.lines = lines;
    this.region = { left: fromX * cell, top: fromY * cell, right: toX * cell, bottom: toY * cell, cell };
  }

  /**
   * @param {import("./camera.js").Camera} camera
   * @param {import("./bodies.js").Bodies} bodies
   * @param {number} ratio
   */
  #draw(camera, bodies, ratio) {
    const { ctx } = this;
    const { water, land, line } = this.palette.colours;
    const scale = camera.zoom * ratio;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = land;
    ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    ctx.setTransform(scale, 0, 0, scale, camera.screenX(0) * ratio, camera.screenY(0) * ratio);
    ctx.fillStyle = water;
    const corner = CORNER / Math.max(1, camera.zoom);
    ctx.beginPath();
    ctx.roundRect(0, 0, bodies.width, bodies.height, corner);
    ctx.fill();
    ctx.strokeStyle = line;
    ctx.lineWidth = 1 / camera.zoom;
    ctx.globalAlpha = 0.4;
    ctx.stroke(this.lines);
    LINING.forEach((distance, i) => {
      const inset = distance / camera.zoom;
      ctx.globalAlpha = 1 - i / LINING.length;
      ctx.beginPath();
      ctx.roundRect(
        inset,
        inset,
        bodies.width - 2 * inset,
        bodies.height - 2 * inset,
        Math.max(0, corner - inset / 2),
      );
      ctx.stroke();
    });
    ctx.globalAlpha = 1;
  }
}

/**
 * Add the level lines of a grid of values to a path.
 * @param {Path2D} path
 * @param {Float64Array} values Row by row.
 * @param {number} across Values in a row.
 * @param {number} down Rows.
 * @param {number} fromX Column of the first value, in cells from the world's edge.
 * @param {number} fromY
 * @param {number} cell World units.
 * @param {number} gap Between levels.
 */
function contours(path, values, across, down, fromX, fromY, cell, gap) {
  for (let j = 0; j + 1 < down; j += 1) {
    for (let i = 0; i + 1 < across; i += 1) {
      const at = j * across + i;
      const a = values[at];
      const b = values[at + 1];
      const c = values[at + across + 1];
      const d = values[at + across];
      const low = Math.min(a, b, c, d);
      const high = Math.max(a, b, c, d);
      const x = (fromX + i) * cell;
      const y = (fromY + j) * cell;
      // Half a gap off zero: the zero line runs along the walls, where the lining is.
      for (let k = Math.ceil(low / gap - 0.5); (k + 0.5) * gap < high; k += 1) {
        crossCell(path, a, b, c, d, x, y, cell, (k + 0.5) * gap);
      }
    }
  }
}

/**
 * One level's line across one cell, corners a b / d c clockwise from the top left.
 * @param {Path2D} path
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 * @param {number} x
 * @param {number} y
 * @param {number} cell
 * @param {number} level
 */
function crossCell(path, a, b, c, d, x, y, cell, level) {
  let open = false;
  /**
   * @param {number} px
   * @param {number} py
   */
  const point = (px, py) => {
    if (open) path.lineTo(px, py);
    else path.moveTo(px, py);
    open = !open;
  };
  if (a < level !== b < level) point(x + (cell * (level - a)) / (b - a), y);
  if (b < level !== c < level) point(x + cell, y + (cell * (level - b)) / (c - b));
  if (d < level !== c < level) point(x + (cell * (level - d)) / (c - d), y + cell);
  if (a < level !== d < level) point(x, y + (cell * (level - a)) / (d - a));
}
