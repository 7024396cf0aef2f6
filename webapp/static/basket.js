// The basket is the address of its page; the browser keeps the last one, and links add to it without leaving the page.

import { say } from "./saying.js";

const KEPT = "basket";

/** What the browser keeps. @returns {URLSearchParams} */
function kept() {
  return new URLSearchParams(localStorage.getItem(KEPT) ?? "");
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

/** Puts a passage into the basket. @param {string} id */
function add(id) {
  const basket = kept();
  const is = basket.getAll("p").includes(id);
  if (!is) basket.append("p", id);
  localStorage.setItem(KEPT, `?${basket}`);
  const many = basket.getAll("p").length;
  show();
  say(`${is ? "Already in the basket" : "Put into the basket"}, which holds ${many} ${many === 1 ? "passage" : "passages"}`);
}

try {
  if (document.querySelector("[data-basket-page]")) localStorage.setItem(KEPT, location.search);
  else if (location.pathname === "/basket") localStorage.removeItem(KEPT);
  show();
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-basket]");
    if (!(link instanceof HTMLAnchorElement) || !link.dataset.basket || link.textContent === "In the basket") return;
    event.preventDefault();
    add(link.dataset.basket);
  });
} catch {
  // no storage here: a link begins a new basket
}
