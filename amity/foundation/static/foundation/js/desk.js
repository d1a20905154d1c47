// The desk, made handier: forms keep themselves as drafts, records are chosen while typing,
// dates show how they are understood. Everything works without it.

document.documentElement.classList.add("scripted");

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
const send = (address, body) =>
  fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" });
// Whether it is what was asked for: who is signed out is led to the page for signing in instead.
const given = (answer) => Boolean(answer?.ok) && !answer.redirected;

// What an act did is said where it was done, to which the address leads, and has the focus, once
// the browser has gone there and let go of it.
const said = [...document.querySelectorAll("[data-said]")];
const done = document.getElementById(location.hash.slice(1))?.querySelector("h2");
done?.after(...said);
if (said.length && !document.querySelector("[data-takes-focus]"))
  addEventListener("load", () => requestAnimationFrame(() => {
    if (document.activeElement === document.body) said[0].focus();
  }));
for (const place of document.querySelectorAll("[data-takes-focus]")) place.focus();
for (const select of document.querySelectorAll("select[data-submits]"))
  select.addEventListener("change", () => select.form.requestSubmit());

// Keeps what is typed. One keeping at a time; what is typed meanwhile is kept next. Nothing is
// sent while an input method is still putting a word together.
function keepDrafts(form) {
  const said = form.querySelector("[data-kept]");
  let timer, number = 0, underWay = false, changed = false, composing = false, sent = false;
  let waits = false;
  const say = (name) => { said.textContent = said.dataset[name] ?? ""; };
  const later = (milliseconds) => { clearTimeout(timer); timer = setTimeout(keep, milliseconds); };
  const wait = (name, words) => {
    changed = waits = true;
    say(name);
    if (words) said.textContent = words;
    later(8000);
  };

  async function keep() {
    if (underWay || composing || sent || !changed) return;
    underWay = true;
    changed = waits = false;
    const body = new FormData(form);
    body.set("number", String(++number));
    try {
      const answer = await send(form.dataset.keeps, body);
      // Who is signed out is led to the page for signing in, or has a form without its token.
      const out = answer.redirected || answer.status === 403;
      const refused = answer.status === 422;
      if (!out && !refused && !answer.ok) throw new Error(String(answer.status));
      if (out) wait("saidOut");
      else if (refused) wait("saidLost", (await answer.json()).words);
      else if (!changed) say("saidKept");
    } catch {
      wait("saidLost");
    } finally {
      underWay = false;
      if (changed && !waits) later(800);
    }
  }
  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; later(800); });
  form.addEventListener("input", () => { changed = true; say("saidTyping"); later(800); });
  form.addEventListener("submit", (event) => {
    if (sent) { event.preventDefault(); return; }
    sent = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("beforeunload", (event) => { if (changed && !sent) event.preventDefault(); });
}

// Says that the form is open, and shows who else has it open.
function sayPresent(place) {
  const speak = async () => {
    if (document.hidden) return;
    const answer = await send(place.dataset.present, new FormData()).catch(() => null);
    if (given(answer)) place.innerHTML = await answer.text();
  };
  speak();
  const timer = setInterval(speak, 25000);
  addEventListener("pagehide", () => {
    clearInterval(timer);
    const body = new FormData();
    body.set("closed", "1");
    body.set("csrfmiddlewaretoken", token());
    navigator.sendBeacon(place.dataset.present, body);
  });
}

// A field in which a record is chosen by typing any of its names (ARIA 1.2, combobox).
let counter = 0;
function choose(field, take) {
  const input = field.querySelector("[data-words]"), list = field.querySelector(".choices");
  const kind = field.dataset.chooses ?? field.dataset.choosesMany;
  const root = document.documentElement.lang;
  list.id ||= `choices-${++counter}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.querySelector("label, legend")?.textContent ?? "");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
  let timer, at = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const mark = (next) => {
    const all = options();
    if (!all.length) return;
    at = (next + all.length) % all.length;
    all.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    input.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  };
  const pick = (option) => { take(input, option, kind); close(); input.dispatchEvent(new Event("input", { bubbles: true })); };
  async function ask() {
    const words = input.value.trim();
    if (!words) return close();
    const answer = await fetch(`/${root}/desk/choose/?kind=${encodeURIComponent(kind)}&q=${encodeURIComponent(words)}`).catch(() => null);
    if (!given(answer) || input.value.trim() !== words) return;
    list.innerHTML = await answer.text();
    options().forEach((option, place) => { option.id = `${list.id}-${place}`; option.addEventListener("mousedown", (event) => { event.preventDefault(); pick(option); }); });
    list.hidden = options().length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    at = -1;
  }
  input.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 200);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") { event.preventDefault(); if (list.hidden) ask(); else mark(at + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(at - 1); }
    else if (event.key === "Enter" && !list.hidden && at >= 0) { event.preventDefault(); pick(options()[at]); }
    else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
  });
  input.addEventListener("blur", close);
}
const keyOf = (option, kind) => (kind ? option.dataset.key : `${option.dataset.kind}/${option.dataset.key}`);
function takeOne(input, option, kind) {
  input.value = option.firstChild.textContent.trim();
  const field = input.closest(".field");
  field.querySelector("[data-key]").value = keyOf(option, kind);
  field.querySelector("[data-shown]").value = input.value;
}
function takeMany(input, option, kind) {
  const item = document.createElement("li"), label = document.createElement("label"), box = document.createElement("input");
  label.className = "chip";
  Object.assign(box, { type: "checkbox", name: input.dataset.name, value: keyOf(option, kind), checked: true });
  label.append(box, ` ${option.firstChild.textContent.trim()}`);
  item.append(label);
  input.closest(".field").querySelector(".chosen").append(item);
  input.value = "";
}

// Shows how a date is understood while it is typed.
function understand(field) {
  const words = field.querySelector("[data-words]"), meant = field.querySelector("[data-meant]");
  const part = (name) => field.querySelector(`[name$="-${name}"]`);
  let timer;
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const body = new FormData();
      body.set("words", words.value);
      body.set("language", part("language").value);
      const answer = await send(`/${document.documentElement.lang}/desk/understood/`, body).catch(() => null);
      if (!given(answer)) return;
      const found = await answer.json();
      for (const name of ["edtf", "every", "until"]) part(name).value = found[name];
      field.querySelector("[data-understood]").value = words.value;
      meant.textContent = found.said || meant.dataset.meant;
    }, 350);
  });
}

function prepare(scope) {
  for (const field of scope.querySelectorAll("[data-chooses]")) choose(field, takeOne);
  for (const field of scope.querySelectorAll("[data-chooses-many]")) choose(field, takeMany);
  for (const field of scope.querySelectorAll("[data-date]")) understand(field);
}

// Rows of lists: one more from the template, without asking the server.
function addRows(rows) {
  const template = rows.querySelector("template");
  const button = rows.querySelector("[data-adds]");
  const name = rows.dataset.rows;
  let next = rows.querySelectorAll("[data-row]").length;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const place = `${next++}b`;
    const holder = document.createElement("div");
    holder.append(template.content.cloneNode(true));
    for (const element of holder.querySelectorAll("[name], [id], [for], [aria-describedby]"))
      for (const attribute of ["name", "id", "for", "aria-describedby"]) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replaceAll(`${name}.new`, `${name}.${place}`));
      }
    const row = holder.firstElementChild;
    rows.querySelector("ol").append(row);
    prepare(row);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
}

/* Where nobody can say by whose clocks, those of the device are taken; they are shown, and chosen. */
for (const zones of document.querySelectorAll("select[data-own-zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = JSON.parse(zones.dataset.ownZone)[zone] ?? zone;
  if ([...zones.options].some((one) => one.value === known)) zones.value = known;
}
for (const place of document.querySelectorAll("[data-with-script]")) place.hidden = false;
for (const all of document.querySelectorAll("[data-ticks]"))
  all.addEventListener("change", () => {
    for (const box of all.form.elements[all.dataset.ticks] ?? []) box.checked = all.checked;
  });
for (const form of document.querySelectorAll("form[data-keeps]")) keepDrafts(form);
for (const place of document.querySelectorAll("[data-present]")) sayPresent(place);
for (const rows of document.querySelectorAll("[data-rows]")) addRows(rows);
prepare(document);
