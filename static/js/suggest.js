// Titles of pages below a search box while one types. Without it, the box searches all the same.

const PAUSE = 150;

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("div");
  let active = -1;
  let timer;
  let request;

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestions);
  input.form.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);

  const mark = (number) => {
    active = number;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", n === active));
    list.children[active]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[active]?.id ?? "");
  };

  const open = (opened) => {
    list.hidden = !opened;
    input.setAttribute("aria-expanded", opened);
    mark(-1);
  };

  const show = (suggestions) => {
    list.replaceChildren(
      ...suggestions.map(({ title, url }, n) => {
        const option = document.createElement("a");
        option.id = `${list.id}-${n}`;
        option.href = url;
        option.tabIndex = -1;
        option.setAttribute("role", "option");
        option.textContent = title;
        return option;
      }),
    );
    open(suggestions.length > 0 && document.activeElement === input);
  };

  const stop = () => {
    clearTimeout(timer);
    request?.abort();
  };

  const ask = () => {
    stop();
    const typed = input.value.trim();
    if (!typed) return show([]);
    timer = setTimeout(async () => {
      request = new AbortController();
      try {
        const address = `${input.dataset.suggest}?q=${encodeURIComponent(typed)}`;
        const response = await fetch(address, { signal: request.signal });
        show(response.ok ? (await response.json()).suggestions : []);
      } catch {
        // Typed on, or no connection: the list stays as it is.
      }
    }, PAUSE);
  };

  // While an input method puts letters together, what stands in the box is not a word yet.
  input.addEventListener("input", (event) => event.isComposing || ask());
  input.addEventListener("compositionstart", stop);
  input.addEventListener("compositionend", ask);

  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    // Safari ends the composing before it tells of the Enter that did so, with this code.
    if (event.isComposing || event.keyCode === 229 || !count) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (list.hidden) open(true);
      // The box itself stands between the last and the first.
      mark(((active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      list.children[active].click();
    } else if (event.key === "Escape" && !list.hidden) {
      open(false);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", () => {
    stop();
    open(false);
  });
  // The box keeps the focus while one clicks in the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  open(false);
}
