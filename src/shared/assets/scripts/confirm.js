// A form with data-confirm asks first. The server asks again with a page of its own when `confirmed` is missing,
// so this only spares a round trip.
import { openDialog } from "./dialog.js";

export function confirmations() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.confirm || form.querySelector("input[name=confirmed]")) return;
    event.preventDefault();
    ask(form, event.submitter);
  });
}

function ask(form, submitter) {
  const box = document.getElementById("confirm-pattern").content.firstElementChild.cloneNode(true);
  const { confirm, confirmPhrase, confirmLabel } = form.dataset;
  const go = box.querySelector("[data-go]");
  const typed = box.querySelector("input");
  box.querySelector("[data-question]").textContent = confirm;
  go.textContent = confirmLabel || (submitter && submitter.textContent.trim()) || go.textContent;
  if (confirmPhrase) {
    box.querySelector("[data-phrase]").textContent = confirmPhrase;
    const judge = () => {
      go.disabled = typed.value.trim() !== confirmPhrase;
    };
    typed.addEventListener("input", judge);
    judge();
  } else {
    box.querySelector("[data-typed]").remove();
  }
  const close = openDialog(box);
  box.querySelector("[data-stop]").addEventListener("click", close);
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    close();
    send(form, submitter, confirmPhrase || "yes");
  });
}

function send(form, submitter, value) {
  const mark = document.createElement("input");
  mark.type = "hidden";
  mark.name = "confirmed";
  mark.value = value;
  form.append(mark);
  if (form.requestSubmit) form.requestSubmit(submitter || undefined);
  else form.submit();
}
