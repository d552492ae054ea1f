// Reading without a network: starts the worker that keeps pages, and says when a page is a copy.

const { dataset } = document.documentElement;
const [, language] = location.pathname.split("/");
const worker = navigator.serviceWorker;

// A page that is not the reader's alone: whoever is signed in to the admin keeps nothing.
if (worker && !document.querySelector("wagtail-userbar")) {
  const here = location.href.split("#")[0];
  // Whether or not the worker has this page in hand: one that begins while a page is loading may
  // miss it. Where it cannot begin, as in a browser that keeps nothing, nobody is told.
  const tell = async (page) => (await worker.ready).active.postMessage({ language, page });
  // A worker that takes over from another keeps nothing yet.
  let hasOne = Boolean(worker.controller);
  worker.addEventListener("controllerchange", () => {
    if (hasOne) tell(here);
    hasOne = true;
  });
  // A browser that keeps nothing reads the site all the same.
  worker.register("/service-worker.js", { updateViaCache: "none" }).catch(() => {});
  // A worker that began after the request for this page has not seen it being opened.
  const [{ workerStart } = {}] = performance.getEntriesByType("navigation");
  tell(workerStart ? undefined : here);
}

const bar = document.querySelector(".kept-copy");
const notKept = document.querySelector("[data-not-kept]");
if (dataset.kept && notKept && location.pathname !== `/${language}/offline/`) {
  notKept.hidden = false;
} else if (dataset.kept) {
  const date = new Intl.DateTimeFormat(bar.dataset.locale.replace("_", "-"), {
    ...{ day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "numeric" },
    calendar: "gregory", // as the site counts years in every language
  });
  bar.textContent = bar.dataset.text.replace("{date}", date.format(new Date(dataset.kept)));
  bar.hidden = false;
}

// On the page of what can be read without a network: what this device holds beside it.
const list = document.querySelector("[data-kept-pages]");
if (list && window.caches) {
  const names = (await caches.keys()).filter((name) => name.startsWith("read-"));
  for (const name of names) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const html = await (await cache.match(request)).text();
      const { title, documentElement } = new DOMParser().parseFromString(html, "text/html");
      const link = document.createElement("a");
      link.href = request.url;
      link.lang = documentElement.lang;
      link.dir = documentElement.dir;
      link.textContent = title.replace(/ \| CLAIR$/, "");
      // The one that was read last comes first.
      list.prepend(document.createElement("li"));
      list.firstChild.append(link);
    }
  }
  list.closest("section").hidden = !list.children.length;
}
