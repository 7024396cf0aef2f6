// Baskets as values, and where the browser keeps them: one is open, and passages are put into it; others wait under their names.
// Every change is made to what is kept at that moment, because another window may have changed it since a page was loaded.

const KEPT = "baskets";
const ONCE = "basket"; // where the only basket was kept before there were several

/** @typedef {{ note: string, labels: string }} Said what a reader says of a passage */
/** @typedef {{ name: string, items: Map<string, Said> }} Basket passages by their ids, in order */
/** @typedef {{ open: string, all: Record<string, string> }} Kept the key of the open basket, and every basket as a query */

/** A basket from the query of its address. @param {string} query @returns {Basket} */
export function parse(query) {
  const written = new URLSearchParams(query);
  const notes = written.getAll("n"), labels = written.getAll("l");
  /** @type {Basket["items"]} */
  const items = new Map();
  written.getAll("p").forEach((id, at) => {
    if (!id) return;
    const there = items.get(id);
    items.set(id, { note: there?.note || notes[at] || "", labels: there?.labels || labels[at] || "" });
  });
  return { name: written.get("name") ?? "", items };
}

/** The query of the address of a basket. @param {Basket} basket @returns {string} */
export function query(basket) {
  const written = new URLSearchParams();
  for (const id of basket.items.keys()) written.append("p", id);
  for (const { note } of basket.items.values()) written.append("n", note);
  for (const { labels } of basket.items.values()) written.append("l", labels);
  if (basket.name) written.append("name", basket.name);
  return `?${written}`;
}

/** As much of a basket, from its beginning, as one page shows and one address carries. @param {Basket} basket @param {number} most @param {number} longest */
export function fitting(basket, most, longest) {
  const items = [...basket.items].slice(0, most);
  const first = { name: basket.name, items: new Map(items) };
  while (items.length > 1 && query(first).length > longest) {
    items.pop();
    first.items = new Map(items);
  }
  return first;
}

/** What the browser keeps. @returns {Kept} */
export function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "");
    if (typeof kept.open === "string" && kept.all) return kept;
  } catch { /* nothing is kept yet */ }
  return { open: "1", all: { 1: localStorage.getItem(ONCE) ?? "" } };
}

/** @param {Kept} kept */
export function store(kept) {
  localStorage.setItem(KEPT, JSON.stringify(kept));
}

/** A basket of the browser. @param {string} [key] that of the open one if left out @returns {Basket} */
export function basketOf(key) {
  const kept = load();
  return parse(kept.all[key ?? kept.open] ?? "");
}

/** Keeps a basket under its key; one that was deleted meanwhile is there again. @param {string} key @param {Basket} basket */
export function keep(key, basket) {
  const kept = load();
  kept.all[key] = query(basket);
  store(kept);
}

/** Keeps a basket as a new one, which is open from now on. @param {Basket} basket @returns {string} its key */
export function begin(basket) {
  const kept = load();
  if (!parse(kept.all[kept.open] ?? "").items.size) delete kept.all[kept.open];
  let number = 1;
  while (`${number}` in kept.all) number += 1;
  kept.open = `${number}`;
  kept.all[kept.open] = query(basket);
  store(kept);
  return kept.open;
}

/**
 * What is kept now, changed as a page wants it: only what differs between the page as it was and as it is wanted counts.
 * So what another window did in between stays, and a note that was written meanwhile is lost by no other change.
 * @param {Basket} wanted @param {Basket} was @param {Basket} now @returns {Basket}
 */
export function merged(wanted, was, now) {
  const stays = [...wanted.items.keys()].filter((id) => now.items.has(id) || !was.items.has(id) || isChanged(wanted, was, id));
  const elsewhere = [...now.items.keys()].filter((id) => wanted.items.has(id) || !was.items.has(id));
  const order = isReordered(wanted, was)
    ? [...stays, ...elsewhere.filter((id) => !wanted.items.has(id))]
    : withInserted(elsewhere, stays);
  /** @type {Basket["items"]} */
  const items = new Map();
  for (const id of order) {
    const asked = wanted.items.get(id), before = was.items.get(id), there = now.items.get(id);
    const first = asked ?? there ?? { note: "", labels: "" };
    items.set(id, {
      note: newest(first.note, before?.note, there?.note),
      labels: newest(first.labels, before?.labels, there?.labels),
    });
  }
  return { name: newest(wanted.name, was.name, now.name), items };
}

/** A value as it is wanted where that is a change, else as it is now. @param {string} wanted @param {string | undefined} was @param {string | undefined} now */
function newest(wanted, was, now) {
  if (now === undefined || (was !== undefined && wanted !== was)) return wanted;
  return was === undefined ? now || wanted : now;
}

/** @param {Basket} wanted @param {Basket} was @param {string} id */
function isChanged(wanted, was, id) {
  const asked = wanted.items.get(id), before = was.items.get(id);
  return asked?.note !== before?.note || asked?.labels !== before?.labels;
}

/** Whether passages of both stand in another order. @param {Basket} wanted @param {Basket} was */
function isReordered(wanted, was) {
  const here = [...wanted.items.keys()].filter((id) => was.items.has(id));
  const there = [...was.items.keys()].filter((id) => wanted.items.has(id));
  return here.join(" ") !== there.join(" ");
}

/** A list with those of another that it lacks, each behind the one that it follows there. @param {string[]} list @param {string[]} other */
function withInserted(list, other) {
  const whole = [...list];
  other.forEach((id, at) => {
    if (!whole.includes(id)) whole.splice(at ? whole.indexOf(other[at - 1] ?? "") + 1 : 0, 0, id);
  });
  return whole;
}
