// Zoom and drag for the map. Without this script the map is complete, only fixed.
const CLOSEST = 40;
const SVG = "http://www.w3.org/2000/svg";
/* Height of a name in thousandths of the shown width; on a phone they are larger. */
const LETTERS = matchMedia("(max-width: 599px)").matches ? 46 : 20;

const box = (x, y, width, height) => ({ x, y, right: x + width, bottom: y + height });
const overlap = (one, other) => one.x < other.right && other.x < one.right && one.y < other.bottom && other.y < one.bottom;

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
    for (const dot of map.querySelectorAll("circle")) {
      dot.dataset.r ??= dot.getAttribute("r");
      dot.setAttribute("r", dot.dataset.r * scale);
    }
  }

  const places = [...map.querySelectorAll("circle.place")].map((dot) => ({ x: Number(dot.getAttribute("cx")), y: Number(dot.getAttribute("cy")) }));

  /* Where most of what is shown would be seen from closer by; the nearest such place. */
  function liveliest(width, height) {
    const middle = { x: shown.x + shown.width / 2, y: shown.y + shown.height / 2 };
    const within = (place, at, w, h) => Math.abs(place.x - at.x) <= w / 2 && Math.abs(place.y - at.y) <= h / 2;
    const here = places.filter((place) => within(place, middle, shown.width, shown.height));
    let best = null;
    for (const at of here) {
      const seen = here.filter((place) => within(place, at, width, height));
      const far = Math.hypot(at.x - middle.x, at.y - middle.y);
      if (!best || seen.length > best.seen.length || (seen.length === best.seen.length && far < best.far)) best = { seen, far };
    }
    if (!best) return middle;
    const mean = (of) => best.seen.reduce((sum, place) => sum + of(place), 0) / best.seen.length;
    return { x: mean((place) => place.x), y: mean((place) => place.y) };
  }

  function zoom(factor) {
    const width = Math.min(1000, Math.max(CLOSEST, shown.width * factor));
    const height = (width * first.height) / first.width;
    const middle = factor < 1 ? liveliest(width, height) : { x: shown.x + shown.width / 2, y: shown.y + shown.height / 2 };
    show({ x: middle.x - width / 2, y: middle.y - height / 2, width, height });
    name();
  }

  /* Names of places have room again when the map is seen from closer by: each in its first free place. */
  function name() {
    const size = (LETTERS * shown.width) / 1000;
    const taken = places.map((place) => box(place.x - size / 3, place.y - size / 3, size / 1.5, size / 1.5));
    for (const label of map.querySelectorAll("g.label")) label.remove();
    for (const link of map.querySelectorAll("a[data-name]")) {
      const dot = link.querySelector("circle.place");
      const x = Number(dot.getAttribute("cx"));
      const y = Number(dot.getAttribute("cy"));
      const width = link.dataset.name.length * size * 0.6;
      const sides = [
        ["start", x + size * 0.6, y + size * 0.3, box(x + size * 0.6, y - size * 0.5, width, size)],
        ["end", x - size * 0.6, y + size * 0.3, box(x - size * 0.6 - width, y - size * 0.5, width, size)],
        ["middle", x, y - size * 0.6, box(x - width / 2, y - size * 1.5, width, size)],
        ["middle", x, y + size * 1.4, box(x - width / 2, y + size * 0.5, width, size)],
      ];
      const free = sides.find(([, , , room]) => !taken.some((other) => overlap(room, other)));
      if (!free) continue;
      taken.push(free[3]);
      const label = document.createElementNS(SVG, "g");
      label.setAttribute("class", "label");
      label.setAttribute("transform", `translate(${free[1]} ${free[2]}) scale(${shown.width / 1000})`);
      const text = document.createElementNS(SVG, "text");
      text.setAttribute("class", "place-name zoomed");
      text.setAttribute("text-anchor", free[0]);
      text.setAttribute("font-size", LETTERS);
      text.textContent = link.dataset.name;
      label.append(text);
      link.append(label);
    }
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
  add(figure.dataset.whole, "⤢", () => { show({ x: 0, y: 0, width: 1000, height: 487 }); name(); });
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
