// While files of an upload wait, its report is read again every few seconds.

const EVERY = 4000;

async function refresh() {
  const report = document.querySelector("#delivery[data-waits]");
  if (!report) return;
  if (!document.hidden && !report.contains(document.activeElement)) {
    try {
      const response = await fetch(location.href);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      report.replaceWith(page.querySelector("#delivery") ?? report);
    } catch {
      // The next one may get through.
    }
  }
  setTimeout(refresh, EVERY);
}

setTimeout(refresh, EVERY);
