// What makes the site nicer where scripts run. Nothing depends on it.

// The reader's choice of language is remembered; it is the site's only cookie.
for (const link of document.querySelectorAll("a[data-language]")) {
  link.addEventListener("click", () => {
    const secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = `language=${link.dataset.language};path=/;max-age=31536000;samesite=lax${secure}`;
  });
}

// The list of languages closes with Escape, and when one clicks beside it or goes on with Tab.
const languages = document.querySelector("details.languages");
if (languages) {
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && languages.open) {
      languages.open = false;
      languages.querySelector("summary").focus();
    }
  });
  addEventListener("click", (event) => {
    if (languages.open && !languages.contains(event.target)) languages.open = false;
  });
  languages.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !languages.contains(relatedTarget)) languages.open = false;
  });
}

// Clocks at the offices go on after the page was made.
const clocks = document.querySelectorAll("[data-time-zone]");
function showTimes() {
  for (const clock of clocks) {
    clock.textContent = new Intl.DateTimeFormat(clock.dataset.locale.replace("_", "-"), {
      timeStyle: "short",
      timeZone: clock.dataset.timeZone,
    }).format(new Date());
  }
}
if (clocks.length) {
  showTimes();
  setInterval(showTimes, 20_000);
}
