// Remembers on this device that a reader wants furigana, and takes them to the pages with them.
// Without scripts the links of those pages do the same.

const CHOICE = "furigana";
const choice = document.querySelector("a[data-furigana]");

function remembered() {
  try {
    return localStorage.getItem(CHOICE) === "show";
  } catch {
    return false; // The browser keeps nothing.
  }
}

function remember(show) {
  try {
    if (show) localStorage.setItem(CHOICE, "show");
    else localStorage.removeItem(CHOICE);
  } catch {
    // The address still says it.
  }
}

if (choice) {
  const offered = choice.dataset.furigana === "show";
  choice.addEventListener("click", () => remember(offered));
  // Without a network a page without furigana may be all that there is at that address.
  const here = location.href.split("#")[0] === choice.href;
  if (offered && remembered() && !here) location.replace(choice.href + location.hash);
}
