/**
 * Gives the page's tests the registry where they ask for `node:test`, and lets them and
 * the modules they load be loaded again: a module is another one in every life.
 */

const REGISTRY = new URL("./registry.mjs", import.meta.url).href;

export async function resolve(specifier, context, next) {
  const parent = context.parentURL ?? "";
  const [, life] = /\?life=(\d+)$/.exec(parent) ?? [];
  if (life === undefined) return next(specifier, context);
  if (specifier === "node:test") return { url: REGISTRY, shortCircuit: true };
  const found = await next(specifier, context);
  const again = specifier.startsWith(".") && found.url.startsWith("file:");
  return again ? { ...found, url: `${found.url}?life=${life}` } : found;
}
