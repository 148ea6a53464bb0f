/**
 * A few hairlines that ride on the current, so that calm water is seen to
 * move. Each lives some seconds, fades in and out, and is sown anew in view.
 */

const AREA_PX = 26_000; // of water for each line
const MOST = 150;
const TRAIL_S = 2.4; // how long the flow takes along a line, at zoom 1
const LONGEST_TRAIL_S = 6;
const BENDS = 5; // pieces it is traced in
const LIFE_S = 8;
const SHADES = 4;
const SHORE = 24; // world units along the walls that are left to the lining
const FAINT = 0.55;

export class Swell {
  constructor() {
    this.x = new Float64Array(MOST);
    this.y = new Float64Array(MOST);
    this.age = new Float64Array(MOST).fill(Infinity);
    this.life = new Float64Array(MOST);
    this.count = 0;
  }

  /**
   * Let the lines ride on, and draw them.
   * @param {CanvasRenderingContext2D} ctx Transformed to world units.
   * @param {import("./camera.js").Camera} camera
   * @param {import("../water/bodies.js").Bodies} bodies
   * @param {number} seconds
   */
  paint(ctx, camera, bodies, seconds) {
    const { flow } = bodies;
    if (flow.modes.length === 0) return;
    this.count = Math.min(MOST, Math.round((camera.viewWidth * camera.viewHeight) / AREA_PX));
    flow.turnTo(bodies.tick, bodies.dt);
    for (let i = 0; i < this.count; i += 1) this.#ride(i, camera, bodies, seconds);
    ctx.lineWidth = 1 / camera.zoom;
    ctx.lineCap = "round";
    const trail = Math.min(LONGEST_TRAIL_S, TRAIL_S / camera.zoom);
    for (let shade = 0; shade < SHADES; shade += 1) {
      ctx.globalAlpha = (FAINT * (shade + 1)) / SHADES;
      ctx.beginPath();
      for (let i = 0; i < this.count; i += 1) {
        const strength = Math.sin((Math.PI * this.age[i]) / this.life[i]);
        if (Math.min(SHADES - 1, Math.floor(strength * SHADES)) === shade) trace(ctx, flow, this.x[i], this.y[i], trail);
      }
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
  }

  /**
   * @param {number} i
   * @param {import("./camera.js").Camera} camera
   * @param {import("../water/bodies.js").Bodies} bodies
   * @param {number} seconds
   */
  #ride(i, camera, bodies, seconds) {
    const young = this.age[i] === Infinity;
    this.age[i] += seconds;
    const sx = camera.screenX(this.x[i]);
    const sy = camera.screenY(this.y[i]);
    const away = sx < -60 || sy < -60 || sx > camera.viewWidth + 60 || sy > camera.viewHeight + 60;
    if (young || away || this.age[i] >= this.life[i]) {
      this.life[i] = LIFE_S * (0.6 + 0.8 * Math.random());
      this.age[i] = young || away ? Math.random() * this.life[i] : 0;
      this.x[i] = within(camera.worldX(0), camera.worldX(camera.viewWidth), bodies.width);
      this.y[i] = within(camera.worldY(0), camera.worldY(camera.viewHeight), bodies.height);
      return;
    }
    bodies.flow.sample(this.x[i], this.y[i]);
    this.x[i] += bodies.flow.ux * seconds;
    this.y[i] += bodies.flow.uy * seconds;
  }
}

/**
 * Trace a line of flow back from its head.
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("../water/shadow.js").Flow} flow
 * @param {number} x
 * @param {number} y
 * @param {number} seconds It is as long as the flow runs in this time.
 */
function trace(ctx, flow, x, y, seconds) {
  ctx.moveTo(x, y);
  for (let bend = 0; bend < BENDS; bend += 1) {
    flow.sample(x, y);
    x -= (flow.ux * seconds) / BENDS;
    y -= (flow.uy * seconds) / BENDS;
    ctx.lineTo(x, y);
  }
}

/**
 * Somewhere in view, and on the water.
 * @param {number} from World units.
 * @param {number} to
 * @param {number} size Of the world.
 */
function within(from, to, size) {
  const first = Math.max(SHORE, from);
  return first + Math.random() * Math.max(0, Math.min(size - SHORE, to) - first);
}
