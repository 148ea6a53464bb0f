/** The forms of the page of documentation, over a server that answers when told. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { happen, lay } from "../dom.mjs";

const FORM = `
  <form action="/api/links/{id}" method="get" hidden>
    <input name="id" data-place="path" value="a">
    <input name="tag" data-place="query" value="">
    <button>Ask</button>
  </form>
  <div class="told" hidden><p role="status"></p><pre><code></code></pre></div>`;

const page = lay(FORM);
await import("../../../static/js/pages/docs.js");

const form = page.querySelector("form");
const told = page.querySelector(".told");
const status = page.querySelector("[role=status]");
const shown = page.querySelector("code");

/** @type {{address: string, options: any, met: (answer: Response) => void, failed: (error: Error) => void}[]} */
let asked = [];
globalThis.fetch = /** @type {any} */ (
  (/** @type {string} */ address, /** @type {any} */ options) =>
    new Promise((met, failed) => asked.push({ address, options, met, failed }))
);

/** What was answered has been read. */
const settled = () => new Promise((done) => setTimeout(done));

/** @param {string} id */
function ask(id) {
  page.querySelector("input").setAttribute("value", id);
  page.querySelector("input").value = id;
  return happen(form, "submit");
}

/** @param {string} body */
const answer = (body) =>
  new Response(body, {
    status: 200,
    statusText: "OK",
    headers: { "content-type": "application/json", etag: '"1"', "x-other": "2" },
  });

test("with the module at work there is a form, and it leaves the page where it is", () => {
  asked = [];
  assert.equal(form.hidden, false);
  assert.ok(told.hasAttribute("hidden"));
  assert.ok(ask("a").defaultPrevented);
  assert.equal(told.hidden, false);
  assert.equal(status.textContent, "GET /api/links/a …");
});

test("the server itself is asked, and its answer is shown with what it says of itself", async () => {
  asked = [];
  ask("b");
  const [{ address, options, met }] = asked;
  assert.equal(address, "/api/links/b");
  assert.equal(options.cache, "no-store");
  met(answer('{"a":1}'));
  await settled();
  assert.equal(status.textContent, "200 OK from /api/links/b");
  assert.equal(shown.textContent, 'content-type: application/json\netag: "1"\n\n{\n  "a": 1\n}');
});

test("an answer that comes after a later question is not shown", async () => {
  asked = [];
  ask("c");
  ask("d");
  const [early, late] = asked;
  late.met(answer('"late"'));
  await settled();
  early.met(answer('"early"'));
  await settled();
  assert.equal(status.textContent, "200 OK from /api/links/d");
  assert.match(shown.textContent, /"late"$/);
});

test("no answer is said, and nothing old is left standing", async () => {
  asked = [];
  ask("e");
  asked[0].failed(new TypeError("no network"));
  await settled();
  assert.equal(status.textContent, "No answer from /api/links/e: is the server still there?");
  assert.equal(shown.textContent, "");
});
