// The basket is the address of its page; the browser keeps the reader's own, and links add to it without leaving the page.
// Nothing is ever lost on the way: a basket that somebody else sent is shown beside the reader's own, and takes its place only when asked.

import { say } from "./saying.js";

const KEPT = "basket";
const OWN_STEP = "basket-step"; // set while a reader changes the basket by its own page, so that the next address is their own
const BEFORE = "basket-before"; // the basket before the last change, to go back to

/** What the browser keeps. @returns {URLSearchParams} */
function kept() {
  return new URLSearchParams(localStorage.getItem(KEPT) ?? "");
}

/** Keeps a basket. @param {URLSearchParams} basket */
function keep(basket) {
  localStorage.setItem(KEPT, `?${basket}`);
}

/** @param {URLSearchParams} basket @returns {string} */
function ids(basket) {
  return JSON.stringify(basket.getAll("p"));
}

/** How many there are, in words. @param {number} many @returns {string} */
function passages(many) {
  return `${many} ${many === 1 ? "passage" : "passages"}`;
}

/** One basket with what another has beside it, notes included. @param {URLSearchParams} first @param {URLSearchParams} other */
function joined(first, other) {
  const notes = new Map();
  for (const basket of [first, other]) {
    const written = basket.getAll("n");
    basket.getAll("p").forEach((id, at) => notes.set(id, notes.get(id) || written[at] || ""));
  }
  const whole = new URLSearchParams();
  for (const id of notes.keys()) whole.append("p", id);
  for (const note of notes.values()) whole.append("n", note);
  return whole;
}

/** Makes the links lead to the basket as it is, and tells how many passages are in it. */
function show() {
  const basket = kept();
  const many = basket.getAll("p").length;
  for (const link of document.querySelectorAll("a[data-basket]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const id = link.dataset.basket ?? "";
    const wanted = new URLSearchParams(basket);
    if (id && !wanted.getAll("p").includes(id)) wanted.append("p", id);
    if ([...wanted].length) link.href = `/basket?${wanted}`;
    if (id && basket.getAll("p").includes(id)) link.textContent = "In the basket";
  }
  for (const number of document.querySelectorAll(".in-basket")) number.textContent = many ? ` ${many}` : "";
}

/** Puts a passage into the basket, unless it is full. @param {string} id @param {number} most */
function add(id, most) {
  const basket = kept();
  const is = basket.getAll("p").includes(id);
  const many = basket.getAll("p").length;
  if (!is && many >= most) {
    say(`The basket is full: it holds ${passages(most)}. Save it as a file and take some out before you add more.`);
    return;
  }
  if (!is) basket.append("p", id);
  keep(basket);
  show();
  say(`${is ? "Already in the basket" : "Put into the basket"}, which holds ${passages(basket.getAll("p").length)}`);
}

/** A line above the basket with what can be done. @param {string} words @param {[string, () => void][]} acts */
function offer(words, acts) {
  const line = document.createElement("p");
  line.className = "notice";
  line.append(`${words} `);
  for (const [name, act] of acts) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", act);
    line.append(button, " ");
  }
  document.querySelector("h1")?.after(line);
}

/** Goes to a basket as the reader's own. @param {URLSearchParams} basket */
function open(basket) {
  sessionStorage.setItem(BEFORE, `${kept()}`);
  sessionStorage.setItem(OWN_STEP, "1");
  location.assign(`/basket?${basket}`);
}

/** What the page of a basket does with the one that is kept. @param {HTMLElement | null} form */
function onBasketPage(form) {
  const here = new URLSearchParams(location.search);
  const own = kept();
  const step = sessionStorage.getItem(OWN_STEP);
  sessionStorage.removeItem(OWN_STEP);
  if (step || !own.getAll("p").length || ids(here) === ids(own)) {
    if (!step && ids(here) === ids(own) && own.getAll("n").join("") && !here.getAll("n").length) {
      location.replace(`/basket?${own}`); // the same passages, with the notes that were typed
      return;
    }
    const before = sessionStorage.getItem(BEFORE);
    if (step && before && before !== `${here}`) offer("The basket was changed.", [["Undo", () => open(new URLSearchParams(before))]]);
    if (form || step) keep(here);
  } else if (!form) {
    location.replace(`/basket?${own}`);
  } else {
    offer(`This basket was sent to you; your own holds ${passages(own.getAll("p").length)} and is kept.`, [
      ["Add these to mine", () => open(joined(own, here))],
      ["Open mine", () => location.assign(`/basket?${own}`)],
      ["Make this one mine", () => open(here)],
    ]);
    return;
  }
  if (form) watch(form, here);
}

/** Keeps notes while they are typed, and what the basket was before it is changed. @param {HTMLElement} form @param {URLSearchParams} here */
function watch(form, here) {
  form.addEventListener("input", () => {
    const typed = new URLSearchParams();
    for (const field of form.querySelectorAll("input[name]")) {
      if (field instanceof HTMLInputElement) typed.append(field.name, field.value);
    }
    const own = kept(); // the page shows a hundred of a longer basket
    own.getAll("p").forEach((id, at) => {
      if (typed.getAll("p").includes(id)) return;
      typed.append("p", id);
      typed.append("n", own.getAll("n")[at] ?? "");
    });
    keep(typed);
    show();
  });
  const changes = () => {
    sessionStorage.setItem(OWN_STEP, "1");
    sessionStorage.setItem(BEFORE, `${kept().getAll("p").length ? kept() : here}`);
  };
  form.addEventListener("submit", changes);
  form.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='/basket']") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    changes();
    link.href = `/basket?${withNotes(new URLSearchParams(new URL(link.href).search))}`;
  });
}

/** A basket with the notes that are kept, which may be newer than those of its address. @param {URLSearchParams} basket */
function withNotes(basket) {
  const own = kept();
  const notes = new Map(own.getAll("p").map((id, at) => [id, own.getAll("n")[at] ?? ""]));
  const whole = new URLSearchParams();
  for (const id of basket.getAll("p")) whole.append("p", id);
  for (const id of basket.getAll("p")) whole.append("n", notes.get(id) ?? "");
  return whole;
}

try {
  if (location.pathname === "/basket") onBasketPage(document.querySelector("[data-basket-page]"));
  show();
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-basket]");
    if (!(link instanceof HTMLAnchorElement) || !link.dataset.basket || link.textContent === "In the basket") return;
    event.preventDefault();
    const whole = document.querySelector("a[data-most]");
    add(link.dataset.basket, whole instanceof HTMLElement ? Number(whole.dataset.most) : 0);
  });
} catch {
  // no storage here: a link begins a new basket
}
