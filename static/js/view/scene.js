/**
 * The page's conductor: what the server says and what the hands do become
 * changes of bodies and view; each animation frame shows them.
 */

import { Bodies } from "../water/bodies.js";
import { TickClock } from "../net/clock.js";
import { Hand } from "../hands/hand.js";
import { LETS_GO, newsOf, sentenceFor } from "../net/messages.js";
import { Nudge } from "../hands/nudge.js";
import { Connection } from "../net/socket.js";
import { View } from "./view.js";

const SLIPPED = "It slipped out of your hand.";

/** @typedef {import("../net/messages.js").PlacedLink} PlacedLink */

/**
 * What the page is made of beside the water itself.
 * @typedef {object} Parts
 * @property {import("./paint.js").Painter} painter
 * @property {import("./chart.js").Water} water
 * @property {import("../chrome/links.js").LinkList} list
 * @property {import("../chrome/tags.js").TagMenu} tags
 * @property {import("../chrome/notice.js").Notice} notice
 * @property {import("../chrome/status.js").Status} status
 * @property {import("../chrome/trouble.js").Trouble} trouble
 * @property {HTMLCanvasElement[]} canvases
 */

export class Drift {
  /**
   * @param {string} url Of the socket.
   * @param {import("./preview.js").Preview} preview
   * @param {boolean} calm The visitor prefers reduced motion.
   */
  constructor(url, preview, calm) {
    this.paused = calm;
    this.seen = false;
    this.bodies = new Bodies();
    this.view = new View(this.bodies, preview, calm);
    this.clock = new TickClock(60);
    this.connection = new Connection(url, {
      message: (message) => this.#message(message),
      frame: (frame) => this.#frame(frame),
      lost: () => this.#lost(),
    });
    this.hand = new Hand(this.bodies, this.connection);
    /** @type {Set<string>} Opened in this session: they sink back. */
    this.opened = new Set();
    /** @type {string | null} A link the address asks for. */
    this.wanted = null;
    this.epoch = "";
    /** The camera has its first place. */
    this.settled = false;
    /** The next whole frame is shown at once, without a glide. */
    this.cut = true;
    this.ratio = 1;
    this.tick = NaN;
    this.nudge = new Nudge(this);
    /** @type {Parts | null} */
    this.parts = null;
    /** @type {import("./map.js").ChartMap | null} */
    this.map = null;
    /** @type {import("../chrome/lucky.js").Lucky | null} */
    this.lucky = null;
    /** Tells the pointer that its drag is over. */
    this.slipped = () => {};
  }

  /** @param {Parts} parts */
  begin(parts) {
    this.parts = parts;
    this.resize();
    this.connection.connect();
  }

  // What the server says.

  /** @param {import("../net/messages.js").ServerMessage} message */
  #message(message) {
    this.view.dirty = true;
    switch (message.type) {
      case "welcome":
      case "archive":
        this.parts?.trouble.hear(message.trouble);
        if (message.type === "welcome") this.#welcome(message);
        else this.#reload(message);
        break;
      case "held":
        // Our own hold is marked by the hand: it must not refuse our next grab.
        if (!message.by_me) this.view.held.add(message.id);
        else if (this.hand.grip?.id === message.id) this.hand.confirm(performance.now());
        break;
      case "released":
        this.view.held.delete(message.id);
        if (this.hand.grip?.id === message.id) this.#slip(SLIPPED);
        break;
      case "lit":
        this.view.lit.set(message.id, message.until_tick);
        break;
      case "spread":
        return this.bodies.flow.announce(message);
      case "pick":
        this.lucky?.receive(message);
        break;
      case "error":
        this.#error(message);
        break;
    }
  }

  /** @param {import("../net/messages.js").Reload} reload */
  #reload(reload) {
    const news = newsOf(this.bodies.byId, reload.links);
    this.bodies.place(this.#sunk(reload.links), reload.world, reload.current);
    this.#took(reload);
    this.connection.askWhole();
    if (news !== "") this.parts?.notice.tell(news);
  }

  /** @param {import("../net/messages.js").Welcome} welcome */
  #welcome(welcome) {
    const links = this.#sunk(welcome.links);
    if (welcome.epoch === this.epoch) {
      this.bodies.place(links, welcome.world, welcome.current);
    } else {
      this.clock = new TickClock(welcome.step_hz);
      this.bodies.begin({ ...welcome, links });
      this.view.lit.clear();
      this.cut = true;
      this.epoch = welcome.epoch;
    }
    this.#took(welcome);
    if (this.parts) this.parts.status.connected = true;
    // A still picture needs one frame to be a picture at all.
    if (this.paused) this.connection.askWhole();
  }

  /** @param {{links: PlacedLink[], world: import("../net/messages.js").World, held: string[], lit: import("../net/messages.js").Lit[]}} news */
  #took({ links, world, held, lit }) {
    this.view.held.clear();
    for (const id of held) this.view.held.add(id);
    for (const { id, until_tick } of lit) this.view.lit.set(id, until_tick);
    this.view.camera.setWorld(world.width, world.height);
    this.parts?.list.update(links);
    this.view.marks.tag = this.parts?.tags.update(links) ?? "";
    this.parts?.water.refresh();
    this.map?.resize(world.width, world.height, this.ratio);
    this.view.preview.footnotes.forget();
    if (this.hand.grip && !this.bodies.byId.has(this.hand.grip.id)) this.#slip(SLIPPED);
    this.view.review();
  }

  /** @param {PlacedLink[]} links */
  #sunk(links) {
    return links.map((link) => (this.opened.has(link.id) ? { ...link, neglect: 0 } : link));
  }

  /** @param {import("../net/codec.js").Frame} frame */
  #frame(frame) {
    // What was still on its way when we paused would move a still picture.
    if (this.paused && this.bodies.ready && !frame.whole) return;
    const nowMs = performance.now();
    if (frame.whole && (this.cut || !this.bodies.ready)) this.clock.reset();
    this.bodies.apply(frame, frame.whole && this.cut);
    this.clock.heard(frame.tick, nowMs);
    if (this.paused) this.tick = frame.tick;
    if (frame.whole) this.cut = false;
    this.parts?.status.heard();
    this.view.dirty = true;
    if (!this.settled) {
      this.settled = true;
      this.bodies.draw(this.bodies.tick, 0, nowMs);
      this.view.settle();
    }
    if (this.wanted !== null && this.bodies.byId.has(this.wanted)) {
      this.view.bring(this.wanted, null);
    }
    this.wanted = null;
  }

  #lost() {
    if (this.parts) this.parts.status.connected = false;
    this.view.held.clear();
    if (this.hand.grip) this.#slip("The connection is lost, and with it your hold.");
    this.view.dirty = true;
  }

  /** @param {import("../net/messages.js").ErrorMessage} error */
  #error(error) {
    if (this.lucky?.asking && error.code === "unknown_tag") {
      this.lucky.refuse(error);
    } else if (this.hand.grip && LETS_GO.has(error.code)) {
      this.#slip(sentenceFor(error));
    } else if (error.code !== "not_holding") {
      this.parts?.notice.answer(sentenceFor(error));
    }
  }

  /**
   * What was in hand is not any more.
   * @param {string} sentence Why.
   */
  #slip(sentence) {
    this.nudge.end();
    this.slipped();
    this.hand.lose();
    this.view.marks.inHand = null;
    this.view.attend();
    this.parts?.notice.answer(sentence);
  }

  // Whether to watch.

  /** @param {boolean} paused */
  pause(paused) {
    this.paused = paused;
    this.#watch();
  }

  /** @param {boolean} seen Somebody can see the canvas. */
  look(seen) {
    this.seen = seen;
    // What happened meanwhile is not shown as one great glide.
    this.cut = this.cut || (seen && !this.paused);
    this.#watch();
  }

  #watch() {
    const watching = this.seen && !this.paused;
    if (watching && !this.connection.watching) {
      this.clock.reset();
      this.parts?.status.waiting();
    }
    this.connection.watch(watching);
    this.connection.sleep(!this.seen);
    this.view.dirty = true;
  }

  // What the hands do.

  /**
   * @param {number} slot
   * @param {number} x World units.
   * @param {number} y
   * @param {number} nowMs
   * @returns {boolean} Whether it is in hand, as far as we know.
   */
  take(slot, x, y, nowMs) {
    const link = this.bodies.links[slot];
    if (!link) return false;
    if (this.view.held.has(link.id)) {
      this.parts?.notice.answer(sentenceFor({ code: "held" }));
      return false;
    }
    if (!this.hand.take(slot, x, y, nowMs)) return false;
    this.view.camera.rest();
    this.view.marks.inHand = link.id;
    this.view.attention.set("hovered", null);
    this.view.attend();
    return true;
  }

  /**
   * @param {number} vx World units / s.
   * @param {number} vy
   * @param {number} nowMs
   */
  letGo(vx, vy, nowMs) {
    this.nudge.end();
    this.hand.release(vx, vy, nowMs);
    this.view.marks.inHand = null;
    this.view.attend();
  }

  /** Let go what is in hand; else attend to nothing. */
  escape() {
    if (this.hand.grip) {
      this.slipped();
      this.letGo(0, 0, performance.now());
    } else {
      this.view.dismiss();
    }
  }

  /** @param {string} id */
  noteOpened(id) {
    this.opened.add(id);
    this.bodies.sink(id);
    this.view.dirty = true;
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
    this.view.camera.resize(clientWidth, clientHeight);
    this.map?.resize(this.bodies.width, this.bodies.height, this.ratio);
    this.parts.water.refresh();
    this.view.attend();
  }

  /**
   * @param {number} nowMs
   * @param {number} seconds Since the frame before.
   */
  frame(nowMs, seconds) {
    const { parts, bodies, view } = this;
    if (!parts) return;
    this.connection.check(nowMs);
    parts.status.update(nowMs, this.paused, bodies.ready);
    if (!bodies.ready) return;
    const passed = this.#run(performance.now(), seconds);
    const moved = view.camera.advance(seconds);
    if (!moved && !view.dirty && passed === 0) return;
    parts.water.paint(view.camera, bodies, this.ratio, nowMs, moved || view.dirty);
    view.dirty = !parts.painter.paint(view.camera, bodies, view.marks, passed);
    this.map?.paint(bodies, view.marks, nowMs, moved);
    view.tellZoom();
    view.placeCard();
  }

  /**
   * Run the bodies to now.
   * @param {number} nowMs
   * @param {number} seconds
   * @returns {number} Seconds the water moved; 0 while it stands still.
   */
  #run(nowMs, seconds) {
    const tick = this.paused ? NaN : this.clock.read(nowMs);
    // The clock stops by itself two seconds past the newest frame.
    const still = Number.isNaN(tick) || tick === this.tick;
    if (!still) {
      this.tick = tick;
      this.bodies.advance(Math.floor(tick));
    }
    this.hand.place();
    const shown = Number.isNaN(this.tick) ? this.bodies.tick : this.tick;
    this.bodies.draw(shown, still ? 0 : seconds, nowMs);
    return still ? 0 : seconds;
  }
}
