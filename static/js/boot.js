// Runs before the first paint, as a classic script: the page's theme must not
// flash, and without modules the plain list must stay.
(() => {
  if (!("noModule" in HTMLScriptElement.prototype)) return;
  const root = document.documentElement;
  root.dataset.drift = "connecting";
  window.addEventListener(
    "error",
    (event) => {
      // A module could not be fetched: better the list than an empty water.
      if (event.target instanceof HTMLScriptElement) delete root.dataset.drift;
    },
    true,
  );
  try {
    const theme = JSON.parse(localStorage.getItem("link-drift.theme") || '"auto"');
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage is refused or damaged: the system's preference holds.
  }
})();
