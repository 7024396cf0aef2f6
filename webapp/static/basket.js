// The basket is the address of its page; the browser keeps the reader's own, and links add to it without leaving the page.
// Nothing is ever lost on the way: a basket that somebody else sent is shown beside the reader's own, and takes its place only when asked.

import { basketOf, begin, fitting, keep, load, merged, parse, query, store } from "./baskets.js";
import { say } from "./saying.js";

/** @typedef {import("./baskets.js").Basket} Basket */

const STEP = "basket-step"; // the key of the reader's own basket whose page is opened next
const BEFORE = "basket-before"; // what the last change made of what, to go back
const EMPTY = parse("");

/** How many there are, in words. @param {number} many @returns {string} */
function passages(many) {
  return `${many} ${many === 1 ? "passage" : "passages"}`;
}

/** @param {Basket} basket @returns {string} */
function called(basket) {
  return basket.name ? `“${basket.name}”` : "the basket";
}

/** How many passages a basket holds, and how long its address may be. @returns {[number, number]} */
function limits() {
  const whole = document.querySelector("a[data-most]");
  const most = whole instanceof HTMLElement ? whole.dataset : {};
  return [Number(most.most) || 100, Number(most.longest) || 100_000];
}

/** The address of the page of a basket. @param {Basket} basket @returns {string} */
function address(basket) {
  return `/basket${query(fitting(basket, ...limits()))}`;
}

/** Makes the links lead to the basket as it is, and tells how many passages are in it. */
function show() {
  const basket = basketOf();
  const many = basket.items.size;
  for (const link of document.querySelectorAll("a[data-basket]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const id = link.dataset.basket ?? "";
    if (many) link.href = address(basket);
    if (id && basket.items.has(id)) link.textContent = "In the basket";
  }
  for (const number of document.querySelectorAll(".in-basket")) number.textContent = many ? ` ${many}` : "";
}

/** Puts a passage into the open basket, unless it is full. @param {string} id */
function add(id) {
  const basket = basketOf(), is = basket.items.has(id), [most, longest] = limits();
  if (!is) {
    basket.items.set(id, { note: "", labels: "" });
    if (basket.items.size > most || query(basket).length > longest) {
      say(`The basket is full: it holds ${passages(basket.items.size - 1)}. Begin a new one on its page, or take some out, before you add more.`);
      return;
    }
    keep(load().open, basket);
    show();
  }
  say(`${is ? "Already in" : "Put into"} ${called(basket)}, which holds ${passages(basket.items.size)}`);
}

/** A button. @param {string} name @param {() => void} act */
function button(name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = name;
  made.addEventListener("click", act);
  return made;
}

/** A line above the basket with what can be done. @param {string} words @param {[string, () => void][]} acts */
function offer(words, acts) {
  const line = document.createElement("p");
  line.className = "notice";
  line.append(`${words} `);
  for (const [name, act] of acts) line.append(button(name, act), " ");
  document.querySelector("h1")?.after(line);
}

/** Opens the page of a basket of the reader's own. @param {string} key */
function open(key) {
  const basket = basketOf(key);
  sessionStorage.setItem(STEP, key);
  location.assign(basket.items.size ? address(basket) : "/basket");
}

/** Changes a basket as a page wants it, and opens it. @param {string} key @param {Basket} wanted @param {Basket} was */
function change(key, wanted, was) {
  const now = basketOf(key), after = merged(wanted, was, now);
  sessionStorage.setItem(BEFORE, JSON.stringify({ key, before: query(now), after: query(after) }));
  keep(key, after);
  open(key);
}

/** Offers to take the last change back, on the page that it led to. @param {string} key */
function offerUndo(key) {
  const last = JSON.parse(sessionStorage.getItem(BEFORE) ?? "{}");
  sessionStorage.removeItem(BEFORE);
  if (last.key !== key || last.before === last.after) return;
  offer("The basket was changed.", [["Undo", () => change(key, parse(last.before), parse(last.after))]]);
}

/** What the page of a basket does with what is kept. @param {HTMLFormElement | null} form */
function onBasketPage(form) {
  const here = parse(location.search), kept = load(), own = basketOf(), step = sessionStorage.getItem(STEP);
  sessionStorage.removeItem(STEP);
  const key = form ? step ?? history.state?.basket ?? keyOf(here) : step;
  if (key) history.replaceState({ basket: key }, "");
  listBaskets(); // after the first basket has become the reader's own
  const isReload = performance.getEntriesByType("navigation").some((entry) => "type" in entry && entry.type === "reload");
  if (!form) {
    const emptied = step ?? kept.open; // an empty page is that of a basket that was just emptied, or the bare address
    if (!basketOf(emptied).items.size) offerUndo(emptied);
    else open(emptied);
  } else if (key && query(here) !== query(fitting(basketOf(key), ...limits()))) {
    if (isReload) return open(key);
    offer(`The basket has changed since; it holds ${passages(basketOf(key).items.size)} now.`, [
      ["Open it as it is", () => open(key)],
      ["Go back to this", () => change(key, here, basketOf(key))],
    ]);
  } else if (key) {
    offerUndo(key);
    offerRest(key, here);
    watch(form, key, here);
  } else if (isPlain(here, own)) {
    open(kept.open); // the same passages, with the notes that were typed
  } else {
    offerSent(here, own);
  }
}

/** The key of the basket of this browser that an address is that of; the first basket that is opened becomes the reader's own. @param {Basket} here */
function keyOf(here) {
  const kept = load();
  if (!basketOf().items.size) {
    const other = Object.keys(kept.all).find((key) => query(basketOf(key)) === query(here));
    if (!other) keep(kept.open, here);
    return other ?? kept.open;
  }
  return [kept.open, ...Object.keys(kept.all)].find((key) => query(fitting(basketOf(key), ...limits())) === query(here));
}

/** Whether a basket has the passages of another and says nothing of them. @param {Basket} plain @param {Basket} own */
function isPlain(plain, own) {
  const silent = [...plain.items.values()].every(({ note, labels }) => !note && !labels);
  return silent && !plain.name && [...plain.items.keys()].join(" ") === [...own.items.keys()].join(" ");
}

/** What can be done with a basket that somebody sent. @param {Basket} here @param {Basket} own */
function offerSent(here, own) {
  const key = load().open;
  offer(`This basket was sent to you; your own holds ${passages(own.items.size)} and is kept.`, [
    ["Add these to mine", () => change(key, { name: own.name, items: new Map([...own.items, ...ours(here, own)]) }, own)],
    ["Keep it as another of mine", () => open(begin(here))],
    ["Open mine", () => open(key)],
  ]);
}

/** The passages of a sent basket, with the reader's own words where there are some. @param {Basket} here @param {Basket} own @returns {Basket["items"]} */
function ours(here, own) {
  return new Map([...here.items].map(([id, said]) => {
    const mine = own.items.get(id);
    return [id, { note: mine?.note || said.note, labels: mine?.labels || said.labels }];
  }));
}

/** Says what one page does not show of a long basket. @param {string} key @param {Basket} here */
function offerRest(key, here) {
  const rest = [...basketOf(key).items].filter(([id]) => !here.items.has(id));
  if (!rest.length) return;
  offer(`The basket holds ${passages(rest.length)} more than one address can carry.`, [
    ["Make them a basket of their own", () => {
      keep(key, here);
      open(begin({ name: `${here.name} (continued)`.trim(), items: new Map(rest) }));
    }],
  ]);
}

/** Keeps notes while they are typed, and takes every step from what is kept. @param {HTMLFormElement} form @param {string} key @param {Basket} here */
function watch(form, key, here) {
  let typed = here;
  const filled = () => {
    const fields = new URLSearchParams();
    for (const field of form.querySelectorAll("input[name]")) {
      if (field instanceof HTMLInputElement) fields.append(field.name, field.value);
    }
    return parse(`${fields}`);
  };
  form.addEventListener("input", () => {
    const wanted = filled(), whole = merged(wanted, typed, basketOf(key));
    keep(key, whole);
    typed = wanted;
    show();
    if (query(whole).length > limits()[1]) say("The notes are too long for one basket: what does not fit is offered as a second one when it is opened again.");
  });
  window.addEventListener("storage", () => { // another window wrote: what this page would write must not be older
    fill(form, basketOf(key));
    typed = filled();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(key, filled(), typed);
  });
  for (const link of document.querySelectorAll("a[data-step]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      change(key, withTyped(parse(new URL(link.href).search), typed), typed);
    });
  }
}

/** Shows in the fields of the page what a basket holds now. @param {HTMLFormElement} form @param {Basket} now */
function fill(form, now) {
  for (const row of form.querySelectorAll("ol > li")) {
    const [id, note, labels] = row.querySelectorAll("input");
    const said = now.items.get(id?.value ?? "");
    if (!said || !note || !labels) continue;
    note.value = said.note;
    labels.value = said.labels;
  }
}

/** A basket of a link with what is typed, which may be newer; a passage that takes another's place takes its words over. @param {Basket} wanted @param {Basket} typed @returns {Basket} */
function withTyped(wanted, typed) {
  const old = [...typed.items.values()];
  const items = [...wanted.items].map(([id, said], at) => {
    const replaced = wanted.items.size === typed.items.size ? old[at] : undefined;
    return /** @type {const} */ ([id, typed.items.get(id) ?? replaced ?? said]);
  });
  return { name: typed.name, items: new Map(items) };
}

/** Lists the baskets of this browser on the page of the basket. */
function listBaskets() {
  const place = document.getElementById("baskets"), list = place?.querySelector("ul"), kept = load();
  const filled = Object.entries(kept.all).filter(([, written]) => parse(written).items.size);
  if (!place || !list) return;
  place.hidden = !filled.length;
  list.replaceChildren(...filled.map(([key, written]) => {
    const basket = parse(written), row = document.createElement("li");
    row.append(`${basket.name || "Without a name"}, ${passages(basket.items.size)} `);
    if (key === kept.open) row.append("(open: passages are put into this one)");
    else row.append(button("Open", () => choose(key)), " ", button("Delete", () => remove(key)));
    return row;
  }));
  const begins = place.querySelector(".acts button");
  if (begins instanceof HTMLButtonElement) begins.onclick = () => open(begin(EMPTY));
}

/** Opens another basket of this browser. @param {string} key */
function choose(key) {
  store({ ...load(), open: key });
  open(key);
}

/** Deletes a basket that is not open, and offers it back. @param {string} key */
function remove(key) {
  const kept = load(), written = kept.all[key] ?? "";
  delete kept.all[key];
  store(kept);
  listBaskets();
  offer(`${parse(written).name || "A basket"} was deleted.`, [["Undo", () => { keep(key, parse(written)); listBaskets(); }]]);
}

try {
  if (location.pathname === "/basket") onBasketPage(document.querySelector("form[data-basket-page]"));
  show();
  window.addEventListener("storage", show);
  window.addEventListener("pageshow", show);
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-basket]");
    if (!(link instanceof HTMLAnchorElement)) return;
    const id = link.dataset.basket;
    if (!id || link.textContent === "In the basket") {
      show(); // another window may have changed it since
      sessionStorage.setItem(STEP, load().open);
      return;
    }
    event.preventDefault();
    try {
      add(id);
    } catch {
      say("The browser keeps nothing here, or has no room left: save the basket as a file.");
    }
  });
} catch {
  // no storage here: a link begins a new basket
}
