// What the page knows of the topology, and the ways between its containers. It and the other two are one block of the page.

const data = JSON.parse(document.getElementById("data").textContent);
const say = (english, spanish) => (document.documentElement.lang === "es" ? spanish : english);
const byId = (id) => document.getElementById(id);
const make = (tag, text, parent) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (parent) parent.append(element);
  return element;
};

// A container is an array of: name, class, identifier in figures, interface, the drawn group's interface, its veth's
// name in the host, addresses by family, the host's ends of its link and their subnets.
const [NAME, CLASS, DRAWN, INTERFACE, DRAWN_INTERFACE, VETH, ADDRESSES, ENDS, SUBNETS] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const containers = new Map(data.containers.map((container) => [container[NAME], container]));
const drawn = new Map();
for (const container of data.containers) {
  if (!drawn.has(container[DRAWN])) drawn.set(container[DRAWN], []);
  drawn.get(container[DRAWN]).push(container);
}
const short = new Map();
for (const name of containers.keys()) {
  const own = name.slice(name.indexOf("/") + 1);
  short.set(own, short.has(own) ? undefined : name);
}
const hosts = new Map(data.hosts);
const paths = new Map(data.paths.map((path) => [path[0] + " " + path[1], path.slice(2)]));
const views = [...document.querySelectorAll(".figure")].map((figure) => figure.id.slice("figure-".length));

// Tracing

const family = (address) => (address.includes(":") ? 1 : 0);

// What a number stands for: something of the sender's, or from 10 on of the answerer's.
const reader = (source, target, version) => (code) => {
  if (typeof code !== "number") return code;
  const one = code < 10 ? source : target;
  const ofFamily = (texts) => texts.find((text) => family(text) === version) || "";
  return [one[NAME], one[INTERFACE], one[VETH], one[ADDRESSES][version], ofFamily(one[ENDS]), ofFamily(one[SUBNETS])][code % 10];
};

// Where a step has the VLAN of its frames.
const VLAN = { v: 5, b: 5, l: 6, t: 10 };
const tellStep = (step, read) => {
  const vlan = step[VLAN[step[0]]];
  return stepWords(step, read) + (vlan ? `, VLAN ${vlan}` : "");
};

const stepWords = (step, read) => {
  const part = (index) => read(step[index]);
  switch (step[0]) {
    case "v": return say(`veth pair: ${part(2)} in ${part(1)} to ${part(4)} in ${part(3)}`,
      `par veth: de ${part(2)} en ${part(1)} a ${part(4)} en ${part(3)}`);
    case "b": {
      const end = (name) => (name === false ? say("the host itself", "el propio anfitrión") : say("port ", "el puerto ") + name);
      return say(`bridge ${part(2)} in ${part(1)}: from ${end(part(3))} to ${end(part(4))}`,
        `puente ${part(2)} en ${part(1)}: desde ${end(part(3))} hasta ${end(part(4))}`);
    }
    case "l": return say(`LAN ${part(5)}: from ${part(1)} ${part(2)} to ${part(3)} ${part(4)}`,
      `LAN ${part(5)}: de ${part(1)} ${part(2)} a ${part(3)} ${part(4)}`);
    default: return say(
      `tunnel from ${part(1)} ${part(2)} to ${part(3)} ${part(4)}: ${part(5)}, ${part(6)} to ${part(7)}, ${step[8]} bytes more`,
      `túnel de ${part(1)} ${part(2)} a ${part(3)} ${part(4)}: ${part(5)}, de ${part(6)} a ${part(7)}, ${step[8]} bytes más`);
  }
};

const tellHop = (hop, read) => {
  const [node, comes, leaves, next, route] = hop.slice(0, 5).map(read);
  const [mtu, ttl] = hop.slice(5, 7);
  const parts = [node + (comes ? say(` receives it on ${comes}`, ` lo recibe por ${comes}`) : say(" sends it", " lo envía"))];
  if (leaves) parts.push(say("out on ", "sale por ") + leaves + (next ? say(" to ", " hacia ") + next : ""));
  if (route) parts.push(say("route ", "ruta ") + (route.endsWith("/0") ? say("default", "por defecto") : route));
  if (mtu) parts.push(`MTU ${mtu}`);
  return parts.join(", ") + `, TTL ${ttl}`;
};

const tellHops = (hops, read, list) => {
  for (const hop of hops) {
    const item = make("li", tellHop(hop, read), list);
    item.dataset.node = read(hop[0]);
    if (!hop[7].length) continue;
    const steps = make("ul", undefined, item);
    for (const step of hop[7]) {
      const line = make("li", tellStep(step, read), steps);
      if (step[0] === "t" && step[9].length) tellHops(step[9], read, make("ol", undefined, line));
    }
  }
};

const tell = (path, read, source, target, version, result) => {
  const title = make("h3", `${source[NAME]} ${say("to", "a")} ${target[NAME]} (${target[ADDRESSES][version]})`, result);
  title.tabIndex = -1;
  const verdict = make("p", undefined, result);
  make("span", path.ok ? say("answered", "con respuesta") : say("not answered", "sin respuesta"), verdict).className = path.ok ? "good" : "bad";
  verdict.append(path.ok ? say(`, in packets of up to ${path.mtu} bytes`, `, en paquetes de hasta ${path.mtu} bytes`) : ": " + path.words.map(read).join(""));
  tellHops(path.hops, read, make("ol", undefined, result));
  if (path.back) {
    const routers = path.back.map(read);
    const way = routers.length ? say("through ", "por ") + routers.join(", ") : say("directly", "directamente");
    make("p", say("The answer comes back ", "La respuesta vuelve ") + way + ".", result);
  }
};

// The interfaces that a packet comes by: node, interface, and whether IP has it there.
const points = (hops, read, found) => {
  for (const hop of hops) {
    for (const name of [hop[1], hop[2]]) if (name !== false) found.push([read(hop[0]), read(name), true]);
    for (const step of hop[7]) {
      if (step[0] === "b") {
        for (const name of [step[3], step[4]]) if (name !== false) found.push([read(step[1]), read(name), false]);
      } else {
        const isTunnel = step[0] === "t";
        found.push([read(step[1]), read(step[2]), false, isTunnel], [read(step[3]), read(step[4]), false, isTunnel]);
      }
      if (step[0] === "t") points(step[9], read, found);
    }
  }
  return found;
};

// As topoc writes names in identifiers.
const encoded = (name) => name.replace(/[%/"\\&<> ]/g, (sign) => "%" + sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0"));

const edges = new Map();
for (const edge of document.querySelectorAll(".figure .edge")) edges.set(edge.id, edge);
const lineOfTunnel = new Map();
const linesOfAddress = new Map();
const collect = (map, key, value) => map.set(key, (map.get(key) || []).concat(value));
for (const id of edges.keys()) {
  const pipe = id.match(/^(?:[^/]*\/)overlay:\d+\/(host:.*)$/);
  if (pipe) collect(lineOfTunnel, pipe[1], id);
  const attachment = id.match(/^(l3\/.*)\/subnet:[^/]*$/);
  if (attachment) collect(linesOfAddress, attachment[1], id);
}

const linesOf = ([node, name, isRouted, isTunnel]) => {
  const container = containers.get(node);
  const owner = container ? container[DRAWN] : hosts.get(node);
  if (owner === undefined) return [];
  const own = encoded(container ? container[DRAWN_INTERFACE] && container[INTERFACE] ? container[DRAWN_INTERFACE] : name : name);
  const found = [];
  for (const view of views) {
    if (container) found.push(`${view}/${owner}/interface:${own}`);
    else if (isTunnel) found.push(`${view}/${owner}/port:${own}`, `${view}/${owner}/carrier:${own}`);
    else found.push(`${view}/${owner}/plug:${own}`, `${view}/${owner}/${isRouted ? "ip" : "port"}:${own}`);
  }
  if (isTunnel) found.push(...(lineOfTunnel.get(`${owner}/tunnel:${own}`) || []));
  if (isRouted) found.push(...(linesOfAddress.get(`l3/${owner}/interface:${own}`) || []));
  return found;
};

const unlight = () => {
  for (const element of document.querySelectorAll(".lit, .chosen")) element.classList.remove("lit", "chosen");
};

const choose = (container) => {
  for (const view of views) {
    const node = byId(`${view}/${container[DRAWN]}`);
    if (node) node.classList.add("chosen");
  }
};

const find = (text) => containers.get(text.trim()) || containers.get(short.get(text.trim()));

const trace = () => {
  const result = byId("result");
  result.replaceChildren();
  unlight();
  const [source, target] = ["from", "to"].map((id) => find(byId(id).value));
  for (const [id, one] of [["from", source], ["to", target]]) {
    if (!one) {
      make("p", say(`There is no container "${byId(id).value}".`, `No hay ningún contenedor "${byId(id).value}".`), result).className = "bad";
      return;
    }
    choose(one);
  }
  if (source === target) return void make("p", say("A container reaches itself without a network.", "Un contenedor se alcanza a sí mismo sin red."), result);
  const found = paths.get(source[CLASS] + " " + target[CLASS]);
  if (!found) {
    return void make("p", say(
      "This topology has too many kinds of containers to have all paths on one page. Use the command line: ",
      "Esta topología tiene demasiadas clases de contenedores para llevar todos los caminos en una página. Use la línea de órdenes: ")
      + `topoc trace FILE ${source[NAME]} ${target[NAME]}`, result);
  }
  if (found.every((path) => path === false)) make("p", say("The two have no addresses of the same family.", "No tienen direcciones de la misma familia."), result);
  found.forEach((path, version) => {
    if (!path) return;
    const read = reader(source, target, version);
    tell(path, read, source, target, version, result);
    for (const point of points(path.hops, read, [])) {
      for (const id of linesOf(point)) if (edges.has(id)) edges.get(id).classList.add("lit");
    }
  });
};

const list = byId("containers");
for (const [name, container] of containers) make("option", container[ADDRESSES].filter(Boolean).join(" "), list).value = name;
byId("trace").addEventListener("submit", (event) => {
  event.preventDefault();
  trace();
  byId("result").scrollIntoView({ block: "nearest" });
});
byId("trace").addEventListener("reset", () => {
  unlight();
  byId("result").replaceChildren();
});

// A container in a figure: the first chosen sends, the second answers.
const pick = (id) => {
  const [from, to] = [byId("from"), byId("to")];
  const group = drawn.get(id);
  if (!from.value || to.value) {
    unlight();
    byId("result").replaceChildren();
    from.value = group[0][NAME];
    to.value = "";
    choose(group[0]);
    return;
  }
  const other = group.find((container) => container[NAME] !== from.value);
  if (!other) return;
  to.value = other[NAME];
  trace();
};
