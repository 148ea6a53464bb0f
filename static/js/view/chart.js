/**
 * The water as an old chart shows it: faint level lines of the stream function
 * (which are the lines of flow), water-lining along the shore, land beyond.
 * It changes slowly, so it has a canvas of its own and is redrawn only when
 * the view moves or the lines have had time to turn.
 */

const CELL_PX = 14; // between samples of the stream function
const LEVELS = 15; // lines each side of zero
const TURN_MS = 150; // the lines turn too slowly to see in less
const CELLS_A_FRAME = 2500; // of a new chart, drawn up while the old one is shown
const MARGIN = 0.15; // of the view, sampled beyond it so that a pan needs no new lines
const LINING = [0, 5, 12, 22, 36]; // distances from the shore, as engravers drew them
const CORNER = 28;

/**
 * Level lines of one instant over one part of the world, and how far they are drawn up.
 * @typedef {object} Survey
 * @property {Path2D} lines
 * @property {Float64Array} xs Where the stream function is sampled, world units.
 * @property {Float64Array} ys
 * @property {number} cell Between samples, world units.
 * @property {number} tick
 * @property {number} row Rows of cells drawn up.
 */

/** @returns {Survey} */
function blankSurvey() {
  const none = new Float64Array(0);
  return { lines: new Path2D(), xs: none, ys: none, cell: 1, tick: 0, row: 0 };
}

export class Chart {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import("./palette.js").Palette} palette
   */
  constructor(canvas, palette) {
    this.ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
    this.palette = palette;
    this.shown = blankSurvey();
    /** @type {Survey | null} The next one, being drawn up. */
    this.next = null;
    this.turnedAt = -Infinity;
    this.values = new Float64Array(0);
  }

  /** Draw anew at the next chance: the world or the colours changed. */
  refresh() {
    this.shown = blankSurvey();
    this.next = null;
  }

  /**
   * @param {import("./camera.js").Camera} camera
   * @param {import("../water/bodies.js").Bodies} bodies
   * @param {number} ratio Device pixels per CSS pixel.
   * @param {number} nowMs
   * @param {boolean} changed The view moved, or must be shown anew.
   */
  paint(camera, bodies, ratio, nowMs, changed) {
    let redraw = changed;
    if (!covers(this.shown, camera)) {
      this.next = begin(camera, bodies);
      this.#drawUp(this.next, bodies, Infinity);
    } else if (this.next) {
      this.#drawUp(this.next, bodies, CELLS_A_FRAME);
    } else if (nowMs - this.turnedAt > TURN_MS && bodies.tick !== this.shown.tick) {
      this.next = begin(camera, bodies);
    }
    if (this.next && this.next.row >= this.next.ys.length - 1) {
      this.shown = this.next;
      this.next = null;
      this.turnedAt = nowMs;
      redraw = true;
    }
    if (redraw) this.#draw(camera, bodies, ratio);
  }

  /**
   * Find more of a chart's level lines, by marching squares.
   * @param {Survey} survey
   * @param {import("../water/bodies.js").Bodies} bodies
   * @param {number} cells At most about so many.
   */
  #drawUp(survey, { flow, dt }, cells) {
    const { xs, ys } = survey;
    const last = Math.max(0, ys.length - 1);
    const rows = Math.min(last - survey.row, Math.max(1, Math.floor(cells / Math.max(1, xs.length))));
    if (rows <= 0) return;
    const part = ys.subarray(survey.row, survey.row + rows + 1);
    const size = xs.length * part.length;
    if (this.values.length < size) this.values = new Float64Array(size);
    flow.turnTo(survey.tick, dt);
    flow.streamGrid(this.values, xs, part);
    const strength = flow.modes.reduce((sum, mode) => sum + Math.abs(mode[2]), 0);
    if (strength > 0) contours(survey.lines, this.values, xs, part, survey.cell, strength / LEVELS);
    survey.row += rows;
  }

  /**
   * @param {import("./camera.js").Camera} camera
   * @param {import("../water/bodies.js").Bodies} bodies
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
    ctx.globalAlpha = 0.34;
    ctx.stroke(this.shown.lines);
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
 * Whether a chart still holds for a view.
 * @param {Survey} survey
 * @param {import("./camera.js").Camera} camera
 */
function covers({ xs, ys, cell }, camera) {
  const wished = CELL_PX / camera.zoom;
  if (xs.length === 0 || wished / cell > 1.6 || cell / wished > 1.6) return false;
  return (
    xs[0] <= Math.max(0, camera.worldX(0)) &&
    ys[0] <= Math.max(0, camera.worldY(0)) &&
    xs[xs.length - 1] >= Math.min(camera.worldWidth, camera.worldX(camera.viewWidth)) &&
    ys[ys.length - 1] >= Math.min(camera.worldHeight, camera.worldY(camera.viewHeight))
  );
}

/**
 * Lay out a chart for a view and a little more.
 * @param {import("./camera.js").Camera} camera
 * @param {import("../water/bodies.js").Bodies} bodies
 * @returns {Survey}
 */
function begin(camera, { width, height, tick }) {
  const cell = CELL_PX / camera.zoom;
  const spareX = (MARGIN * camera.viewWidth) / camera.zoom;
  const spareY = (MARGIN * camera.viewHeight) / camera.zoom;
  const xs = samples(camera.worldX(0) - spareX, camera.worldX(camera.viewWidth) + spareX, cell, width);
  const ys = samples(camera.worldY(0) - spareY, camera.worldY(camera.viewHeight) + spareY, cell, height);
  return { lines: new Path2D(), xs, ys, cell, tick, row: 0 };
}

/**
 * Whole multiples of the cell, so that a moving view does not make the lines shiver.
 * @param {number} from World units.
 * @param {number} to
 * @param {number} cell
 * @param {number} size Of the world.
 */
function samples(from, to, cell, size) {
  const first = Math.max(0, Math.floor(from / cell));
  const last = Math.min(Math.ceil(size / cell), Math.ceil(to / cell));
  return Float64Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Math.min(size, (first + i) * cell),
  );
}

/**
 * Add the level lines of a grid of values to a path.
 * @param {Path2D} path
 * @param {Float64Array} values Row by row.
 * @param {Float64Array} xs
 * @param {Float64Array} ys
 * @param {number} cell World units.
 * @param {number} gap Between levels.
 */
function contours(path, values, xs, ys, cell, gap) {
  const across = xs.length;
  for (let j = 0; j + 1 < ys.length; j += 1) {
    for (let i = 0; i + 1 < across; i += 1) {
      const at = j * across + i;
      const a = values[at];
      const b = values[at + 1];
      const c = values[at + across + 1];
      const d = values[at + across];
      const low = Math.min(a, b, c, d);
      const high = Math.max(a, b, c, d);
      // Half a gap off zero: the zero line runs along the walls, where the lining is.
      for (let k = Math.ceil(low / gap - 0.5); (k + 0.5) * gap < high; k += 1) {
        crossCell(path, a, b, c, d, xs[i], ys[j], cell, (k + 0.5) * gap);
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
