// While jobs wait or run, the report is read again every few seconds.

const EVERY = 4000;
const results = document.querySelector("#listing-results");

async function refresh() {
  const moving = results.querySelector("[data-moves]");
  // Not below somebody's hands, nor while they read the reason of a failure.
  const busy = results.contains(document.activeElement) || results.querySelector("details[open]");
  if (moving && !busy && !document.hidden) {
    try {
      const response = await fetch(moving.dataset.moves + location.search);
      if (response.ok) results.innerHTML = await response.text();
    } catch {
      // The next one may get through.
    }
  }
  setTimeout(refresh, EVERY);
}

setTimeout(refresh, EVERY);
