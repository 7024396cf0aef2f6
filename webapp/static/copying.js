// Copying: a button beside each text that is there to be copied; "Cite" and "Link" of a hit copy without leaving the list.

import { say } from "./saying.js";

/** @type {Map<string, Promise<string>>} */
const citations = new Map();

/** Puts words into the clipboard; where the browser forbids it, offers them to be copied by hand. @param {string} words */
export async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    say(`Copied: ${words}`);
  } catch {
    window.prompt("The browser does not let pages write to the clipboard. Copy this:", words);
  }
}

/** The reference to a passage, asked for once. @param {string} id @returns {Promise<string>} */
export function citation(id) {
  let asked = citations.get(id);
  if (!asked) {
    asked = fetch(`/api/v1/passages/${id}`).then(async (answer) => {
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return (await answer.json()).citations.plain;
    });
    asked.catch(() => citations.delete(id));
    citations.set(id, asked);
  }
  return asked;
}

/** Copies the reference to a passage. @param {string} id */
export async function copyCitation(id) {
  try {
    await copy(await citation(id));
  } catch {
    say("The reference could not be fetched. Open the passage to cite it.");
  }
}

/** Copies the text of the page that a style or a link stands in. @param {HTMLElement} text */
function copyText(text) {
  return copy(text.textContent ?? "");
}

for (const text of document.querySelectorAll("pre.copyable")) {
  if (!(text instanceof HTMLElement)) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  if (text.dataset.key) button.dataset.key = text.dataset.key; // the key presses the button
  button.addEventListener("click", async () => {
    await copyText(text);
    button.textContent = "Copied";
    window.setTimeout(() => { button.textContent = "Copy"; }, 2500);
  });
  text.before(button);
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[data-copy]");
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  if (link.dataset.copy === "link") copy(link.href);
  else copyCitation(link.dataset.copy ?? "");
});
