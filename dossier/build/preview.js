// The preview's own page: it holds the finished file in a frame, as it is, and takes its successor in.
const at = (id) => document.getElementById(id);
const GLOW = [{ background: "#ffca28aa", outline: "3px solid #ffca28" }, { background: "#ffca2800", outline: "3px solid #ffca2800" }];
const BLOCKS = "p, li, tr, h1, h2, h3, dt, dd, caption, figcaption, pre, svg";
let seen = { page: 0, pdf: 0 };
let frame, places = [];

function connect() {
  const socket = new WebSocket(new URL("socket", location.href.replace(/^http/, "ws")));
  socket.onmessage = (message) => show(JSON.parse(message.data));
  socket.onclose = () => { at("status").textContent = "The preview has ended."; };
}

function show(state) {
  at("status").textContent = state.status;
  at("error").hidden = !state.error;
  at("error").textContent = state.error;
  list(state.findings);
  remind(state.missing);
  if (state.page > seen.page) load(state.page);
  if (state.pdf > seen.pdf) turn(state.pdf);
  seen = { page: state.page, pdf: state.pdf };
}

function list(findings) {
  at("findings").hidden = !findings.length;
  at("findings").firstElementChild.textContent = `The gates found ${findings.length}`;
  at("findings").lastElementChild.replaceChildren(...findings.map(({ text, place }) => {
    const item = document.createElement("li");
    const link = place ? item.appendChild(document.createElement("a")) : item;
    link.textContent = text;
    if (place) {
      link.href = "#page";
      link.onclick = () => visit(frame.contentDocument.getElementById(place));
    }
    return item;
  }));
}

// what is still to be done on the tables, as remedies
function remind(missing) {
  at("missing").hidden = !missing.length;
  at("missing").firstElementChild.textContent = `To do: ${missing.length}`;
  at("missing").lastElementChild.replaceChildren(...missing.map((text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }));
}

function visit(element) {
  element?.scrollIntoView({ block: "center", behavior: "instant" });
  element?.animate(GLOW, 3000);
}

// ---- the page

function load(version) {
  document.querySelector("iframe.next")?.remove();
  const next = document.createElement("iframe");
  next.title = "The report";
  next.className = "next";
  next.src = `report.html?${version}${frame?.contentWindow.location.hash ?? ""}`;
  next.onload = () => exchange(next);
  at("page").append(next);
}

function exchange(next) {
  const page = next.contentDocument;
  next.onload = null;
  for (const link of page.querySelectorAll("a[href^=http]")) link.target = "_blank";
  const old = frame, before = old?.contentDocument;
  if (old) restore(next.contentWindow, position(old.contentWindow));
  next.className = "";
  frame = next;
  old?.remove();
  setTimeout(() => mark(before ? changes(before, page) : [])); // once the page stands
}

function mark(changed) {
  places = changed;
  for (const place of places) place.animate(GLOW, 4000);
  at("changed").hidden = !places.length;
  at("changed").textContent = `Changed: ${places.length}`;
}

// what stands at the top of the window: the first element with an id there, and how far below
function position(view) {
  const named = [...view.document.querySelectorAll("main [id]:not(svg *)")];
  const first = named.find((element) => element.getClientRects().length && element.getBoundingClientRect().top >= 0);
  return { id: first?.id, top: first?.getBoundingClientRect().top, y: view.scrollY };
}

function restore(view, { id, top, y }) {
  view.scrollTo({ top: y, behavior: "instant" });
  const element = id && view.document.getElementById(id);
  if (element && y) view.scrollBy({ top: element.getBoundingClientRect().top - top, behavior: "instant" });
}

function changes(before, after) {
  const known = new Map();
  for (const element of before.querySelectorAll(BLOCKS)) {
    const text = content(element);
    known.set(text, (known.get(text) ?? 0) + 1);
  }
  return [...after.querySelectorAll(BLOCKS)].filter((element) => {
    const text = content(element), left = known.get(text) ?? 0;
    known.set(text, left - 1);
    return left < 1;
  });
}

// what an element shows: of a number, without the evidence that shows when one points at it
function content(element) {
  if (element.localName === "svg") return element.innerHTML;
  let text = element.textContent;
  for (const tip of element.querySelectorAll(".tip")) text = text.replace(tip.textContent, "");
  return text;
}

// ---- the PDF

async function turn(version) {
  const pages = await (await fetch(`pages.json?${version}`)).json();
  const box = at("pdf"), known = box.children.length;
  pages.forEach(({ width, height, text }, n) => {
    const image = box.children[n] ?? box.appendChild(new Image());
    if (known && image.alt !== text) image.animate(GLOW, 4000);
    Object.assign(image, { loading: "lazy", width, height, alt: text });
    image.src = `pages/${version}/${n + 1}.png`;
  });
  while (box.children.length > pages.length) box.lastElementChild.remove();
}

// ---- the two tabs

function choose() {
  const chosen = location.hash === "#pdf" ? "pdf" : "page";
  at("page").classList.toggle("away", chosen !== "page"); // a frame without a box forgets where it was
  at("pdf").hidden = chosen !== "pdf"; // and pictures without one are not asked for
  for (const name of ["page", "pdf"]) {
    document.querySelector(`nav a[href="#${name}"]`).toggleAttribute("aria-current", name === chosen);
  }
}

at("changed").onclick = () => { location.hash = "#page"; visit(places[0]); };
addEventListener("hashchange", choose);
choose();
connect();
