// Suggestions below the search box (the combobox pattern of WAI-ARIA). Without this file /suggest has them as a page.

const WAIT = 120; // milliseconds without a key before anything is asked for

/** @typedef {{ kind: string, label: string, url: string }} Offer */

/** Puts suggestions below one search box. @param {HTMLInputElement} box */
function equip(box) {
  const list = document.createElement("ul");
  list.id = `${box.id}-offers`;
  list.className = "offers";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  box.form?.append(list);
  for (const [name, value] of /** @type {[string, string][]} */ ([["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]])) {
    box.setAttribute(name, value);
  }
  let chosen = -1, timer = 0;
  /** @type {AbortController | null} */
  let asking = null;
  /** @type {Offer[]} */
  let offers = [];

  function close() {
    window.clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    choose(-1);
    box.setAttribute("aria-expanded", "false");
  }

  /** @param {number} place of the offer, -1 for the box itself */
  function choose(place) {
    chosen = place;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === place)));
    const item = list.children[place];
    if (item) box.setAttribute("aria-activedescendant", item.id);
    else box.removeAttribute("aria-activedescendant");
  }

  /** @param {Offer[]} found */
  function show(found) {
    offers = found;
    list.replaceChildren(...found.map((offer, i) => {
      const item = document.createElement("li"), kind = document.createElement("small");
      item.id = `${list.id}-${i}`;
      item.setAttribute("role", "option");
      item.textContent = offer.label;
      kind.textContent = offer.kind;
      item.append(kind);
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); window.location.assign(offer.url); });
      return item;
    }));
    choose(-1);
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(found.length > 0));
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(box.value)}`, { signal: asking.signal });
      if (answer.ok && document.activeElement === box) show((await answer.json()).suggestions);
    } catch { /* another letter was typed, or the network is away: the box works without suggestions */ }
  }

  box.addEventListener("input", () => {
    window.clearTimeout(timer);
    if (box.value.trim().length < 2) close();
    else timer = window.setTimeout(ask, WAIT);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const offer = offers[chosen];
    if (step) {
      event.preventDefault();
      const stops = offers.length + 1; // the box itself is one of them
      choose(((chosen + 1 + step + stops) % stops) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && offer) {
      event.preventDefault();
      window.location.assign(offer.url);
    }
  });
}

for (const box of document.querySelectorAll(".ask input[type=search]")) {
  if (box instanceof HTMLInputElement) equip(box);
}
