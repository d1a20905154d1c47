/* Times on a page are those of the venue. On demand the reader's own stand beside them. */
const buttons = [...document.querySelectorAll("[data-local-time]")];
const KEY = "amity-local-time";

function remembered() {
  try { return sessionStorage.getItem(KEY) === "1"; } catch { return false; }
}

function remember(on) {
  try { sessionStorage.setItem(KEY, on ? "1" : "0"); } catch { /* lasts for this page */ }
}

/* "2025-09-30T09:00+07:00" -> minutes east of UTC */
function venueOffset(text) {
  const found = /([+-])(\d\d):(\d\d)$/.exec(text);
  return found ? (found[1] === "-" ? -1 : 1) * (60 * Number(found[2]) + Number(found[3])) : 0;
}

function dayShift(moment, text) {
  const days = (date, offset) => Math.floor((date.getTime() / 60000 + offset) / 1440);
  return days(moment, -moment.getTimezoneOffset()) - days(moment, venueOffset(text));
}

function show(on, words) {
  const language = document.documentElement.lang;
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  for (const time of document.querySelectorAll("time.clock")) {
    time.nextElementSibling?.matches(".local") && time.nextElementSibling.remove();
    const moment = new Date(time.dateTime);
    if (!on || -moment.getTimezoneOffset() === venueOffset(time.dateTime)) continue;
    const shift = dayShift(moment, time.dateTime);
    const note = document.createElement("span");
    note.className = "local num";
    note.textContent = ` (${clock.format(moment)}${shift > 0 ? ", " + words.tomorrow : shift < 0 ? ", " + words.yesterday : ""})`;
    time.after(note);
  }
}

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const button of buttons) {
  const words = button.dataset;
  const set = (on) => { button.setAttribute("aria-pressed", String(on)); show(on, words); };
  if (button.closest("[data-zone]")?.dataset.zone === here) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    remember(on);
    set(on);
  });
  if (remembered()) set(true);
}
