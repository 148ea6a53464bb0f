import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { remember } from "../../../static/js/chrome/storage.js";
import { surfaced } from "../../../static/js/chrome/surfaced.js";
import { afloat, drifting } from "../pages.mjs";
import { pass } from "../sockets.mjs";

const PICK = { link: { id: "link1", url: "", title: "", host: "", tags: [] }, why: "long adrift", permalink: "/l/link1" };

/** @type {{url: string, options: any}[]} */
let asked = [];
/** @type {() => Promise<{ok: boolean, json: () => Promise<unknown>}>} */
let answer = async () => ({ ok: true, json: async () => PICK });

beforeEach(() => {
  remember("link-drift.surfaced", []);
  asked = [];
  answer = async () => ({ ok: true, json: async () => PICK });
  globalThis.fetch = /** @type {any} */ (
    (/** @type {string} */ url, /** @type {any} */ options) => {
      asked.push({ url, options });
      return answer();
    }
  );
});

const settle = () => new Promise((done) => setImmediate(done));

test("a pick is asked for over the socket, without what came before", async () => {
  remember("link-drift.surfaced", ["link2"]);
  const { lucky, socket, told } = afloat();
  lucky.press("");
  assert.deepEqual(socket.taken(), [{ type: "lucky", exclude: ["link2"] }]);
  socket.says({ type: "pick", ...PICK });
  await settle();
  assert.deepEqual(told(), ["picked link1 long adrift"]);
  assert.deepEqual(surfaced(), ["link2", "link1"]);
});

test("a tag is named with the wish", () => {
  const { lucky, socket } = afloat();
  lucky.press("blog");
  assert.deepEqual(socket.taken(), [{ type: "lucky", tag: "blog", exclude: [] }]);
});

test("a second press waits for the first", async () => {
  const { lucky, socket } = afloat();
  lucky.press("");
  lucky.press("");
  assert.equal(socket.taken().length, 1);
  socket.says({ type: "pick", ...PICK });
  await settle();
  lucky.press("");
  assert.equal(socket.taken().length, 1);
});

test("a pick that nobody asked for is none", async () => {
  const { socket, told } = afloat();
  socket.says({ type: "pick", ...PICK });
  await settle();
  assert.deepEqual(told(), []);
  assert.deepEqual(surfaced(), []);
});

test("what the socket does not answer in four seconds is asked over HTTP", async () => {
  const { lucky, told } = afloat();
  lucky.press("blog");
  pass(3999);
  assert.equal(asked.length, 0);
  pass(1);
  assert.equal(asked.length, 1);
  await settle();
  assert.deepEqual(told(), ["picked link1 long adrift"]);
});

test("what the socket answered is not asked over HTTP too", async () => {
  const { lucky, socket } = afloat();
  lucky.press("");
  socket.says({ type: "pick", ...PICK });
  await settle();
  pass(10_000);
  assert.equal(asked.length, 0);
});

test("without a socket the wish goes over HTTP at once, as JSON and with patience", async () => {
  const { lucky, told } = drifting();
  told();
  lucky.press("blog");
  assert.equal(asked[0].url, "/api/lucky");
  assert.equal(asked[0].options.method, "POST");
  assert.equal(asked[0].options.headers["Content-Type"], "application/json");
  assert.deepEqual(JSON.parse(asked[0].options.body), { tag: "blog", exclude: [] });
  assert.ok(asked[0].options.signal instanceof AbortSignal);
  await settle();
  assert.deepEqual(told(), ["picked link1 long adrift"]);
});

test("a refusal over HTTP is told in the server's words, or in ours", async () => {
  for (const [body, sentence] of /** @type {const} */ ([
    [{ detail: "No link carries this." }, "No link carries this."],
    [{ title: "Not found" }, "Not found"],
    [{}, "That could not be done."],
  ])) {
    answer = async () => ({ ok: false, json: async () => body });
    const { lucky, told } = drifting();
    told();
    lucky.press("");
    await settle();
    assert.deepEqual(told(), [`failed ${sentence}`]);
  }
});

test("an archive that cannot be reached is told calmly, and the next press asks again", async () => {
  answer = () => Promise.reject(new Error("no network"));
  const { lucky, told } = drifting();
  told();
  lucky.press("");
  await settle();
  assert.deepEqual(told(), ["failed The archive cannot be reached just now. Try again in a moment."]);
  lucky.press("");
  assert.equal(asked.length, 2);
});

test("a tag that left the archive is told as the answer to the wish", async () => {
  const { lucky, socket, told } = afloat();
  lucky.press("gone");
  socket.says({ type: "error", code: "unknown_tag", detail: "" });
  await settle();
  assert.deepEqual(told(), ["failed No link carries that tag any more."]);
  pass(10_000);
  assert.equal(asked.length, 0);
});

test("of two answers to one wish the first counts", async () => {
  const { lucky, socket, told } = afloat();
  lucky.press("");
  pass(4000);
  socket.says({ type: "pick", ...PICK, link: { ...PICK.link, id: "link2" } });
  await settle();
  assert.deepEqual(told(), ["picked link2 long adrift"]);
  assert.deepEqual(surfaced(), ["link2"]);
});

test("an error that answers something else leaves the wish open", async () => {
  const { lucky, socket, told } = afloat();
  lucky.press("");
  socket.says({ type: "error", code: "malformed", detail: "" });
  socket.says({ type: "pick", ...PICK });
  await settle();
  assert.equal(told().at(-1), "picked link1 long adrift");
});
