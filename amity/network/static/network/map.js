// Zoom and drag for the map. Without this script the map is complete, only fixed.
const CLOSEST = 40;

for (const figure of document.querySelectorAll(".network-map")) enliven(figure);

function enliven(figure) {
  const map = figure.querySelector("svg.map");
  const start = map.viewBox.baseVal;
  const first = { x: start.x, y: start.y, width: start.width, height: start.height };
  let shown = { ...first };

  function show(next) {
    shown = next;
    map.setAttribute("viewBox", `${next.x} ${next.y} ${next.width} ${next.height}`);
    const scale = next.width / first.width;
    for (const dot of map.querySelectorAll("circle.place")) {
      dot.dataset.r ??= dot.getAttribute("r");
      dot.setAttribute("r", dot.dataset.r * scale);
    }
    for (const name of map.querySelectorAll("text.place-name")) {
      name.dataset.size ??= name.getAttribute("font-size");
      name.setAttribute("font-size", name.dataset.size * scale);
    }
  }

  function zoom(factor) {
    const width = Math.min(1000, Math.max(CLOSEST, shown.width * factor));
    const height = (width * first.height) / first.width;
    show({
      x: shown.x + (shown.width - width) / 2,
      y: shown.y + (shown.height - height) / 2,
      width,
      height,
    });
  }

  const buttons = document.createElement("div");
  buttons.className = "map-buttons";
  const add = (words, sign, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", words);
    button.title = words;
    button.addEventListener("click", act);
    buttons.append(button);
  };
  add(figure.dataset.zoomIn, "+", () => zoom(1 / 1.6));
  add(figure.dataset.zoomOut, "−", () => zoom(1.6));
  add(figure.dataset.whole, "⤢", () => show({ x: 0, y: 0, width: 1000, height: 487 }));
  figure.append(buttons);

  let held = null;
  map.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    held = { x: event.clientX, y: event.clientY, from: { ...shown }, moved: false };
  });
  window.addEventListener("pointermove", (event) => {
    if (!held) return;
    const scale = shown.width / map.clientWidth;
    const dx = (event.clientX - held.x) * scale;
    const dy = (event.clientY - held.y) * scale;
    if (Math.hypot(event.clientX - held.x, event.clientY - held.y) > 4) held.moved = true;
    if (held.moved) show({ ...held.from, x: held.from.x - dx, y: held.from.y - dy });
  });
  window.addEventListener("pointerup", () => {
    if (held?.moved) map.addEventListener("click", (event) => event.preventDefault(), { once: true, capture: true });
    held = null;
  });
  map.addEventListener("dragstart", (event) => event.preventDefault());
}
