/**
 * Trying the API from its page: every form asks the route it stands under and shows
 * the answer as it came. Without this module the page still reads, and `curl` asks.
 */

const LONGEST_SHOWN = 20_000; // characters; a whole archive need not be laid out
const SHOWN_HEADERS = ["content-type", "etag", "cache-control"];

/**
 * The address a filled-in form asks for; fields left empty are left out.
 * @param {string} template such as `/api/links/{id}`
 * @param {{name: string, value: string, place: string}[]} fields
 */
export function addressOf(template, fields) {
  let path = template;
  const query = new URLSearchParams();
  for (const { name, value, place } of fields) {
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (value !== "") query.append(name, value);
  }
  return query.size ? `${path}?${query}` : path;
}

/**
 * A body as one would read it: JSON indented, a long one cut.
 * @param {string} body
 * @param {string} type
 */
export function readable(body, type) {
  let text = body;
  if (/[/+]json\b/.test(type)) {
    try {
      text = JSON.stringify(JSON.parse(body), null, 2);
    } catch {
      // Not what it says it is: shown as it came.
    }
  }
  if (text.length <= LONGEST_SHOWN) return text;
  const left = text.length - LONGEST_SHOWN;
  return `${text.slice(0, LONGEST_SHOWN)}\n… and ${left.toLocaleString("en")} more characters`;
}

/** @param {HTMLFormElement} form */
function bind(form) {
  const told = /** @type {HTMLElement} */ (form.nextElementSibling);
  const status = /** @type {HTMLElement} */ (told.querySelector("[role=status]"));
  const answer = /** @type {HTMLElement} */ (told.querySelector("code"));
  let asked = 0;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const inputs = [...form.querySelectorAll("input")];
    const address = addressOf(
      form.getAttribute("action") ?? "/",
      inputs.map(({ name, value, dataset }) => ({ name, value, place: dataset.place ?? "query" })),
    );
    const turn = ++asked;
    told.hidden = false;
    status.textContent = `GET ${address} …`;
    let text = "";
    let body = "";
    try {
      const response = await fetch(address, { cache: "no-store" });
      body = await response.text();
      const lines = SHOWN_HEADERS.filter((name) => response.headers.has(name)).map(
        (name) => `${name}: ${response.headers.get(name)}`,
      );
      text = `${response.status} ${response.statusText} from ${address}`;
      const type = response.headers.get("content-type") ?? "";
      body = `${lines.join("\n")}\n\n${readable(body, type)}`;
    } catch {
      text = `No answer from ${address}: is the server still there?`;
    }
    if (turn !== asked) return; // a later question was answered first
    status.textContent = text;
    answer.textContent = body;
  });
}

if (typeof document !== "undefined") document.querySelectorAll("form").forEach(bind);
