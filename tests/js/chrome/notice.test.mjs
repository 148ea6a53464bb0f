import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Notice } from "../../../static/js/chrome/notice.js";
import { lay } from "../dom.mjs";

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

function noticing() {
  const page = lay('<p id="notice" hidden></p><div id="live"></div>');
  const box = page.querySelector("#notice");
  const live = page.querySelector("#live");
  const notice = new Notice(box, live);
  return { notice, shown: () => (box.hidden ? null : box.textContent), spoken: () => live.textContent };
}

test("an answer is shown and spoken, news are only shown, an announcement only spoken", () => {
  const { notice, shown, spoken } = noticing();
  notice.answer("Held.");
  assert.deepEqual([shown(), spoken()], ["Held.", "Held."]);
  notice.tell("One link left.");
  assert.deepEqual([shown(), spoken()], ["One link left.", "Held."]);
  notice.announce("Paused");
  assert.deepEqual([shown(), spoken()], ["One link left.", "Paused"]);
});

test("a sentence is shown for five seconds, counted from the newest", () => {
  const { notice, shown } = noticing();
  notice.tell("one");
  mock.timers.tick(4000);
  notice.tell("two");
  mock.timers.tick(4999);
  assert.equal(shown(), "two");
  mock.timers.tick(1);
  assert.equal(shown(), null);
});

test("what stands comes back after a passing sentence, until it is taken back", () => {
  const { notice, shown } = noticing();
  notice.stand("Connection lost.");
  notice.tell("one");
  assert.equal(shown(), "one");
  mock.timers.tick(5000);
  assert.equal(shown(), "Connection lost.");
  notice.stand("");
  assert.equal(shown(), null);
});

test("what stands is said once: a passing sentence is not cut short by it", () => {
  const { notice, shown } = noticing();
  notice.stand("");
  notice.tell("one");
  notice.stand("");
  assert.equal(shown(), "one");
  notice.stand("Connection lost.");
  assert.equal(shown(), "Connection lost.");
  mock.timers.tick(5000);
  assert.equal(shown(), "Connection lost.");
});

test("the same sentence twice is spoken twice: the text changes each time", () => {
  const { notice, spoken } = noticing();
  notice.announce("Paused");
  notice.announce("Paused");
  assert.equal(spoken(), "Paused\u00a0");
  notice.announce("Paused");
  assert.equal(spoken(), "Paused");
});

test("a new standing sentence is not wiped by an older passing one", () => {
  const { notice, shown } = noticing();
  notice.tell("one");
  mock.timers.tick(3000);
  notice.stand("old picture");
  notice.tell("two");
  mock.timers.tick(2000);
  assert.equal(shown(), "two");
});
