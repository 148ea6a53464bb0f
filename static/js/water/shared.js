/**
 * The water that everybody shares: a server moves it and tells over a socket where
 * the truth has left our shadow; between its frames the shadow runs by itself.
 */

import { TickClock } from "../net/clock.js";
import { LETS_GO, newsOf, sentenceFor } from "../net/messages.js";
import { Connection } from "../net/socket.js";
import { Bodies } from "./bodies.js";
import { Hold } from "./hold.js";
import { Events } from "./events.js";
import { Wishing } from "./wishing.js";

const SLIPPED = "It slipped out of your hand.";
const CUT_OFF = "The connection is lost, and with it your hold.";

/** @typedef {import("../net/messages.js").PlacedLink} PlacedLink */
/** @typedef {import("./water.js").Water} Water */

/** @implements {Water} */
export class SharedWater {
  /**
   * @param {string} url Of the socket.
   * @param {boolean} [paused] Begin as a still picture.
   */
  constructor(url, paused = false) {
    this.paused = paused;
    this.seen = false;
    this.tick = NaN;
    /** @type {Events<import("./water.js").News>} */
    this.events = new Events();
    this.bodies = new Bodies();
    this.clock = new TickClock(60);
    this.connection = new Connection(url, {
      message: (message) => this.#message(message),
      frame: (frame) => this.#frame(frame),
      lost: () => this.#lost(),
    });
    this.hold = new Hold(this.bodies, this.connection);
    this.wishing = new Wishing(this.connection);
    /** @type {Set<string>} Opened in this session: they sink back. */
    this.sunk = new Set();
    this.epoch = "";
    /** The next whole frame is shown at once, without a glide. */
    this.cut = false;
  }

  start() {
    this.connection.connect();
  }

  // What the server says.

  /** @param {import("../net/messages.js").ServerMessage} message */
  #message(message) {
    const { events, hold } = this;
    switch (message.type) {
      case "welcome":
        return this.#welcome(message);
      case "archive":
        return this.#reload(message);
      case "held":
        // Our own hold is no mark: it must not refuse our next grab.
        if (message.by_me) hold.confirm(message.id, performance.now());
        else events.tell("held", message.id);
        return;
      case "released":
        events.tell("released", message.id);
        if (hold.taken?.id === message.id) this.#slip(SLIPPED);
        return;
      case "lit":
        return events.tell("lit", message);
      case "spread":
        return this.bodies.flow.announce(message);
      case "pick":
        return this.wishing.meet(message);
      case "error":
        return this.#error(message);
    }
  }

  /** @param {import("../net/messages.js").Welcome} welcome */
  #welcome(welcome) {
    const links = this.#withSunk(welcome.links);
    const anew = welcome.epoch !== this.epoch;
    if (anew) {
      this.clock = new TickClock(welcome.step_hz);
      this.bodies.begin({ ...welcome, links });
      this.epoch = welcome.epoch;
    } else {
      this.bodies.place(links, welcome.world, welcome.current);
    }
    this.#placed({ ...welcome, links, anew, news: "" });
    // A still picture needs one frame to be a picture at all.
    if (this.paused) this.connection.askWhole();
  }

  /** @param {import("../net/messages.js").Reload} reload */
  #reload(reload) {
    const links = this.#withSunk(reload.links);
    const news = newsOf(this.bodies.byId, links);
    this.bodies.place(links, reload.world, reload.current);
    this.#placed({ ...reload, links, anew: false, news });
    this.connection.askWhole();
  }

  /** @param {PlacedLink[]} links */
  #withSunk(links) {
    return links.map((link) => (this.sunk.has(link.id) ? { ...link, neglect: 0 } : link));
  }

  /** @param {import("./water.js").Placed} placed */
  #placed(placed) {
    const { taken } = this.hold;
    if (taken && !this.bodies.byId.has(taken.id)) this.#slip(SLIPPED);
    this.events.tell("placed", placed);
  }

  /** @param {import("../net/codec.js").Frame} frame */
  #frame(frame) {
    const { bodies } = this;
    // What was still on its way when we paused would move a still picture.
    if (this.paused && bodies.ready && !frame.whole) return;
    const nowMs = performance.now();
    const first = !bodies.ready;
    bodies.apply(frame, frame.whole && this.cut);
    this.clock.heard(frame.tick, nowMs);
    if (this.paused) this.tick = frame.tick;
    if (frame.whole) this.cut = false;
    if (first) bodies.draw(bodies.tick, 0, nowMs);
    this.events.tell("framed", undefined);
  }

  #lost() {
    this.events.tell("lost", undefined);
    if (this.hold.taken) this.#slip(CUT_OFF);
  }

  /** @param {import("../net/messages.js").ErrorMessage} error */
  #error(error) {
    if (this.wishing.open && error.code === "unknown_tag") {
      this.wishing.refuse(error);
    } else if (this.hold.taken && LETS_GO.has(error.code)) {
      this.#slip(sentenceFor(error));
    } else if (error.code !== "not_holding") {
      this.events.tell("refused", sentenceFor(error));
    }
  }

  /**
   * What was in hand is not any more.
   * @param {string} sentence Why.
   */
  #slip(sentence) {
    this.hold.end();
    this.events.tell("slipped", sentence);
  }

  // Whether to watch.

  /** @param {boolean} paused */
  pause(paused) {
    this.paused = paused;
    this.#watch();
  }

  /** @param {boolean} seen */
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
      this.events.tell("awaited", undefined);
    }
    this.connection.watch(watching);
    this.connection.sleep(!this.seen);
  }

  hurry() {
    this.connection.hurry();
  }

  /**
   * @param {number} nowMs
   * @param {number} seconds Since the picture before.
   */
  run(nowMs, seconds) {
    this.connection.check(nowMs);
    const tick = this.paused ? NaN : this.clock.read(nowMs);
    // The clock stops by itself two seconds past the newest frame.
    const still = Number.isNaN(tick) || tick === this.tick;
    if (!still) {
      this.tick = tick;
      this.bodies.advance(Math.floor(tick));
    }
    const shown = Number.isNaN(this.tick) ? this.bodies.tick : this.tick;
    this.bodies.draw(shown, still ? 0 : seconds, nowMs);
    return still ? 0 : seconds;
  }

  // What the hands do.

  /**
   * @param {number} slot
   * @param {number} x World units.
   * @param {number} y
   * @param {number} nowMs
   */
  take(slot, x, y, nowMs) {
    return this.hold.take(slot, x, y, nowMs);
  }

  /**
   * @param {number} x World units.
   * @param {number} y
   * @param {number} nowMs
   */
  move(x, y, nowMs) {
    this.hold.move(x, y, nowMs);
  }

  /**
   * @param {number} vx World units / s.
   * @param {number} vy
   * @param {number} nowMs
   */
  letGo(vx, vy, nowMs) {
    this.hold.letGo(vx, vy, nowMs);
  }

  /** @param {import("./water.js").Wish} wish */
  lucky(wish) {
    return this.wishing.make(wish);
  }

  /** @param {string} id */
  opened(id) {
    this.sunk.add(id);
    this.bodies.sink(id);
  }
}
