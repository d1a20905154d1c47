// Keeps what is typed into the form of a turn, one keeping at a time. The form works without it.

const form = document.querySelector("form[data-keeps]");
const said = form?.querySelector("[data-kept]");
let timer, underWay = false, changed = false, composing = false, sent = false;

async function keep() {
  if (underWay || composing || sent || !changed) return;
  underWay = true;
  changed = false;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.keeps, { method: "POST", body, credentials: "omit" });
    said.textContent = answer.ok ? said.dataset.done : said.dataset.failed;
  } catch {
    changed = true;
    said.textContent = said.dataset.failed;
  }
  underWay = false;
  if (changed) later();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(keep, 1200);
}

if (form) {
  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; later(); });
  form.addEventListener("input", () => { changed = true; later(); });
  form.addEventListener("submit", () => { sent = true; clearTimeout(timer); });
  for (const place of document.querySelectorAll("[data-takes-focus]")) place.focus();
}
