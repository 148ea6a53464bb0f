import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Status } from "../../../static/js/chrome/status.js";
import { lay } from "../dom.mjs";

let nowMs = 0;

beforeEach(() => {
  nowMs = 5000;
  performance.now = () => nowMs;
});

function showing() {
  const page = lay("");
  let standing = "";
  const status = new Status(/** @type {any} */ ({ stand: (/** @type {string} */ text) => (standing = text) }));
  /** @param {{paused?: boolean, ready?: boolean}} [is] */
  const look = ({ paused = false, ready = true } = {}) => {
    status.update(nowMs, paused, ready);
    assert.equal(page.documentElement.dataset.drift, status.state);
    return status.state;
  };
  return { status, look, page, says: () => standing };
}

test("before the first frame the page connects, and says nothing for two seconds", () => {
  const { look, says } = showing();
  assert.equal(look({ ready: false }), "connecting");
  nowMs += 2000;
  assert.equal(look({ ready: false }), "connecting");
  assert.equal(says(), "");
  nowMs += 1;
  assert.equal(look({ ready: false }), "stale");
  assert.equal(says(), "The water cannot be reached. Trying again…");
});

test("a picture is live for two seconds after a frame, and then old", () => {
  const { status, look, says } = showing();
  status.connected = true;
  status.heard();
  nowMs += 2000;
  assert.equal(look(), "live");
  nowMs += 1;
  assert.equal(look(), "stale");
  assert.equal(says(), "The picture has stopped: waiting for the server…");
  status.connected = false;
  look();
  assert.equal(says(), "Connection lost. The picture is old; trying again…");
  status.heard();
  assert.equal(look(), "live");
  assert.equal(says(), "");
});

test("a picture that was never live is no proof of a connection", () => {
  const { look, says, status } = showing();
  assert.equal(status.state, "connecting");
  nowMs += 2001;
  look();
  assert.equal(says(), "Connection lost. The picture is old; trying again…");
});

test("who watches again is not shown an old picture as live, and has two seconds until it is called old", () => {
  const { status, look } = showing();
  status.heard();
  look();
  nowMs += 60_000;
  status.waiting();
  assert.equal(look(), "connecting");
  nowMs += 2000;
  assert.equal(look(), "connecting");
  nowMs += 1;
  assert.equal(look(), "stale");
});

test("an old picture stays old until a frame comes, also when we ask anew", () => {
  const { status, look } = showing();
  status.heard();
  nowMs += 3000;
  look();
  status.waiting();
  assert.equal(look(), "stale");
});

test("a paused picture is paused however old it is, once there is one", () => {
  const { status, look, says } = showing();
  assert.equal(look({ paused: true, ready: false }), "connecting");
  status.connected = true;
  status.heard();
  nowMs += 60_000;
  assert.equal(look({ paused: true }), "paused");
  assert.equal(says(), "");
  status.connected = false;
  look({ paused: true });
  assert.equal(says(), "Paused, and the connection is lost; trying again…");
});

test("a pause before anything was heard is no loss", () => {
  const { look, says } = showing();
  assert.equal(look({ paused: true }), "paused");
  assert.equal(says(), "");
});

test("what somebody else wrote over the state is put right", () => {
  const { status, look, page } = showing();
  status.heard();
  look();
  page.documentElement.dataset.drift = "connecting";
  assert.equal(look(), "live");
});
