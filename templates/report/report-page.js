// Tabs

const tabs = [...document.querySelectorAll("[role=tab]")];
const select = (tab) => {
  for (const other of tabs) {
    const isChosen = other === tab;
    other.setAttribute("aria-selected", isChosen);
    other.tabIndex = isChosen ? 0 : -1;
    byId(other.getAttribute("aria-controls")).hidden = !isChosen;
  }
};
tabs.forEach((tab, index) => {
  tab.addEventListener("click", () => select(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = tabs[(index + step + tabs.length) % tabs.length];
    select(next);
    next.focus();
  });
});
if (tabs.length) select(tabs[0]);
for (const button of document.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => {
    const figure = document.querySelector(".figure:not([hidden])");
    if (figure && figure.zoom) figure.zoom(button.dataset.zoom);
  });
}

// Search: rows and drawn things that have the text

const rows = [...document.querySelectorAll("tbody tr")].map((row) => [row, row.textContent.toLowerCase()]);
const nodes = [...document.querySelectorAll(".figure g.node")].map((node) => {
  const link = node.querySelector("a");
  const group = drawn.get(node.id.slice(node.id.indexOf("/") + 1)) || [];
  const names = group.map((container) => container[NAME] + " " + container[ADDRESSES].join(" ")).join(" ");
  return [node, ((link && link.getAttribute("xlink:title")) + " " + names).toLowerCase()];
});
byId("search").addEventListener("input", (event) => {
  const text = event.target.value.trim().toLowerCase();
  for (const [row, content] of rows) row.hidden = text !== "" && !content.includes(text);
  for (const [node, content] of nodes) node.classList.toggle("dim", text !== "" && !content.includes(text));
});

// Colours: as the system has them, light, dark

const themes = ["", "light", "dark"];
const words = say(["as the system has them", "light", "dark"], ["los del sistema", "claros", "oscuros"]);
byId("theme").addEventListener("click", (event) => {
  const root = document.documentElement;
  const next = (themes.indexOf(root.dataset.theme || "") + 1) % themes.length;
  if (themes[next]) root.dataset.theme = themes[next];
  else delete root.dataset.theme;
  event.target.setAttribute("aria-label", say("Colours: ", "Colores: ") + words[next]);
});

// Copying

for (const button of document.querySelectorAll(".copy")) {
  button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = say("Copied", "Copiado");
    } catch {
      // Where the browser does not let a page write: it is marked, to be copied by hand.
      getSelection().selectAllChildren(code);
      button.textContent = say("Selected: copy it now", "Seleccionado: cópielo");
    }
    setTimeout(() => { button.textContent = say("Copy", "Copiar"); }, 2000);
  });
}
