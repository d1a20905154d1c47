/* Boxes to search in (form[data-search]) show what begins so while one types: a list of links below
   the box that arrow keys walk, as ARIA describes a combobox with a list. Without scripts the form
   is a form. */
const WAIT = 140;
const SHORTEST = 2;

for (const form of document.querySelectorAll("form[data-search]")) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("div");
  let timer = 0, asked = null, chosen = -1, shownFor = "";

  list.id = input.id + "-list";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.getAttribute("aria-label"));
  list.hidden = true;
  form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"],
    ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);

  const options = () => [...list.querySelectorAll("[role=option]")];

  function choose(at) {
    const all = options();
    chosen = all.length ? (at + all.length + 1) % (all.length + 1) : -1;
    if (chosen === all.length) chosen = -1;
    all.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
    if (chosen < 0) { input.removeAttribute("aria-activedescendant"); return; }
    input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function open() {
    const any = options().length > 0;
    list.hidden = !any;
    input.setAttribute("aria-expanded", String(any));
    choose(-1);
  }

  async function ask() {
    const words = input.value.trim();
    if (words.length < SHORTEST) { list.replaceChildren(); shownFor = ""; close(); return; }
    if (words === shownFor) { open(); return; }
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.suggestions + "?q=" + encodeURIComponent(words), { signal: asked.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = [...page.querySelectorAll("[role=option]")];
      found.forEach((option) => { option.id = input.id + "-" + option.id; });
      list.replaceChildren(...found);
      shownFor = words;
      if (document.activeElement === input) open();
    } catch (refused) { if (refused.name !== "AbortError") close(); }
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) { ask(); } else { choose(chosen + (event.key === "ArrowDown" ? 1 : -1)); }
      event.preventDefault();
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      options()[chosen].click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  form.addEventListener("submit", (event) => { if (!input.value.trim()) event.preventDefault(); });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
  addEventListener("pageshow", close);
}
