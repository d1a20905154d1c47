// The table of a programme, made handier: Enter adds a row, arrow keys go between cells, rows
// copied from a sheet are pasted into the cells, and what clashes is told while typing.
// Everything works without it.

const form = document.querySelector("form[data-programme]");
if (form) {
  const body = form.querySelector("tbody"), template = document.getElementById("new-row");
  const beside = document.getElementById("clashes");
  const CELL = "tbody input[type=text], tbody select";
  const cellsOf = (row) => [...row.querySelectorAll("input[type=text], select")];
  const isBlank = (row) => !row.querySelector("[name=row]").value && [...row.querySelectorAll("input[type=text]")].every((one) => !one.value.trim());
  let changed = false, sent = false, timer, asked = 0;

  const number = () => [...body.rows].forEach((row, place) => {
    row.id = `row-${place + 1}`;
    row.querySelector("[data-number]").textContent = String(place + 1);
    const below = row.querySelector("[data-below]");
    if (below) below.value = `row-${place + 1}`;
  });
  const look = (row) => {
    const group = row.querySelector("select").value.split(":")[0];
    row.className = group ? `of-${group}` : "of-nothing";
  };

  function addBelow(row) {
    const fresh = template.content.querySelector("tr").cloneNode(true);
    row.after(fresh);
    const above = row.querySelector("select").value;
    fresh.querySelector("select").value = above.startsWith("contribution:") ? above : above ? "contribution:presentation" : "";
    look(fresh);
    number();
    return fresh;
  }

  // Asks what clashes, a moment after the last key; an answer that comes late is dropped.
  function touched() {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const question = ++asked;
      const answer = await fetch(form.dataset.clashes, { method: "POST", body: new FormData(form), credentials: "same-origin" }).catch(() => null);
      if (!answer?.ok || question !== asked) return;
      const words = await answer.text();
      if (beside.innerHTML !== words) beside.innerHTML = words;
    }, 600);
  }

  function choose(select, words) {
    const said = words.trim().toLocaleLowerCase();
    const option = [...select.options].find((one) => said && [one.textContent.trim().toLocaleLowerCase(), one.value, one.value.split(":")[1]].includes(said));
    select.value = option ? option.value : "";
    look(select.closest("tr"));
  }

  // Cells as sheets copy them: quoted where they hold tabs, line ends or quotation marks.
  function table(words) {
    const rows = [[]];
    for (const [, quoted, plain, end] of words.replace(/\r\n?/g, "\n").replace(/\n$/, "").matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g)) {
      rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain ?? "").replace(/\s+/g, " ").trim());
      if (end === "\n") rows.push([]);
      if (end === "") break;
    }
    return rows;
  }

  form.addEventListener("paste", (event) => {
    const cell = event.target.closest(CELL), words = event.clipboardData?.getData("text/plain") ?? "";
    if (!cell || !/[\t\n]/.test(words.replace(/\n$/, ""))) return;
    event.preventDefault();
    let row = cell.closest("tr");
    const first = cellsOf(row).indexOf(cell);
    table(words).forEach((line, place) => {
      if (place) {
        const next = row.nextElementSibling;
        row = next && isBlank(next) ? next : addBelow(row);
      }
      const cells = cellsOf(row);
      line.forEach((said, step) => {
        const into = cells[first + step];
        if (into?.tagName === "SELECT") choose(into, said);
        else if (into) into.value = said;
      });
    });
    cellsOf(row)[first].focus();
    touched();
  });

  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest(CELL);
    if (!cell || event.isComposing) return;
    const row = cell.closest("tr"), cells = cellsOf(row), at = cells.indexOf(cell);
    const go = (target) => { event.preventDefault(); target?.focus(); };
    if (event.key === "Enter") {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) { form.requestSubmit(form.querySelector("button.button[value=save]")); return; }
      const next = row.nextElementSibling;
      cellsOf(next && isBlank(next) ? next : addBelow(row))[0].focus();
    } else if (event.key === "Tab" && !event.shiftKey && at === cells.length - 1 && !row.nextElementSibling && !isBlank(row)) {
      go(cellsOf(addBelow(row))[0]);
    } else if (cell.tagName === "SELECT" || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !(cell.hasAttribute("list") && cell.dataset.typed)) {
      const other = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
      if (other) go(cellsOf(other)[at]);
    } else if (event.key === "ArrowRight" && cell.selectionStart === cell.value.length) {
      if (cells[at + 1]) go(cells[at + 1]);
    } else if (event.key === "ArrowLeft" && cell.selectionEnd === 0) {
      if (cells[at - 1]) go(cells[at - 1]);
    }
  });

  form.addEventListener("input", (event) => {
    if (event.target.tagName === "SELECT") look(event.target.closest("tr"));
    event.target.dataset.typed = "1"; // a list of suggestions may be open: its arrows are its own
    touched();
  });
  form.addEventListener("focusout", (event) => { delete event.target.dataset.typed; });
  form.addEventListener("click", (event) => {
    const below = event.target.closest("[data-below]");
    if (!below) return;
    event.preventDefault();
    cellsOf(addBelow(below.closest("tr")))[0].focus();
  });
  form.addEventListener("submit", (event) => {
    if (sent) { event.preventDefault(); return; }
    sent = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("beforeunload", (event) => { if (changed && !sent) event.preventDefault(); });
}
