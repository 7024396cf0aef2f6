// The list of hits: one of them is chosen by keys, and its page stands beside the list without leaving it.

import { citation } from "./copying.js";
import { say } from "./saying.js";

const WAIT = 150; // milliseconds that a hit is chosen before its page is asked for
const BESIDE = window.matchMedia("(min-width: 1161px)"); // as in room.css: below, there is no room for a pane

const hits = [...document.querySelectorAll(".hit")].filter((hit) => hit instanceof HTMLElement);
let last = -1, timer = 0;
/** @type {AbortController | null} */
let asking = null;

/** The hit that keys work on: the one with the focus, else the one chosen last. @returns {HTMLElement | null} */
export function chosenHit() {
  const focused = document.activeElement?.closest(".hit");
  return focused instanceof HTMLElement ? focused : hits[last] ?? null;
}

/** Chooses the next hit or the one before. @param {1 | -1} step @returns {boolean} whether there is a list */
export function chooseHit(step) {
  if (!hits.length) return false;
  const chosen = chosenHit();
  const from = chosen ? hits.indexOf(chosen) : -1;
  const to = from + step;
  const hit = hits[to];
  if (!hit) {
    say(to < 0 ? "This is the first hit of the page" : "This is the last hit of the page; n opens the next page");
    return true;
  }
  last = to;
  const link = hit.querySelector(".where a");
  if (link instanceof HTMLElement) link.focus({ preventScroll: true });
  hit.scrollIntoView({ block: "nearest" });
  if (hit.dataset.passage) citation(hit.dataset.passage).catch(() => {});
  window.clearTimeout(timer);
  timer = window.setTimeout(() => showBeside(hit), WAIT);
  return true;
}

/** Shows the page of a hit beside the list. @param {HTMLElement} hit */
async function showBeside(hit) {
  const link = hit.querySelector("a.show-beside");
  if (!(link instanceof HTMLAnchorElement) || !BESIDE.matches) return;
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(link.href, { signal: asking.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".results > .pane"), pane = document.querySelector(".results > .pane");
    if (!fresh || !pane) return;
    pane.replaceWith(fresh);
    for (const other of hits) {
      const theirs = page.getElementById(other.id)?.querySelector(".beside-way"), ours = other.querySelector(".beside-way");
      if (theirs && ours) ours.replaceWith(theirs);
      other.classList.toggle("beside", other === hit);
    }
    history.replaceState(null, "", link.href);
  } catch { /* another hit was chosen meanwhile, or the network is away: the list is still there */ }
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const hit = event.target.closest("a.show-beside")?.closest(".hit");
  if (!(hit instanceof HTMLElement)) return;
  event.preventDefault();
  last = hits.indexOf(hit);
  const link = hit.querySelector(".where a");
  if (link instanceof HTMLElement) link.focus({ preventScroll: true }); // what was pressed is about to go
  showBeside(hit);
});
