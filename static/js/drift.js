/**
 * The page's conductor: what the server says and what the visitor does become
 * changes of bodies, camera and marks; each animation frame shows them.
 */

import { Attention } from "./attention.js";
import { Bodies } from "./bodies.js";
import { Camera } from "./camera.js";
import { TickClock } from "./clock.js";
import { Hand } from "./hand.js";
import { sentenceFor } from "./messages.js";
import { Connection } from "./socket.js";

const MARGIN_PX = 24; // a pill nearer to the edge than this is not "in view"
const NUDGE_ENDS_MS = 700;

/** @typedef {import("./messages.js").PlacedLink} PlacedLink */
/** @typedef {import("./preview.js").Surfacing} Surfacing */

/**
 * @typedef {object} Parts
 * @property {import("./paint.js").Painter} painter
 * @property {import("./water.js").Water} water
 * @property {import("./map.js").ChartMap} map
 * @property {import("./links.js").LinkList} list
 * @property {import("./preview.js").Preview} preview
 * @property {import("./notice.js").Notice} notice
 * @property {import("./status.js").Status} status
 * @property {HTMLCanvasElement[]} canvases
 */

export class Drift {
  /**
   * @param {string} url Of the socket.
   * @param {boolean} calm The visitor prefers reduced motion.
   */
  constructor(url, calm) {
    this.calm = calm;
    this.paused = calm;
    this.seen = false;
    this.bodies = new Bodies();
    this.camera = new Camera();
    this.clock = new TickClock(60);
    this.connection = new Connection(url, {
      message: (message) => this.#message(message),
      frame: (frame) => this.#frame(frame),
      lost: () => this.#lost(),
    });
    this.hand = new Hand(this.bodies, this.connection);
    this.attention = new Attention(() => this.#attend());
    /** @type {Set<string>} */
    this.held = new Set();
    /** @type {Map<string, number>} */
    this.lit = new Map();
    /** @type {Set<string>} Opened in this session: they sink back. */
    this.opened = new Set();
    /** @type {import("./paint.js").Marks} */
    this.marks = {
      attended: null,
      focused: null,
      inHand: null,
      held: this.held,
      lit: this.lit,
      picked: null,
      tag: "",
    };
    /** @type {Surfacing | null} Why the picked link is here. */
    this.surfacing = null;
    /** @type {string | null} A link the address asks for. */
    this.wanted = null;
    this.epoch = "";
    /** The next whole frame is shown at once, without a glide. */
    this.cut = true;
    this.dirty = true;
    this.ratio = 1;
    this.tick = NaN;
    this.nudgeTimer = 0;
    /** @type {(() => void) | null} Tells the pointer that its drag is over. */
    this.slipped = null;
    /** @type {Parts | null} */
    this.parts = null;
    /** @type {import("./lucky.js").Lucky | null} */
    this.lucky = null;
  }

  /**
   * @param {Parts} parts
   * @param {import("./lucky.js").Lucky} lucky
   */
  begin(parts, lucky) {
    this.parts = parts;
    this.lucky = lucky;
    this.resize();
    this.connection.connect();
  }

  // What the server says.

  /** @param {import("./messages.js").ServerMessage} message */
  #message(message) {
    switch (message.type) {
      case "welcome":
        this.#welcome(message);
        break;
      case "archive":
        this.bodies.place(this.#sunk(message.links), message.world);
        this.#took(message);
        this.connection.askWhole();
        break;
      case "held":
        this.held.add(message.id);
        if (message.by_me && this.hand.grip?.id === message.id) {
          this.connection.timed(performance.now() - this.hand.grabbedAt);
        }
        break;
      case "released":
        this.held.delete(message.id);
        if (this.hand.grip?.id === message.id) this.#slipped("It slipped out of your hand.");
        break;
      case "lit":
        this.lit.set(message.id, message.until_tick);
        break;
      case "pick":
        this.lucky?.receive(message);
        break;
      case "error":
        this.#error(message);
        break;
    }
    this.dirty = true;
  }

  /** @param {import("./messages.js").Welcome} welcome */
  #welcome(welcome) {
    if (welcome.epoch !== this.epoch) {
      const first = this.epoch === "";
      this.epoch = welcome.epoch;
      this.clock = new TickClock(welcome.step_hz);
      this.bodies.begin({ ...welcome, links: this.#sunk(welcome.links) });
      this.lit.clear();
      this.cut = true;
      if (first) {
        this.camera.x = welcome.world.width / 2;
        this.camera.y = welcome.world.height / 2;
      }
    } else {
      this.bodies.place(this.#sunk(welcome.links), welcome.world, welcome.current);
    }
    this.#took(welcome);
    if (this.parts) this.parts.status.connected = true;
    if (this.paused) this.connection.askWhole();
  }

  /** @param {{links: PlacedLink[], world: import("./messages.js").World, held: string[], lit: import("./messages.js").Lit[]}} news */
  #took({ links, world, held, lit }) {
    this.held.clear();
    for (const id of held) this.held.add(id);
    for (const { id, until_tick } of lit) this.lit.set(id, until_tick);
    this.camera.setWorld(world.width, world.height);
    this.parts?.list.update(links);
    this.parts?.map.resize(world.width, world.height, this.ratio);
    this.parts?.water.refresh();
    for (const way of /** @type {const} */ (["hovered", "brought"])) {
      const id = this.attention.ids[way];
      if (id !== null && !this.bodies.byId.has(id)) this.attention.set(way, null);
    }
    this.#attend();
  }

  /** @param {PlacedLink[]} links */
  #sunk(links) {
    return links.map((link) => (this.opened.has(link.id) ? { ...link, neglect: 0 } : link));
  }

  /** @param {import("./codec.js").Frame} frame */
  #frame(frame) {
    // What was still on its way when we stopped watching would move a still picture.
    if (this.paused && this.bodies.ready && !frame.whole) return;
    const nowMs = performance.now();
    if (frame.whole && (this.cut || !this.bodies.ready)) this.clock.reset();
    this.bodies.apply(frame, frame.whole && this.cut);
    this.clock.heard(frame.tick, nowMs);
    if (this.paused) this.tick = frame.tick;
    if (frame.whole) this.cut = false;
    this.parts?.status.heard();
    this.dirty = true;
    if (this.wanted !== null && this.bodies.byId.has(this.wanted)) {
      this.bodies.draw(this.bodies.tick, 0, nowMs);
      this.bring(this.wanted, null);
      this.wanted = null;
    }
  }

  #lost() {
    if (this.parts) this.parts.status.connected = false;
    this.held.clear();
    if (this.hand.grip) this.#slipped("The connection is lost, and with it your hold.");
    this.dirty = true;
  }

  /** @param {import("./messages.js").ErrorMessage} error */
  #error(error) {
    const sentence = sentenceFor(error);
    if (["nothing_to_pick", "unknown_tag"].includes(error.code) && this.lucky?.asking) {
      this.lucky.refuse(error);
    } else if (this.hand.grip && ["held", "too_many_held", "not_holding", "unknown_link", "already_holding"].includes(error.code)) {
      this.#slipped(sentence);
    } else if (error.code !== "not_holding") {
      this.parts?.notice.answer(sentence);
    }
  }

  /** @param {string} sentence */
  #slipped(sentence) {
    this.slipped?.();
    this.hand.lose();
    this.marks.inHand = null;
    this.#attend();
    this.parts?.notice.answer(sentence);
  }

  // What the visitor does.

  /** @param {boolean} paused */
  pause(paused) {
    this.paused = paused;
    this.connection.watch(this.seen && !paused);
    if (!paused) this.#watchAnew();
    this.dirty = true;
  }

  /** @param {boolean} seen Somebody can see the canvas. */
  look(seen) {
    this.seen = seen;
    this.cut = this.cut || seen;
    this.connection.watch(seen && !this.paused);
    if (seen && !this.paused) this.#watchAnew();
    this.dirty = true;
  }

  #watchAnew() {
    this.clock.reset();
    this.parts?.status.waiting();
  }

  /**
   * @param {number} slot
   * @param {number} x World units.
   * @param {number} y
   * @param {number} nowMs
   */
  take(slot, x, y, nowMs) {
    const link = this.bodies.links[slot];
    if (!link) return false;
    if (this.held.has(link.id)) {
      this.parts?.notice.answer(sentenceFor({ code: "held" }));
      return false;
    }
    if (!this.hand.take(slot, x, y, nowMs)) return false;
    this.marks.inHand = link.id;
    this.camera.rest();
    this.attention.set("hovered", null);
    this.dirty = true;
    return true;
  }

  /**
   * @param {number} vx World units / s.
   * @param {number} vy
   * @param {number} nowMs
   */
  letGo(vx, vy, nowMs) {
    this.hand.release(vx, vy, nowMs);
    this.marks.inHand = null;
    this.#attend();
  }

  /**
   * Push the focused link a little, as a drag would.
   * @param {number} dx World units.
   * @param {number} dy
   * @returns {boolean} False when no link has the focus.
   */
  nudge(dx, dy) {
    const id = this.attention.ids.focused;
    const link = id === null ? undefined : this.bodies.byId.get(id);
    if (!link) return false;
    const nowMs = performance.now();
    const { x, y } = this.bodies.drawn;
    if (!this.hand.grip && !this.take(link.slot, x[link.slot], y[link.slot], nowMs)) return true;
    const grip = this.hand.grip;
    if (grip?.id !== id || !grip) return true;
    this.hand.move(grip.x + dx, grip.y + dy, nowMs);
    this.bodies.draw(this.tick, 0, nowMs);
    this.keepInView(link);
    clearTimeout(this.nudgeTimer);
    this.nudgeTimer = window.setTimeout(() => this.letGo(0, 0, performance.now()), NUDGE_ENDS_MS);
    this.dirty = true;
    return true;
  }

  /**
   * Bring a link forward: fly to it, open its preview.
   * @param {string} id
   * @param {Surfacing | null} surfacing Why, when it was picked.
   */
  bring(id, surfacing) {
    const link = this.bodies.byId.get(id);
    if (!link) return;
    this.marks.picked = id;
    this.surfacing = surfacing;
    this.attention.set("hovered", null);
    this.attention.ids.brought = null;
    this.attention.set("brought", id);
    this.camera.fly(() => this.#middleOf(link), {
      zoom: Math.max(1, this.camera.zoom),
      cut: this.calm,
      follow: true,
    });
  }

  /**
   * A finger tapped a pill: show its card first, a second tap opens it.
   * @param {PlacedLink} link
   */
  touch(link) {
    if (this.marks.picked !== link.id) {
      this.marks.picked = null;
      this.surfacing = null;
    }
    this.camera.following = null;
    this.attention.set("brought", link.id);
    this.keepInView(link);
  }

  /** Where the camera looks so that a pill is amid what the sheet leaves free. @param {PlacedLink} link */
  #middleOf(link) {
    const inset = this.parts?.preview.inset ?? 0;
    const { x, y } = this.bodies.drawn;
    return { x: x[link.slot], y: y[link.slot] + inset / 2 / this.camera.zoom };
  }

  /** Fly to a pill only if it is out of sight. @param {PlacedLink} link */
  keepInView(link) {
    const box = this.boxOf(link);
    const { viewWidth, viewHeight } = this.camera;
    const bottom = viewHeight - (this.parts?.preview.inset ?? 0);
    const visible =
      box.left > MARGIN_PX &&
      box.top > MARGIN_PX &&
      box.right < viewWidth - MARGIN_PX &&
      box.bottom < bottom - MARGIN_PX;
    if (!visible) this.camera.fly(() => this.#middleOf(link), { cut: this.calm });
  }

  /** @param {string} id */
  noteOpened(id) {
    this.opened.add(id);
    const link = this.bodies.byId.get(id);
    if (!link || link.neglect === 0) return;
    // A new object: its label is printed anew, paler, and goes to the back.
    const sunk = { ...link, neglect: 0 };
    this.bodies.byId.set(id, sunk);
    this.bodies.links[link.slot] = sunk;
    this.bodies.sort();
    this.dirty = true;
  }

  /** Let everything go that Escape lets go. */
  escape() {
    if (this.hand.grip) {
      clearTimeout(this.nudgeTimer);
      this.slipped?.();
      this.letGo(0, 0, performance.now());
      return;
    }
    this.marks.picked = null;
    this.surfacing = null;
    this.camera.rest();
    this.attention.clear();
  }

  /** The attention went elsewhere: hold that still, show its card. */
  #attend() {
    const { attention, bodies, marks } = this;
    for (const slot of [...bodies.pins.keys()]) {
      const link = bodies.links[slot];
      if (!link || (!attention.holds(link.id) && link.id !== marks.inHand)) bodies.unpin(slot);
    }
    for (const id of [attention.ids.hovered, attention.ids.focused]) {
      const link = id === null ? undefined : bodies.byId.get(id);
      if (link && bodies.present[link.slot] === 1 && !bodies.pins.has(link.slot)) bodies.pin(link.slot);
    }
    marks.attended = attention.id;
    marks.focused = attention.ids.focused;
    const link = attention.id === null ? undefined : bodies.byId.get(attention.id);
    const inHand = marks.inHand !== null;
    if (link && (!inHand || attention.ids.focused === link.id)) {
      this.parts?.preview.show(link, link.id === marks.picked ? this.surfacing : null);
    } else {
      this.parts?.preview.hide();
    }
    this.camera.insetBottom = this.parts?.preview.inset ?? 0;
    this.dirty = true;
  }

  // Each frame.

  resize() {
    if (!this.parts) return;
    const { clientWidth, clientHeight } = this.parts.canvases[0];
    this.ratio = Math.min(3, window.devicePixelRatio || 1);
    for (const canvas of this.parts.canvases) {
      canvas.width = Math.round(clientWidth * this.ratio);
      canvas.height = Math.round(clientHeight * this.ratio);
    }
    this.parts.painter.ratio = this.ratio;
    this.camera.resize(clientWidth, clientHeight);
    this.parts.map.resize(this.bodies.width, this.bodies.height, this.ratio);
    this.parts.water.refresh();
    this.#attend();
    this.dirty = true;
  }

  /**
   * @param {number} nowMs
   * @param {number} seconds Since the frame before.
   */
  frame(nowMs, seconds) {
    const { parts, bodies, camera } = this;
    if (!parts) return;
    this.connection.check(nowMs);
    parts.status.update(nowMs, this.paused, bodies.ready);
    if (!bodies.ready) return;
    const passed = this.#drift(performance.now(), seconds);
    const moved = camera.advance(seconds);
    if (!moved && !this.dirty && passed === 0) return;
    this.dirty = false;
    parts.water.paint(camera, bodies, this.ratio, nowMs, moved);
    this.dirty = !parts.painter.paint(camera, bodies, this.marks, passed);
    parts.map.paint(bodies, this.marks, nowMs, moved);
    const link = parts.preview.link && bodies.byId.get(parts.preview.link.id);
    if (link) parts.preview.place(this.boxOf(link), camera.viewWidth, camera.viewHeight);
  }

  /**
   * Run the bodies to now.
   * @param {number} nowMs
   * @param {number} seconds
   * @returns {number} Seconds the water moved; 0 while it stands still.
   */
  #drift(nowMs, seconds) {
    const tick = this.paused ? NaN : this.clock.read(nowMs);
    // The clock stops by itself two seconds past the newest frame.
    const still = Number.isNaN(tick) || tick === this.tick;
    if (!still) {
      this.tick = tick;
      this.bodies.advance(Math.floor(tick));
    }
    this.hand.place();
    this.bodies.draw(Number.isNaN(this.tick) ? this.bodies.tick : this.tick, still ? 0 : seconds, nowMs);
    return still ? 0 : seconds;
  }

  /**
   * A pill's bounds on the screen, CSS pixels.
   * @param {PlacedLink} link
   */
  boxOf(link) {
    const { drawn } = this.bodies;
    const cos = Math.abs(Math.cos(drawn.angle[link.slot]));
    const sin = Math.abs(Math.sin(drawn.angle[link.slot]));
    const half = (link.width - link.height) / 2;
    const reachX = (half * cos + link.height / 2) * this.camera.zoom;
    const reachY = (half * sin + link.height / 2) * this.camera.zoom;
    const x = this.camera.screenX(drawn.x[link.slot]);
    const y = this.camera.screenY(drawn.y[link.slot]);
    return { left: x - reachX, top: y - reachY, right: x + reachX, bottom: y + reachY };
  }
}
