// Small comforts. Every page works without this file.

/** "/" puts the cursor into the search box, unless something is being typed. */
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.getElementById("q");
  if (box instanceof HTMLInputElement) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

/** A button beside each text that is there to be copied. */
for (const text of document.querySelectorAll("pre.copyable")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent ?? "");
      button.textContent = "Copied";
    } catch {
      window.getSelection()?.selectAllChildren(text);
      button.textContent = "Selected: press Ctrl+C";
    }
    window.setTimeout(() => { button.textContent = "Copy"; }, 2500);
  });
  text.before(button);
}

/** The basket is the address of its page; the browser keeps the last one, and links add to it. */
try {
  if (document.querySelector("[data-basket-page]")) localStorage.setItem("basket", location.search);
  else if (location.pathname === "/basket") localStorage.removeItem("basket");
  const kept = new URLSearchParams(localStorage.getItem("basket") ?? "");
  for (const link of document.querySelectorAll("a[data-basket]")) {
    const id = link.dataset.basket;
    const wanted = new URLSearchParams(kept);
    if (id && !wanted.getAll("p").includes(id)) wanted.append("p", id);
    if ([...wanted].length) link.href = `/basket?${wanted}`;
  }
} catch {
  // no storage here: a link begins a new basket
}
