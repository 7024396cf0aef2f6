// Filters are applied when they are ticked; without this file a button does it.

const KEPT = "ticked"; // which filter has the focus when the page has come back

const form = document.querySelector(".filters form");
if (form instanceof HTMLFormElement) {
  const button = form.querySelector(".apply button");
  if (button instanceof HTMLElement) button.hidden = true;
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  const ticked = [...form.elements].find((field) => field instanceof HTMLInputElement && `${field.name}=${field.value}` === kept);
  if (ticked instanceof HTMLElement) ticked.focus({ preventScroll: true });
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (field instanceof HTMLInputElement && field.type === "checkbox") sessionStorage.setItem(KEPT, `${field.name}=${field.value}`);
    form.requestSubmit();
  });
}
