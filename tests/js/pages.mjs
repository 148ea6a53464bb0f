/** The page around its water, with parts that only write down what they were told. */

import { Lucky } from "../../static/js/chrome/lucky.js";
import { Scene } from "../../static/js/view/scene.js";
import { View } from "../../static/js/view/view.js";
import { SharedWater } from "../../static/js/water/shared.js";
import { lay } from "./dom.mjs";
import { HandSocket, keyframe, takeOver, welcome } from "./sockets.mjs";

/** Bodies 0, 1 and 2 at rest, well apart. */
export const ROWS = { 0: [500, 500, 0, 0, 0, 0], 1: [900, 300, 0, 0, 0, 0], 2: [1200, 700, 0, 0, 0, 0] };

/**
 * A page around a water.
 * @param {import("../../static/js/water/water.js").Water} water
 * @param {{calm?: boolean, wanted?: string | null}} [given]
 */
export function around(water, { calm = false, wanted = null } = {}) {
  lay("");
  /** @type {string[]} */
  const told = [];
  /** @param {string} word */
  const note = (word) => (/** @type {unknown[]} */ ...given) => {
    told.push([word, ...given.filter((each) => typeof each !== "object" || each === null)].join(" "));
  };
  const canvases = [1, 2].map(() => ({ clientWidth: 800, clientHeight: 600, width: 0, height: 0 }));
  let complete = true;
  const preview = {
    link: /** @type {any} */ (null),
    inset: 0,
    lift: { x: 0, y: 0 },
    footnotes: { forget: note("footnotes forgotten") },
    show(/** @type {any} */ link, /** @type {any} */ why) {
      this.link = link;
      told.push(`card ${link.id}${why ? ` ${why.why}` : ""}`);
    },
    hide() {
      this.link = null;
    },
    wait() {},
    place() {},
  };
  const status = { connected: false, heard: note("heard"), waiting: note("waiting"), update() {} };
  const view = new View(water.bodies, /** @type {any} */ (preview), calm);
  const drift = new Scene(
    /** @type {any} */ ({
      ...{ water, view, wanted, canvases, status },
      slipped: note("drag over"),
      map: { resize: note("map of"), paint() {} },
    painter: {
        ratio: 0,
        paint: (/** @type {any} */ _c, /** @type {any} */ _b, /** @type {any} */ _m, /** @type {number} */ seconds) => {
          told.push(`painted ${seconds}`);
          return complete;
        },
      },
      chart: { refresh: note("chart anew"), paint() {} },
      list: { update: (/** @type {any[]} */ links) => told.push(`list ${links.map(({ id }) => id)}`) },
      tags: { update: () => "blog" },
      notice: { answer: note("answered"), tell: note("told") },
      trouble: { hear: note("trouble") },
    }),
  );
  const lucky = new Lucky(water, {
    picked: ({ link, why }) => told.push(`picked ${link.id} ${why}`),
    failed: (sentence) => told.push(`failed ${sentence}`),
  });
  drift.start();
  return {
    drift,
    lucky,
    status,
    preview,
    canvases,
    /** @param {boolean} whole Every pill had its picture. */
    printed: (whole) => (complete = whole),
    take: (/** @type {number} */ slot, x = 510, y = 505) => drift.take(slot, x, y, performance.now()),
    move: (/** @type {number} */ x, /** @type {number} */ y) => drift.drag(x, y, performance.now()),
    letGo: (vx = 0, vy = 0) => drift.letGo(vx, vy, performance.now()),
    frame: (seconds = 1 / 60) => drift.frame(performance.now(), seconds),
    /** What the parts were told since the last look. */
    told: () => told.splice(0),
  };
}

/**
 * The page around the shared water, as it stands before its socket answers.
 * @param {{calm?: boolean, wanted?: string | null}} [given]
 */
export function drifting(given) {
  takeOver();
  const water = new SharedWater("ws://here/ws", given?.calm);
  return {
    ...around(water, given),
    water,
    get socket() {
      return HandSocket.last;
    },
  };
}

/**
 * The same, welcomed and with a first picture of tick 100.
 * @param {Parameters<typeof drifting>[0]} [given]
 */
export function afloat(given) {
  const page = drifting(given);
  page.drift.look(true);
  page.socket.says(welcome());
  page.socket.frames(keyframe(100, ROWS));
  page.frame(0);
  page.told();
  page.socket.taken();
  return page;
}
