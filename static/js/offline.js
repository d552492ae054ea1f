// Reading without a network: starts the worker that keeps pages, and says when a page is a copy.

const { dataset } = document.documentElement;
const [, language] = location.pathname.split("/");
const worker = navigator.serviceWorker;

// A page that is not the reader's alone: whoever is signed in to the admin keeps nothing.
if (worker && !document.querySelector("wagtail-userbar")) {
  const here = location.href.split("#")[0];
  const tell = (page) => worker.controller?.postMessage({ language, page });
  // A worker that begins only now has not seen this page being opened.
  worker.addEventListener("controllerchange", () => tell(here));
  // A browser that keeps nothing reads the site all the same.
  worker.register("/service-worker.js", { updateViaCache: "none" }).catch(() => {});
  // Nor has one that began between the request for this page and this line.
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
