"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
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

  const tellStep = (step, read) => {
    const part = (index) => read(step[index]);
    switch (step[0]) {
      case "v": return `veth pair: ${part(2)} in ${part(1)} to ${part(4)} in ${part(3)}`;
      case "b": {
        const end = (name) => (name === false ? "the host itself" : "port " + name);
        return `bridge ${part(2)} in ${part(1)}: from ${end(part(3))} to ${end(part(4))}`;
      }
      case "l": return `LAN ${part(5)}: from ${part(1)} ${part(2)} to ${part(3)} ${part(4)}`;
      default: return `tunnel from ${part(1)} ${part(2)} to ${part(3)} ${part(4)}: ${part(5)}, ${part(6)} to ${part(7)}, ${step[8]} bytes more`;
    }
  };

  const tellHop = (hop, read) => {
    const [node, comes, leaves, next, route] = hop.slice(0, 5).map(read);
    const [mtu, ttl] = hop.slice(5, 7);
    const parts = [node + (comes ? ` gets it by ${comes}` : " sends it")];
    if (leaves) parts.push(`out by ${leaves}${next ? " to " + next : ""}`);
    if (route) parts.push(`route ${route.endsWith("/0") ? "default" : route}`);
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
    const title = make("h3", `${source[NAME]} to ${target[NAME]} (${target[ADDRESSES][version]})`, result);
    title.tabIndex = -1;
    const verdict = make("p", undefined, result);
    make("span", path.ok ? "answered" : "not answered", verdict).className = path.ok ? "good" : "bad";
    verdict.append(path.ok ? `, in packets of up to ${path.mtu} bytes` : ": " + path.words.map(read).join(""));
    tellHops(path.hops, read, make("ol", undefined, result));
    if (path.back) {
      const routers = path.back.map(read);
      make("p", "The answer comes back " + (routers.length ? "by " + routers.join(", ") : "directly") + ".", result);
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
        make("p", `There is no container "${byId(id).value}".`, result).className = "bad";
        return;
      }
      choose(one);
    }
    if (source === target) return void make("p", "A container reaches itself without a network.", result);
    const found = paths.get(source[CLASS] + " " + target[CLASS]);
    if (!found) {
      return void make("p", "This topology has too many kinds of containers for a page to hold all ways. Ask on the command line: "
        + `topoc trace FILE ${source[NAME]} ${target[NAME]}`, result);
    }
    if (found.every((path) => path === false)) make("p", "The two have no addresses of the same family.", result);
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
      node.setAttribute("aria-label", group[0][NAME] + (group.length > 1 ? ` and ${group.length - 1} more` : ""));
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
  const words = ["as the system has them", "light", "dark"];
  byId("theme").addEventListener("click", (event) => {
    const root = document.documentElement;
    const next = (themes.indexOf(root.dataset.theme || "") + 1) % themes.length;
    if (themes[next]) root.dataset.theme = themes[next];
    else delete root.dataset.theme;
    event.target.setAttribute("aria-label", "Colours: " + words[next]);
  });

  // Copying

  for (const button of document.querySelectorAll(".copy")) {
    button.addEventListener("click", async () => {
      const code = button.parentElement.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        // Where the browser does not let a page write: it is marked, to be copied by hand.
        getSelection().selectAllChildren(code);
        button.textContent = "Marked: copy it now";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
  }
})();
