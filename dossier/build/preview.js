// The preview's own page: it holds the finished file in a frame, as it is, and takes its successor in,
// by exchanging the parts that changed; the whole file is loaded where that can't be done.
const at = (id) => document.getElementById(id);
const GLOW = [{ background: "#ffca28aa", outline: "3px solid #ffca28" }, { background: "#ffca2800", outline: "3px solid #ffca2800" }];
const BLOCKS = "p, li, tr, h1, h2, h3, dt, dd, caption, figcaption, pre, svg";
let seen = { page: 0, pdf: 0 };
let turned = 0; // the version of the PDF whose pages are shown
let frame, places = [];
let held, loading = Promise.resolve(); // the file that the frame holds, without what its script did

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
  if (state.page > seen.page) loading = loading.finally(() => load(state.page));
  seen = { page: state.page, pdf: state.pdf };
  turn();
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

// a version that is gone, as a newer one has come, is not found
async function load(version) {
  const answer = await fetch(`report.html?${version}`);
  if (!answer.ok) return;
  const text = await answer.text();
  const file = frame && parsed(text);
  if (file && exchange(held, file)) held = file;
  else if (await replace(version)) held = parsed(text);
}

// as a document of the frame's, whose policy allows the styles of elements
function parsed(text) {
  return new frame.contentWindow.DOMParser().parseFromString(text, "text/html");
}

async function replace(version) {
  const next = document.createElement("iframe");
  next.title = "The report";
  next.className = "next";
  next.src = `report.html?${version}${frame?.contentWindow.location.hash ?? ""}`;
  const loaded = new Promise((done) => { next.onload = done; });
  at("page").append(next);
  await loaded;
  next.onload = null;
  const page = next.contentDocument, old = frame, before = old?.contentDocument;
  if (!page.getElementById("content")) return next.remove();
  widen(page);
  if (old) restore(next.contentWindow, position(old.contentWindow));
  next.className = "";
  frame = next;
  old?.remove();
  setTimeout(() => mark(before ? changes([before.body], [page.body]) : [])); // once the page stands
  return true;
}

// links that lead elsewhere open there
function widen(part) {
  for (const link of part.querySelectorAll("a[href^=http]")) link.target = "_blank";
}

// ---- what changed of it

const PARTS = ["head", "body > nav", "main", "body > footer"];
const WHOLE = `${BLOCKS}, figure, dl`; // what is exchanged whole
const FIXED = "style:first-of-type, script:not([type$=json]), meta[http-equiv], nav, nav *"; // and what never is

// put what changed of a file in the place of what stands there; return whether that can be done
function exchange(old, file) {
  const view = frame.contentWindow, page = view.document;
  const roots = PARTS.map((part) => [page, old, file].map((of) => of.querySelector(part))).filter((root) => root.some(Boolean));
  if (!roots.flat().every(Boolean)) return false;
  const found = roots.flatMap((root) => differing(...root));
  if (found.some(({ was, will }) => [...was, ...will].some((node) => (node.matches ? node : node.parentElement).matches(FIXED)))) return false;
  const place = position(view), put = [];
  for (const { parent, next, now, will } of found) {
    const made = will.map((node) => page.importNode(node, true));
    for (const node of made) parent.insertBefore(node, next);
    for (const node of now) node.remove();
    put.push(...made);
  }
  const elements = put.filter((node) => node.matches), changed = changes(found.flatMap(({ was }) => was), elements);
  elements.forEach(widen);
  view.dispatchEvent(new view.CustomEvent("exchanged", { detail: elements }));
  if (view.location.hash && !page.querySelector(":target")) view.location.replace(view.location.hash);
  restore(view, place);
  mark(changed);
  return true;
}

// where an element is to be exchanged: it itself, or what is in it, between what stays at its start and at its end
function differing(now, was, will) {
  if (was.isEqualNode(will)) return [];
  const [live, before, after] = [now, was, will].map((node) => [...node.childNodes]);
  const entered = was.matches && !was.matches(WHOLE) && live.length === before.length && was.cloneNode().isEqualNode(will.cloneNode());
  if (!entered) return [{ parent: now.parentNode, next: now.nextSibling, now: [now], was: [was], will: [will] }];
  const least = Math.min(before.length, after.length);
  let first = 0, last = 0;
  while (first < least && before[first].isEqualNode(after[first])) first += 1;
  while (last < least - first && before.at(-1 - last).isEqualNode(after.at(-1 - last))) last += 1;
  const [gone, were, come] = [live, before, after].map((nodes) => nodes.slice(first, nodes.length - last));
  if (were.length === come.length) return were.flatMap((node, n) => differing(gone[n], node, come[n]));
  return [{ parent: now, next: live[live.length - last] ?? null, now: gone, was: were, will: come }];
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
  for (const element of before.flatMap(blocks)) {
    const text = content(element);
    known.set(text, (known.get(text) ?? 0) + 1);
  }
  return after.flatMap(blocks).filter((element) => {
    const text = content(element), left = known.get(text) ?? 0;
    known.set(text, left - 1);
    return left < 1;
  });
}

function blocks(node) {
  return [...node.matches?.(BLOCKS) ? [node] : [], ...node.querySelectorAll?.(BLOCKS) ?? []];
}

// what an element shows: of a number, without the evidence that shows when one points at it
function content(element) {
  if (element.localName === "svg") return element.innerHTML;
  let text = element.textContent;
  for (const tip of element.querySelectorAll(".tip")) text = text.replace(tip.textContent, "");
  return text;
}

// ---- the PDF

// while they are looked at, turn to the newest pages: to the one in view first, and so outwards
async function turn() {
  const version = seen.pdf, box = at("pdf"), known = box.children.length;
  if (box.hidden || version === turned) return;
  turned = version;
  const sizes = await (await fetch(`pages.json?${version}`)).json();
  sizes.forEach((size, n) => Object.assign(box.children[n] ?? box.appendChild(new Image()), { loading: "lazy", ...size }));
  while (box.children.length > sizes.length) box.lastElementChild.remove();
  const pages = [...box.children].map((image, n) => ({ image, away: distance(image), file: `pages/${version}/${n + 1}` }));
  for (const { image, file } of pages.sort((one, other) => one.away - other.away)) {
    image.src = `${file}.jpeg`;
    const answer = await fetch(`${file}.txt`);
    if (!answer.ok) return; // there is a newer version
    const text = await answer.text();
    if (known && image.alt !== text) image.animate(GLOW, 4000);
    image.alt = text;
  }
}

// how far an element is from the middle of the window
function distance(element) {
  const { top, bottom } = element.getBoundingClientRect(), middle = innerHeight / 2;
  return Math.max(top - middle, middle - bottom, 0);
}

// ---- the two tabs

function choose() {
  const chosen = location.hash === "#pdf" ? "pdf" : "page";
  at("page").classList.toggle("away", chosen !== "page"); // a frame without a box forgets where it was
  at("pdf").hidden = chosen !== "pdf"; // and pictures without one are not asked for
  for (const name of ["page", "pdf"]) {
    document.querySelector(`nav a[href="#${name}"]`).toggleAttribute("aria-current", name === chosen);
  }
  turn();
}

at("changed").onclick = () => { location.hash = "#page"; visit(places[0]); };
addEventListener("hashchange", choose);
choose();
connect();
