// Filters are applied when they are ticked; a button does it for dates, which are typed, and for all without this file.

const KEPT = "ticked"; // which filter has the focus when the page has come back

const form = document.querySelector(".filters form");
if (form instanceof HTMLFormElement) {
  const button = form.querySelector(".apply button"); // where scripts run, the style sheet hides it until it is wanted
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  const ticked = [...form.elements].find((field) => field instanceof HTMLInputElement && `${field.name}=${field.value}` === kept);
  if (ticked instanceof HTMLElement) ticked.focus({ preventScroll: true });
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.type !== "checkbox") return;
    sessionStorage.setItem(KEPT, `${field.name}=${field.value}`);
    form.requestSubmit();
  });
  form.addEventListener("input", (event) => {
    const typed = event.target instanceof HTMLInputElement && event.target.type !== "checkbox";
    if (typed) button?.classList.add("wanted");
  });
}
