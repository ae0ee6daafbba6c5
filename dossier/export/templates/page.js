// Comfort for a page that is whole without it. Nothing here fetches, keeps or sends anything.
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const at = (id) => document.getElementById(id);
const make = (tag, properties = {}, ...children) => { const element = Object.assign(document.createElement(tag), properties); element.append(...children); return element; };
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const target = (link) => at(decodeURIComponent(link.hash.slice(1)));
const texts = (element) => { const copy = element.cloneNode(true); for (const tip of all(".tip", copy)) tip.remove(); return copy.textContent.trim(); };
document.documentElement.classList.add("live");

// what the page says of itself: to a screen reader, and in a bar at the bottom
const status = document.body.appendChild(make("p", { className: "aside" }));
status.setAttribute("role", "status");
const bar = document.body.appendChild(make("div", { className: "bar", hidden: true }));
const buttons = { back: make("button", { type: "button", textContent: "Back to where you were", hidden: true }), next: make("button", { type: "button", hidden: true }), clear: make("button", { type: "button", textContent: "Show all alike", hidden: true }) };
bar.append(...Object.values(buttons));
const reveal = (name, shown) => { buttons[name].hidden = !shown; bar.hidden = Object.values(buttons).every((button) => button.hidden); };

// ---- links that copy themselves
function copyable(link) {
  const said = link.parentElement.appendChild(make("span"));
  said.setAttribute("role", "status");
  link.textContent = "Copy link";
  link.addEventListener("click", () => navigator.clipboard.writeText(link.href).then(() => { said.textContent = " Copied"; setTimeout(() => said.textContent = "", 3000); }, () => {}));
}
function citable(block) {
  const button = block.after(make("button", { type: "button", textContent: "Copy", onclick: () => navigator.clipboard.writeText(block.textContent).then(() => { status.textContent = "Copied"; button.textContent = "Copied"; }, () => {}) })) ?? block.nextElementSibling;
}

// ---- tables: sorted by the values that their download holds, and filtered
const cells = (csv) => [...csv.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)/g)].reduce((rows, [whole, cell, end]) => {
  if (whole) rows.at(-1).push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
  if (whole && end === "\n") rows.push([]);
  return rows;
}, [[]]);

function columns(figure, count) {
  const address = figure.querySelector("a[download]").href;
  const [names, ...rows] = cells(decodeURIComponent(address.slice(address.indexOf(",") + 1))).filter((row) => row.length > 1);
  let place = 0;
  return all("thead th", figure).slice(0, count).map((head) => {
    const label = head.textContent;
    place = names.findIndex((name, n) => n > place && (name === label || name.startsWith(`${label} (`)));
    const unit = names[place + 1] === `${label}: unit` ? place + 1 : 0;
    return rows.map((row) => [unit ? row[unit] : "", row[place]]);
  });
}

const number = (value) => value !== "" && !isNaN(value);
function compare([unit, value], [otherUnit, other]) {
  if (unit !== otherUnit) return unit.localeCompare(otherUnit);
  return number(value) && number(other) ? value - other : value.localeCompare(other, "en", { numeric: true });
}

// a few rows of words are in no order but the report’s
const FEW = 8;
function sortable(figure) {
  const heads = all("thead th", figure), body = figure.querySelector("tbody"), printed = [...body.rows];
  if (printed.length < 3 || (figure.matches(".texts") && printed.length <= FEW)) return;
  let values;
  for (const [n, head] of heads.entries()) {
    const button = make("button", { type: "button", className: "sort" }, ...head.childNodes);
    head.append(button);
    head.ariaSort = "none";
    button.addEventListener("click", () => {
      values ??= columns(figure, heads.length);
      const order = { none: "ascending", ascending: "descending", descending: "none" }[head.ariaSort];
      for (const other of heads) other.ariaSort = "none";
      head.ariaSort = order;
      const sign = order === "descending" ? -1 : 1, places = printed.map((_, row) => row), of = (row) => values[n][row];
      if (order !== "none") places.sort((a, b) => (of(a)[1] === "") - (of(b)[1] === "") || sign * compare(of(a), of(b)) || a - b);
      body.append(...places.map((row) => printed[row]));
      status.textContent = order === "none" ? "In the order of the report" : `Sorted by ${button.textContent}, ${order}`;
    });
  }
}

// on a phone a long table shows its first rows until it is asked for all, or a link leads into it
const LONG = 10;
const unfold = (figure) => { figure?.classList.remove("short"); figure?.querySelector(".more").remove(); };
function foldable(figure) {
  const { length } = all("tbody tr", figure);
  if (figure.dataset.find || length <= LONG) return; // what is there to be searched stays whole
  figure.classList.add("short");
  figure.querySelector(".scroll").after(make("button", { type: "button", className: "more", textContent: `Show all ${length} rows`, onclick: () => unfold(figure) }));
}

function filterable(figure) {
  const rows = all("tbody tr", figure), find = figure.dataset.find;
  if (!find && rows.length < 12) return;
  const field = make("input", { type: "search", autocomplete: "off", id: find ? "filter" : `filter-${figure.id}` });
  const label = make("label", { htmlFor: field.id }, find ? `Find ${find}: ` : "Show rows with ");
  figure.querySelector(".scroll").before(make("p", { className: "filter" }, label, field));
  const words = rows.map((row) => plain(texts(find ? row.cells[0] : row)));
  field.addEventListener("input", () => {
    const wanted = plain(field.value);
    for (const [n, row] of rows.entries()) row.hidden = !words[n].includes(wanted);
    status.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows`;
  });
}

// ---- the evidence of a number: by pointing or focus, and by a first tap, with its links
let shown = null, pointer = "";
function evidence(fact) {
  const tip = fact.querySelector(".tip"), row = target(fact.firstElementChild);
  if (!row?.cells || tip.dataset.whole) return;
  const [what, , how, sources] = [...row.cells].map((cell) => cell.cloneNode(true));
  tip.dataset.whole = "yes";
  tip.replaceChildren(make("b", {}, what.firstChild.textContent), ...how.childNodes, " ", ...sources.childNodes, make("a", { href: fact.firstElementChild.hash, textContent: "Its entry" }));
  for (const link of all("a", tip)) link.tabIndex = -1;
}
// fixed, so that no table that scrolls cuts it off; a narrow page has a place of its own for it
const MARGIN = 8, narrow = matchMedia("(max-width:40rem)");
function place(fact) {
  const tip = fact.querySelector(".tip"), line = [...fact.firstElementChild.getClientRects()].at(-1);
  tip.style = "";
  if (narrow.matches || !line) return;
  tip.style.position = "fixed";
  const { clientWidth, clientHeight } = document.documentElement, below = line.bottom + tip.offsetHeight + MARGIN < clientHeight;
  tip.style.left = `${Math.max(MARGIN, Math.min(line.left, clientWidth - tip.offsetWidth - MARGIN))}px`;
  tip.style.top = `${below ? line.bottom : line.top - tip.offsetHeight}px`;
}
addEventListener("scroll", () => { if (shown) place(shown); }, { passive: true, capture: true });
function show(fact) {
  if (shown && shown !== fact) hide();
  if (!fact) return;
  evidence(fact);
  fact.classList.remove("hushed");
  fact.classList.add("shown");
  shown = fact;
  place(fact);
}
function hide() {
  if (!shown) return;
  shown.classList.replace("shown", "hushed");
  if (pointer !== "mouse" && shown.contains(document.activeElement)) document.activeElement.blur();
  shown = null;
}
document.addEventListener("pointerdown", (event) => { pointer = event.pointerType; }, true);
document.addEventListener("keydown", (event) => {
  pointer = "key";
  if (event.key === "Escape") { hide(); unsay(); }
}, true);
function telling(fact) {
  fact.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(fact); });
  fact.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") { if (shown === fact && !fact.contains(document.activeElement)) hide(); fact.classList.remove("hushed"); } });
  fact.addEventListener("focusin", () => { if (pointer === "key") show(fact); });
  fact.addEventListener("focusout", (event) => { if (!fact.contains(event.relatedTarget)) { if (shown === fact && pointer === "key") hide(); fact.classList.remove("hushed"); } });
}
document.addEventListener("click", (event) => {
  const fact = event.target.closest(".fact");
  if (!fact) return hide();
  const first = shown !== fact;
  if (event.target.closest(".tip")) return;
  if (first && pointer !== "mouse" && pointer !== "key") { event.preventDefault(); show(fact); } else hide();
});

// ---- a way back from where a link led; what it leads to is opened
let trail = [];
function follow(event) {
  const link = event.target.closest('a[href^="#"]:not(.copy)');
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const aim = target(link);
  if (!aim) return;
  open(aim);
  trail.push({ from: link.closest(".fact")?.firstElementChild ?? link, y: scrollY });
  reveal("back", true);
  hide();
  if (menu?.matches(":popover-open")) menu.hidePopover();
}
function open(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const row = element.closest("tr[hidden]");
  if (row) row.hidden = false;
  if (element.closest("tr")) unfold(element.closest(".short"));
}
document.addEventListener("click", follow);
addEventListener("hashchange", () => { const aim = target(location); if (aim) open(aim); });
buttons.back.addEventListener("click", () => {
  const { from, y } = trail.pop();
  if (from.closest("nav")) scrollTo({ top: y, behavior: "instant" });
  else { from.scrollIntoView({ block: "center", behavior: "instant" }); from.focus({ preventScroll: true }); hide(); }
  reveal("back", trail.length > 0);
});
addEventListener("beforeprint", () => { for (const fold of all("details")) { fold.dataset.was = fold.open; fold.open = true; } });
addEventListener("afterprint", () => { for (const fold of all("details")) fold.open = fold.dataset.was === "true"; });

// ---- a box that finds claims, facts and sources
const menu = at("menu"), search = at("search"), MOST = 8;
function entries() {
  const kinds = [["Claims", "#table-claims tbody tr", (row) => [...row.cells].slice(0, 2).map(texts).join(" ")], ["Facts", ".ledger tbody tr", (row) => `${row.cells[0].firstChild.textContent}: ${texts(row.cells[1])}`], ["Sources", ".sources li", (item) => texts(item).replace(/ (Read: |https?:).*/, "").replace(/^\d+/, "[$&]")], ["Tables and figures", "figure caption, figure > figcaption:first-child", texts]];
  return kinds.map(([kind, selector, label]) => [kind, all(selector).map((element, n) => {
    const named = element.closest("figure") && kind !== "Claims" ? element.closest("figure") : element;
    named.id ||= `found-${plain(kind)}-${n}`;
    return { id: named.id, label: label(element).replace(/\s+/g, " "), words: plain(`${texts(element)} ${element.id}`) };
  })]);
}
let known;
if (search) {
  const found = at("found");
  search.addEventListener("input", () => {
    known ??= entries();
    const wanted = plain(search.value.trim()).split(/\s+/);
    const hits = search.value.trim().length < 2 ? [] : known.map(([kind, items]) => [kind, items.filter(({ words }) => wanted.every((word) => words.includes(word)))]).filter(([, items]) => items.length);
    found.replaceChildren(...hits.flatMap(([kind, items]) => [
      make("p", { className: "kicker" }, `${kind}: ${items.length}`),
      make("ul", {}, ...items.slice(0, MOST).map(({ id, label }) => make("li", {}, make("a", { href: `#${encodeURIComponent(id)}`, title: label }, label.length > 90 ? `${label.slice(0, 88)} …` : label)))),
    ]));
    const count = hits.reduce((sum, [, items]) => sum + items.length, 0);
    if (search.value.trim().length > 1) status.textContent = count ? `${count} found` : "Nothing found";
    if (!count && search.value.trim().length > 1) found.replaceChildren(make("p", {}, "Nothing found."));
  });
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") found.querySelector("a")?.click(); });
}
for (const tools of all(".tools")) tools.hidden = false;
for (const opener of all("nav > button")) opener.textContent = "Contents and search";

// ---- a picker that lights one entity up in figures and tables
const pick = at("pick");
let lit = [], turn = -1;
function light(key) {
  for (const element of all("[data-of]")) element.classList.toggle("lit", element.dataset.of === key);
  for (const drawing of all(".chart svg")) drawing.classList.toggle("picking", Boolean(drawing.querySelector(".lit")));
  const places = new Set(all(".lit").map((element) => element.closest("figure")));
  [lit, turn] = [[...places], -1];
  if (pick) {
    pick.value = key;
    const name = pick.selectedOptions[0].textContent;
    buttons.next.textContent = `${name}: next of ${lit.length} places`;
    status.textContent = key ? `${name} stands in ${lit.length} tables and figures` : "All alike";
  }
  reveal("next", Boolean(key) && lit.length > 0);
  reveal("clear", Boolean(key));
}
pick?.addEventListener("change", () => light(pick.value));
buttons.clear.addEventListener("click", () => light(""));
buttons.next.addEventListener("click", () => {
  turn = (turn + 1) % lit.length;
  const row = lit[turn].querySelector("tr.lit");
  if (row) open(row);
  (row ?? lit[turn]).scrollIntoView({ block: row ? "center" : "start", behavior: "instant" });
});

// ---- figures: the values of their marks, and the drawing to take along
const box = document.body.appendChild(make("div", { className: "said", hidden: true }));
box.ariaHidden = "true";
let said = null;
function unsay() {
  for (const element of all(".told")) element.classList.remove("told");
  [said, box.hidden] = [null, true];
}
function say(mark) {
  if (said === mark) return;
  unsay();
  [said, box.textContent, box.hidden] = [mark, mark.dataset.value, false];
  const place = mark.getBoundingClientRect(), width = document.documentElement.clientWidth;
  box.style.left = `${Math.max(4, Math.min(place.x + place.width / 2 - box.offsetWidth / 2, width - box.offsetWidth - 4))}px`;
  box.style.top = `${place.y - box.offsetHeight - 6 < 0 ? place.bottom + 6 : place.y - box.offsetHeight - 6}px`;
  mark.classList.add("told");
  if (mark.dataset.of) for (const other of all(`[data-of="${CSS.escape(mark.dataset.of)}"]`)) other.classList.add("told");
}
const NEAR = 18; // pixels from a mark's edge
function nearest(marks, { clientX, clientY }) {
  const far = marks.map((mark) => {
    const place = mark.getBoundingClientRect();
    return Math.hypot(Math.max(place.left - clientX, 0, clientX - place.right), Math.max(place.top - clientY, 0, clientY - place.bottom));
  });
  const least = Math.min(...far);
  return least <= NEAR ? marks[far.indexOf(least)] : null;
}
const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
function readable(frame) {
  for (const group of all(".narrow [id*='-narrow-data-']", frame)) {
    const values = all("title", at(group.id.replace("-narrow-", "-"))).map((title) => title.textContent), uses = all("use", group), twins = uses.length ? uses : [group];
    if (values.length === twins.length) twins.forEach((mark, n) => { mark.dataset.value = values[n]; });
  }
  for (const title of all("title", frame)) { title.parentElement.dataset.value = title.textContent; title.remove(); }
  const drawn = all("[data-value]", frame);
  if (!drawn.length) return;
  const marks = () => drawn.filter((mark) => mark.getClientRects().length); // of two drawings, those of the one that is shown
  const point = (event) => { const mark = nearest(marks(), event); mark ? say(mark) : unsay(); };
  frame.addEventListener("pointermove", point);
  frame.addEventListener("click", point);
  frame.addEventListener("pointerleave", unsay);
  frame.addEventListener("blur", unsay);
  const step = (mark) => { mark.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" }); say(mark); status.textContent = mark.dataset.value; };
  frame.addEventListener("focus", () => { if (pointer === "key" && marks().length) step(marks()[0]); });
  frame.addEventListener("keydown", (event) => {
    if (!(event.key in MOVES)) return;
    event.preventDefault();
    const shown = marks();
    step(shown[(shown.indexOf(said) + MOVES[event.key] + shown.length) % shown.length]);
  });
}
addEventListener("scroll", () => { if (pointer !== "key") unsay(); }, { passive: true });

function drawing(svg) {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]), light = rules.find((rule) => rule.selectorText === ":root").style;
  const faces = rules.filter((rule) => rule instanceof CSSFontFaceRule && rule.cssText.includes("Sans")).map((rule) => rule.cssText);
  const copy = svg.cloneNode(true);
  for (const name of ["class", "aria-hidden"]) copy.removeAttribute(name);
  for (const mark of all("[data-value]", copy)) { mark.append(document.createElementNS(copy.namespaceURI, "title")); mark.lastChild.textContent = mark.dataset.value; mark.removeAttribute("data-value"); }
  for (const mark of all("[class]", copy)) mark.classList.remove("lit", "told");
  const looks = rules.filter((rule) => /^\.s\d+$/.test(rule.selectorText) && copy.querySelector(rule.selectorText)).map((rule) => rule.cssText);
  const style = copy.insertBefore(document.createElementNS(copy.namespaceURI, "style"), copy.firstChild);
  style.textContent = `${faces.join("")}${looks.join("")}svg{font-family:"Dossier Sans","Source Sans 3",sans-serif;background:${light.getPropertyValue("--paper")}}`;
  return new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, (_, name) => light.getPropertyValue(name).trim());
}
const save = (name, address) => make("a", { href: address, download: name }).click();
const address = (text) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
async function picture(svg, scale) {
  const image = new Image(), { width, height } = svg.viewBox.baseVal;
  image.src = address(drawing(svg));
  await image.decode();
  const canvas = make("canvas", { width: width * scale, height: height * scale }), brush = canvas.getContext("2d");
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}
const SCALE = 3; // pixels for a point
function takeable(figure) {
  const svg = figure.querySelector("svg"), name = figure.id.replace(/^figure-/, "");
  const link = figure.querySelector("a.copy");
  const as = (kind, act) => link.before(make("button", { type: "button", className: "take", textContent: kind, onclick: act }), " · ");
  as("SVG", () => save(`${name}.svg`, address(drawing(svg))));
  as("PNG", () => picture(svg, SCALE).then((made) => save(`${name}.png`, made)));
}

// ---- all of it: on the page, and on what is put in the place of a part of it, as a preview does
function enliven(part) {
  const own = (selector) => part.matches(selector) ? [part] : all(selector, part);
  own("a.copy").forEach(copyable);
  own(".cite pre").forEach(citable);
  for (const figure of own("figure.table")) { filterable(figure); sortable(figure); foldable(figure); }
  own(".fact").forEach(telling);
  for (const figure of own("figure.chart")) { readable(figure.querySelector(".scroll")); takeable(figure); }
}
enliven(document.body);
addEventListener("exchanged", ({ detail: parts }) => {
  hide();
  unsay();
  parts.forEach(enliven);
  known = null;
  trail = trail.filter(({ from }) => from.isConnected);
  reveal("back", trail.length > 0);
  if (pick?.value) light(pick.value);
});
