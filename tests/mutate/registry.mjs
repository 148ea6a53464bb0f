/**
 * Stands in for `node:test` while faults are put in: it collects the tests instead of
 * running them, so that one process can run any of them again and again.
 */

import { mock } from "node:test";

/** @typedef {() => unknown} Run */
/** @typedef {{name: string, file: string, before: Run[], run: Run}} Registered */

/** @type {Registered[]} */
export const registered = [];
let file = "";
/** @type {Run[]} */
let before = [];

/** What is registered from now on belongs to this file. */
export function open(/** @type {string} */ name) {
  file = name;
  before = [];
}

export function beforeEach(/** @type {Run} */ run) {
  before.push(run);
}

export function test(/** @type {string} */ name, /** @type {Run} */ run) {
  registered.push({ name: `${file}: ${name}`, file, before, run });
}

export { mock };
