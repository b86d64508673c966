// Figures: facts, choosing, moving

const facts = byId("facts");
const show = (element) => {
  const link = element && element.querySelector(":scope > g > a");
  const text = link && link.getAttribute("xlink:title");
  facts.hidden = !text;
  facts.textContent = text || "";
};
let wasDragged = false;

for (const figure of document.querySelectorAll(".figure")) {
  const svg = figure.querySelector("svg");
  if (!svg) continue;
  const view = figure.id.slice("figure-".length) + "/";
  for (const node of svg.querySelectorAll("g.node.container")) {
    const id = node.id.slice(view.length);
    if (!drawn.has(id)) continue;
    node.setAttribute("role", "button");
    node.setAttribute("tabindex", "0");
    const group = drawn.get(id);
    node.setAttribute("aria-label", group[0][NAME] + (group.length > 1 ? say(` and ${group.length - 1} more`, ` y ${group.length - 1} más`) : ""));
    node.addEventListener("click", () => wasDragged || pick(id));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      pick(id);
    });
    node.addEventListener("focus", () => show(node));
  }
  for (const part of svg.querySelectorAll("a")) {
    // The page shows these itself; a second tooltip of the browser's would lie over it.
    part.dataset.facts = "";
  }
  svg.addEventListener("pointerover", (event) => show(event.target.closest("g.node, g.cluster")));
  svg.addEventListener("pointerleave", () => show(null));
  svg.addEventListener("focusout", () => show(null));
  movable(figure, svg);
}

function movable(figure, svg) {
  const [left, top, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  let box = [left, top, width, height];
  const set = (next) => {
    const scale = Math.min(Math.max(next[2], width / 40), width) / next[2];
    const size = [next[2] * scale, next[3] * scale];
    const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
    box = [clamp(next[0], left, left + width - size[0]), clamp(next[1], top, top + height - size[1]), ...size];
    svg.setAttribute("viewBox", box.join(" "));
    figure.classList.toggle("zoomed", size[0] < width * 0.999);
  };
  const zoom = (factor, x = 0.5, y = 0.5) =>
    set([box[0] + box[2] * (1 - factor) * x, box[1] + box[3] * (1 - factor) * y, box[2] * factor, box[3] * factor]);
  figure.zoom = (kind) => (kind === "all" ? set([left, top, width, height]) : zoom(kind === "in" ? 1 / 1.4 : 1.4));
  const place = (event) => {
    const frame = svg.getBoundingClientRect();
    return [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
  };
  figure.addEventListener("wheel", (event) => {
    // The page itself scrolls by a wheel alone.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1 / 1.2 : 1.2, ...place(event));
  }, { passive: false });
  figure.addEventListener("keydown", (event) => {
    const step = 0.1;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (event.key in moves && figure.classList.contains("zoomed")) {
      const [x, y] = moves[event.key];
      set([box[0] + box[2] * x, box[1] + box[3] * y, box[2], box[3]]);
    } else if (event.key === "+" || event.key === "=") zoom(1 / 1.4);
    else if (event.key === "-") zoom(1.4);
    else if (event.key === "0") set([left, top, width, height]);
    else return;
    event.preventDefault();
  });
  const fingers = new Map();
  let moved = 0;
  figure.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    moved = 0;
    wasDragged = false;
  });
  figure.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    fingers.set(event.pointerId, now);
    if (others.length === 1) {
      const gap = (point) => Math.hypot(point[0] - others[0][0], point[1] - others[0][1]);
      if (gap(now) > 0) zoom(gap(before) / gap(now), ...place(event));
    } else {
      const unit = Math.max(box[2] / svg.clientWidth, box[3] / svg.clientHeight);
      set([box[0] - (now[0] - before[0]) * unit, box[1] - (now[1] - before[1]) * unit, box[2], box[3]]);
    }
    moved += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
    wasDragged = moved > 5;
    figure.classList.toggle("dragged", wasDragged);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
    figure.addEventListener(name, (event) => {
      fingers.delete(event.pointerId);
      figure.classList.remove("dragged");
    });
  }
}
