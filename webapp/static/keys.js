// Single keys. An element with `data-key` is what its key presses; "?" shows them all and switches them off.

import { copyCitation, copy } from "./copying.js";
import { chooseHit, chosenHit } from "./hits.js";
import { say } from "./saying.js";

const OFF = "keys-off"; // in the browser's storage

/** @type {[string, string][]} */
const KEYS = [
  ["/", "put the cursor into the search box"],
  ["j", "next hit, or next paragraph of a document"],
  ["k", "hit or paragraph before"],
  ["o", "open the chosen hit, or the whole page"],
  ["n", "next hit in reading, or next page"],
  ["p", "hit or page before"],
  ["y", "copy the reference"],
  ["l", "copy the permanent link"],
  ["b", "put into the basket"],
  ["?", "show these keys"],
  ["Esc", "close, or leave the search box"],
];

/** Whether single keys are switched off here. */
function areOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

/** The dialog with all keys, made when first asked for. @returns {HTMLDialogElement} */
function dialog() {
  const there = document.getElementById("keys");
  if (there instanceof HTMLDialogElement) return there;
  const made = document.createElement("dialog");
  made.id = "keys";
  made.setAttribute("aria-labelledby", "keys-title");
  const title = document.createElement("h2"), list = document.createElement("dl");
  title.id = "keys-title";
  title.textContent = "Keys";
  for (const [key, does] of KEYS) {
    const row = document.createElement("div"), term = document.createElement("dt"), said = document.createElement("dd");
    const cap = document.createElement("kbd");
    cap.textContent = key;
    term.append(cap);
    said.textContent = does;
    row.append(term, said);
    list.append(row);
  }
  const label = document.createElement("label"), box = document.createElement("input");
  label.className = "choice";
  box.type = "checkbox";
  box.checked = !areOff();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, box.checked ? "0" : "1");
    } catch { /* no storage here: it holds for this page only */ }
    off = !box.checked;
  });
  label.append(box, " Use single keys in this browser");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "plain";
  close.textContent = "Close";
  close.addEventListener("click", () => made.close());
  made.append(title, list, label, close);
  document.body.append(made);
  return made;
}

/** What a key presses: in the chosen hit, else on the page. @param {string} key @returns {HTMLElement | null} */
function target(key) {
  const found = chosenHit()?.querySelector(`[data-key~="${key}"]`) ?? document.querySelector(`[data-key~="${key}"]`);
  return found instanceof HTMLElement ? found : null;
}

/** Does what a key is for. @param {string} key @returns {boolean} whether it is for anything here */
function act(key) {
  const hit = chosenHit();
  if (key === "/") return toBox();
  if (key === "?") {
    dialog().showModal();
    return true;
  }
  if ((key === "j" || key === "k") && chooseHit(key === "j" ? 1 : -1)) return true;
  if (key === "y" && hit?.dataset.passage) {
    copyCitation(hit.dataset.passage);
    return true;
  }
  const link = target(key);
  if (key === "l" && link instanceof HTMLAnchorElement) {
    copy(link.href);
    return true;
  }
  if (link) link.click();
  else if ("jkonpylb".includes(key) && document.querySelector(".hit")) say("Choose a hit first: j takes the next one");
  return link !== null;
}

/** Puts the cursor into the search box. */
function toBox() {
  const box = document.getElementById("q");
  if (!(box instanceof HTMLInputElement)) return false;
  box.focus();
  box.select();
  return true;
}

let off = areOff();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const at = event.target instanceof HTMLElement ? event.target : null;
  if (event.key === "Escape" && at?.id === "q") at.blur();
  if (at?.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog")) return;
  if (off && event.key !== "?") return;
  if (act(event.key)) event.preventDefault();
});

const foot = document.querySelector(".foot p");
if (foot) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "as-link";
  button.textContent = "Keys";
  button.addEventListener("click", () => dialog().showModal());
  foot.append(" ", button);
}
