/**
 * The water as the page knows it. Whatever fills it, the page asks only for what is
 * named here and hears only what is told here; so one kind of water can stand in
 * another's place. The rule: a water is whole when it is constructed and silent until
 * it is started; it tells things in the order they happened, at once, and only after
 * its bodies show them; and nobody but the water moves its bodies' shadows.
 */

/**
 * @typedef {object} Water
 * @property {import("./bodies.js").Bodies} bodies What floats, and where it is drawn.
 * @property {import("./events.js").Events<News>} events What happens in it.
 * @property {number} tick The instant shown, with its fraction; NaN before there is one.
 * @property {boolean} paused The visitor wants it still.
 * @property {() => void} start Begin: from now on it may tell things.
 * @property {(paused: boolean) => void} pause Let it stand still, or drift on.
 * @property {(seen: boolean) => void} look Whether anybody can see it: unseen it costs nothing.
 * @property {() => void} hurry There is reason to hope again, where it had lost touch.
 * @property {(nowMs: number, seconds: number) => number} run Run the bodies to now; the
 *   seconds since the picture before. Returns the seconds the water moved, 0 while it is still.
 * @property {(slot: number, x: number, y: number, nowMs: number) => boolean} take Take a body
 *   in hand by a point of it as it is drawn, world units; false where that is not to be had.
 * @property {(x: number, y: number, nowMs: number) => void} move Lead the taken point there.
 * @property {(vx: number, vy: number, nowMs: number) => void} letGo Let go with a velocity,
 *   world units / s; 0, 0 leaves the body where it is.
 * @property {(wish: Wish) => Promise<Pick>} lucky Pick a link and carry it forward; rejects
 *   with a `RefusedError`.
 * @property {(id: string) => void} opened A link was opened here: it sinks back.
 */

/**
 * What a water tells.
 * @typedef {object} News
 * @property {Placed} placed These links float from now on.
 * @property {undefined} framed There is a new picture.
 * @property {undefined} awaited The picture is old until the next `framed`.
 * @property {string} held Another visitor has this link in hand.
 * @property {string} released Nobody has it in hand any more.
 * @property {import("../net/messages.js").Lit} lit This link shines until a tick.
 * @property {string} slipped What was in hand is not any more; why, in a sentence.
 * @property {string} refused Something could not be done; a sentence.
 * @property {undefined} lost It is out of touch, and tries again by itself.
 */

/**
 * @typedef {object} Placed
 * @property {import("../net/messages.js").PlacedLink[]} links
 * @property {import("../net/messages.js").World} world
 * @property {string[]} held
 * @property {import("../net/messages.js").Lit[]} lit
 * @property {boolean} anew Another life of the world: what shone in the one before does not.
 * @property {string} news What changed, in a sentence; empty for nothing.
 * @property {string | null} [trouble] What is wrong with the archive's file.
 */

/** @typedef {{tag?: string, exclude: string[]}} Wish */
/** @typedef {{link: import("../net/messages.js").Link, why: string, permalink: string}} Pick */

// Types alone: no page loads this module.
export {};
