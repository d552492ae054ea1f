// Keeps pages for readers without a network: those that they read, and those for an emergency.
// Only what says itself that it is public: never what is for some, never an answer to a question.
// The view puts VERSION, LANGUAGES and STATIC_URL above.
const [READ, AHEAD, FILES] = ["read", "ahead", "files"].map((name) => `${name}-${VERSION}`);
const PUBLIC = new RegExp(`^/(?:(${LANGUAGES.join("|")})/|$)`);
const FILE = new RegExp(`"(${STATIC_URL}[^"]+)"`, "g");
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const MOST = 60;
const OLDEST = 30 * 86_400_000;
const PATIENCE = 3000;
const LIST_HOLDS = 300_000;

const languageOf = (url) => PUBLIC.exec(new URL(url).pathname)?.[1];
const isPage = (url) => url.startsWith(`${origin}/`) && PUBLIC.test(new URL(url).pathname);
const age = (response) => Date.now() - Date.parse(response.headers.get("date"));
const fetchAnew = (url) => fetch(url, { cache: "no-cache", credentials: "omit" });
const isForAll = ({ status, redirected, headers }) =>
  status === 200 && !redirected && /\bpublic\b/.test(headers.get("cache-control")) &&
  headers.get("content-type").startsWith("text/html");

async function trim(store) {
  const keys = await store.keys();
  for (const key of keys.slice(0, -MOST)) await store.delete(key);
}

// The page that was read last stands last; the one at the front goes first.
async function putLast(url, response) {
  const read = await caches.open(READ);
  await read.delete(url);
  await read.put(url, response);
  await trim(read);
  for (const key of await read.keys()) {
    if (age(await read.match(key)) > OLDEST) await read.delete(key);
  }
}

async function keepFiles(html) {
  const files = await caches.open(FILES);
  const found = new Set([...html.matchAll(FILE)].map(([, file]) => file));
  const adding = [...found].map(async (file) => (await files.match(file)) ?? files.add(file));
  await Promise.allSettled(adding);
  await trim(files);
}

// Keeps a page as it is now. One that is gone, or no longer for all, is kept no longer.
async function keep(url, response) {
  if (response.status >= 500) return;
  const ahead = await caches.open(AHEAD);
  if (!isForAll(response)) {
    await ahead.delete(url);
    await (await caches.open(READ)).delete(url);
    return;
  }
  // Its files first: a page that is kept can be shown.
  await keepFiles(await response.clone().text());
  if (await ahead.match(url)) await ahead.put(url, response);
  else await putLast(url, response);
}

async function fetchAhead(list) {
  const [ahead, read] = [await caches.open(AHEAD), await caches.open(READ)];
  const old = await ahead.match(list);
  if (old && age(old) < LIST_HOLDS) return;
  const before = old ? (await old.json()).pages : {};
  const answer = await fetchAnew(list);
  const { pages } = await answer.clone().json();
  for (const url of Object.keys(before)) if (!pages[url]) await ahead.delete(url);
  for (const [url, version] of Object.entries(pages)) {
    if (before[url] === version && (await ahead.match(url))) continue;
    const response = await fetchAnew(url);
    if (!isForAll(response)) continue;
    await keepFiles(await response.clone().text());
    await ahead.put(url, response);
    await read.delete(url);
  }
  await ahead.put(list, answer);
}

// A kept page, which says so and of when it is; static/js/offline.js tells the reader.
async function kept(url) {
  const found = (await caches.match(url)) ?? (await caches.match(url, { ignoreSearch: true }));
  if (!found) return;
  const read = await (await caches.open(READ)).match(url);
  if (read) await putLast(url, read);
  const html = await found.text();
  const mark = `<html data-kept="${found.headers.get("date")}"`;
  return new Response(html.replace("<html", mark), { headers: found.headers });
}

async function offlinePage(url) {
  const keys = await (await caches.open(AHEAD)).keys();
  const pages = keys.map((key) => key.url).filter((each) => each.endsWith("/offline/"));
  const own = pages.find((each) => languageOf(each) === languageOf(url)) ?? pages.at(-1);
  return own ? kept(own) : Response.error();
}

// The network first; after a while without an answer, or without a good one, what is kept.
async function answerPage(event) {
  const { url } = event.request;
  const network = fetch(event.request);
  event.waitUntil(network.then((response) => keep(url, response.clone())).catch(() => {}));
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const response = await Promise.race([network, patience]).catch(() => {});
  if (response?.status < 500) return response;
  return (await kept(url)) ?? network.catch(() => offlinePage(url));
}

async function answerFile(request) {
  const files = await caches.open(FILES);
  const old = await files.match(request);
  if (old && HASHED.test(request.url)) return old;
  try {
    const response = await fetch(request);
    if (response.ok) await files.put(request, response.clone());
    return response;
  } catch {
    return old ?? Response.error();
  }
}

async function takeOver() {
  for (const name of await caches.keys()) {
    if (![READ, AHEAD, FILES].includes(name)) await caches.delete(name);
  }
  await clients.claim();
}

// A page names its language, and itself where it was opened before this worker was there.
async function hear({ language, page }) {
  if (page && isPage(page)) await keep(page, await fetchAnew(page));
  if (LANGUAGES.includes(language)) await fetchAhead(`/${language}/offline.json`);
}

addEventListener("install", (event) => event.waitUntil(skipWaiting()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", (event) => event.waitUntil(hear(event.data).catch(() => {})));
addEventListener("fetch", (event) => {
  const { method, mode, url, referrer } = event.request;
  if (method !== "GET") return;
  if (mode === "navigate" && isPage(url)) event.respondWith(answerPage(event));
  if (mode !== "navigate" && isPage(referrer) && url.startsWith(origin + STATIC_URL)) {
    event.respondWith(answerFile(event.request));
  }
});
