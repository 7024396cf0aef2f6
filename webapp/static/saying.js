// One line at the foot of the window that says what was done, to eyes and to screen readers alike.

const SHOWN = 4000; // milliseconds
let timer = 0;

/** Says what was done. @param {string} words */
export function say(words) {
  const line = document.getElementById("said");
  if (!line) return;
  line.textContent = words;
  line.classList.add("shown");
  window.clearTimeout(timer);
  timer = window.setTimeout(() => line.classList.remove("shown"), SHOWN);
}
