// Lets Lighthouse visit pages as a phone on a slow network, all in one Chromium.
//
//   node measure.mjs ADDRESS...
//
// CHROME_PATH names the browser. Prints a line of JSON for each page: its address, its scores from
// 0 to 100, and the audits that keep a score below 100.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

// A phone as Lighthouse has it by default. The page is not photographed, which no score needs.
const flags = {
  logLevel: "error",
  onlyCategories: CATEGORIES,
  disableFullPageScreenshot: true,
};

// Chromium now and then loses the beginning of a visit, above all on a busy machine.
const ATTEMPTS = 3;

async function visit(address, port) {
  for (let attempt = 1; ; attempt += 1) {
    const { lhr } = await lighthouse(address, { ...flags, port });
    if (!lhr.runtimeError || attempt === ATTEMPTS) return lhr;
  }
}

function lacking(categories, audits) {
  const names = new Set();
  for (const { auditRefs } of Object.values(categories)) {
    for (const { id, weight } of auditRefs) {
      const { score, displayValue } = audits[id];
      if (weight && score !== null && score < 1) {
        names.add(displayValue ? `${id} (${displayValue})` : id);
      }
    }
  }
  return [...names];
}

const chrome = await launch({
  chromePath: process.env.CHROME_PATH,
  chromeFlags: [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  for (const address of process.argv.slice(2)) {
    const lhr = await visit(address, chrome.port);
    const scores = Object.fromEntries(
      CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)]),
    );
    console.log(
      JSON.stringify({
        address,
        scores,
        lacking: lacking(lhr.categories, lhr.audits),
        error: lhr.runtimeError?.message ?? "",
      }),
    );
  }
} finally {
  await chrome.kill();
}
