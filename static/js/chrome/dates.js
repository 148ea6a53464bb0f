/** Days in words. */

const DAY_MS = 86_400_000;
const LONG = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const AGO = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/**
 * "20 December 2024, 2 years ago".
 * @param {string} iso A day, YYYY-MM-DD.
 * @param {number} nowMs
 * @returns {string} Empty for what is no day.
 */
export function dayInWords(iso, nowMs) {
  const at = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(at)) return "";
  const days = Math.floor((at - nowMs) / DAY_MS) + 1;
  return `${LONG.format(at)}, ${ago(Math.min(0, days))}`;
}

/** @param {number} days Zero or less. */
function ago(days) {
  if (days > -31) return AGO.format(days, "day");
  if (days > -700) return AGO.format(Math.round(days / 30.44), "month");
  return AGO.format(Math.round(days / 365.25), "year");
}
