// Filters a phone folds away, and choosing rows: "all on this page", the running count, and a bulk bar that is idle until something is chosen.
import { announce } from "./live.js";

export function tables() {
  document.addEventListener("click", (event) => {
    const more = event.target.closest("[data-more]");
    if (!more) return;
    const form = more.closest("form");
    form.classList.add("opened");
    form.querySelectorAll("select, input:not([type=hidden])")[1]?.focus();
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-bulk]");
    if (!form) return;
    const rows = [...form.querySelectorAll("input[data-row]")];
    if (event.target.matches("[data-all]")) rows.forEach((row) => { row.checked = event.target.checked; });
    tell(form, rows);
  });
  document.querySelectorAll("form[data-bulk]").forEach((form) => tell(form, [...form.querySelectorAll("input[data-row]")]));
}

function tell(form, rows) {
  const chosen = rows.filter((row) => row.checked).length;
  const all = form.querySelector("[data-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === rows.length;
    all.indeterminate = chosen > 0 && chosen < rows.length;
  }
  form.querySelectorAll("[data-bulk-go]").forEach((button) => { button.disabled = chosen === 0; });
  const count = form.querySelector("[data-chosen]");
  if (!count) return;
  const text = count.dataset.chosen.replace("0", String(chosen));
  if (count.textContent !== text) {
    count.textContent = text;
    if (chosen) announce(text);
  }
}
