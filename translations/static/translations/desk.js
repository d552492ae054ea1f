// The desk without a page load for each text: saving, checks as one types, matches, keys.

const desk = document.querySelector("#desk");
const PAUSE = 400; // ms without a key before the checks are asked

for (const extra of desk.querySelectorAll(".desk-tokens, [data-take]")) extra.hidden = false;

const rowOf = (element) => element.closest(".desk-row");
const fieldOf = (row) => row.querySelector("textarea[name=target]");
const rows = () => [...desk.querySelectorAll(".desk-row")];

function show(row, findings) {
  const list = row.querySelector(".desk-findings");
  list.replaceChildren(
    ...findings.map(({ severity, message }) => {
      const item = document.createElement("li");
      item.className = `desk-${severity}`;
      item.textContent = message;
      return item;
    }),
  );
}

function write(field, text) {
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function goTo(row) {
  if (!row) return document.querySelector("#hand-on button")?.focus();
  row.scrollIntoView({ block: "nearest" });
  fieldOf(row).focus();
}

function following(row) {
  const all = rows();
  return all.slice(all.indexOf(row) + 1).find((each) => "waits" in each.dataset);
}

function data(form, how) {
  const sent = new FormData(form);
  if (how) sent.set("do", how);
  return sent;
}

// What was sent last is what counts: an answer that comes late to an older text is passed over.
const asked = new WeakMap();

async function check(form) {
  const row = rowOf(form);
  const number = (asked.get(row) ?? 0) + 1;
  asked.set(row, number);
  try {
    const answer = await fetch(desk.dataset.check, { method: "POST", body: data(form) });
    if (answer.ok && asked.get(row) === number) show(row, (await answer.json()).findings);
  } catch {
    // Saving will say if the network is gone.
  }
}

async function save(form, how) {
  const row = rowOf(form);
  const field = fieldOf(row);
  const saved = field.value;
  asked.set(row, (asked.get(row) ?? 0) + 1);
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(location.href.split("#")[0], {
      method: "POST",
      body: data(form, how),
      headers: { accept: "application/json" },
    });
    const told = await answer.json();
    if (!answer.ok) {
      show(row, [{ severity: "error", message: told.reason }]);
      field.focus();
      return;
    }
    show(row, told.findings);
    row.dataset.state = told.state;
    row.querySelector(".desk-state").textContent = told.label;
    const waits = ["open", "fuzzy"].includes(told.state) || told.findings.some((each) => each.severity === "error");
    row.toggleAttribute("data-waits", waits);
    document.querySelector("#left").textContent = told.left;
    if (field.value === saved) field.defaultValue = saved;
    const preview = desk.querySelector("iframe");
    if (preview) preview.contentWindow.location.reload();
    goTo(following(row));
  } catch {
    show(row, [{ severity: "error", message: desk.dataset.lost }]);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

async function showMatches(row) {
  const about = row.querySelector(".desk-about");
  if (!about.hidden) return;
  about.hidden = false;
  const query = new URLSearchParams({ string: row.dataset.string, context: row.dataset.context });
  try {
    const answer = await fetch(`${desk.dataset.matches}?${query}`);
    if (answer.ok) about.innerHTML = await answer.text();
    else about.hidden = true;
  } catch {
    about.hidden = true;
  }
}

desk.addEventListener("submit", (event) => {
  const form = event.target.closest(".desk-target");
  if (!form) return;
  event.preventDefault();
  save(form, event.submitter?.value ?? "final");
});

desk.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea[name=target]")) showMatches(rowOf(event.target));
});

let waiting;
desk.addEventListener("input", (event) => {
  const form = event.target.closest(".desk-target");
  if (!form || event.target.name !== "target") return;
  clearTimeout(waiting);
  waiting = setTimeout(() => check(form), PAUSE);
});

desk.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take], [data-insert]");
  if (!button) return;
  const field = fieldOf(rowOf(button));
  if (field.readOnly) return;
  if ("take" in button.dataset) return write(field, button.dataset.take);
  const { selectionStart: start, selectionEnd: end, value } = field;
  write(field, value.slice(0, start) + button.dataset.insert + value.slice(end));
  field.setSelectionRange(start + button.dataset.insert.length, start + button.dataset.insert.length);
});

// A sign that stands for a tag goes as a whole.
function removeToken(event, field) {
  if (field.selectionStart !== field.selectionEnd) return;
  const back = event.key === "Backspace";
  const { selectionStart: place, value } = field;
  const found = back
    ? value.slice(0, place).match(/⟨\/?\d+\/?⟩$/)
    : value.slice(place).match(/^⟨\/?\d+\/?⟩/);
  if (!found) return;
  event.preventDefault();
  const start = back ? place - found[0].length : place;
  write(field, value.slice(0, start) + value.slice(start + found[0].length));
  field.setSelectionRange(start, start);
}

desk.addEventListener("keydown", (event) => {
  const field = event.target.closest("textarea[name=target]");
  if (!field || event.isComposing) return;
  const row = rowOf(field);
  const all = rows();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (!field.readOnly) save(field.form, event.shiftKey ? "draft" : "final");
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    goTo(all[all.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1)] ?? row);
  } else if (field.readOnly) {
    return;
  } else if (event.altKey && event.code === "KeyC") {
    event.preventDefault();
    write(field, field.dataset.source);
  } else if (event.altKey && /^Digit[1-5]$/.test(event.code)) {
    const match = row.querySelectorAll(".desk-matches [data-take]")[Number(event.code.at(-1)) - 1];
    if (match) {
      event.preventDefault();
      write(field, match.dataset.take);
    }
  } else if (event.key === "Backspace" || event.key === "Delete") {
    removeToken(event, field);
  }
});

// Nobody loses what they typed by closing the page.
addEventListener("beforeunload", (event) => {
  if (rows().some((row) => fieldOf(row).value !== fieldOf(row).defaultValue)) event.preventDefault();
});
