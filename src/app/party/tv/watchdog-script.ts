/**
 * Runs before and without React: when its scripts never arrive (the server restarted while the page loaded), the page
 * is loaded again as soon as the server answers. A living screen sets `data-tv-alive` (tv-manners.tsx).
 */
export const watchdogScript = `setInterval(function () {
  if ("tvAlive" in document.documentElement.dataset) return
  fetch("/api/health", { cache: "no-store" }).then(function (answer) { if (answer.ok) location.reload() }, function () {})
}, 20000)`
