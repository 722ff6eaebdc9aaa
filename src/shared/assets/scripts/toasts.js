// Toasts are rendered by the server; good news leaves by itself, a problem stays until dismissed.
// A fragment may add one: HX-Trigger: {"toast": {"level": "success", "text": "…"}}
const stay = 6000; // ms

export function toasts() {
  document.querySelectorAll(".toast").forEach(leaveLater);
  document.addEventListener("click", (event) => {
    const close = event.target.closest(".toast-close");
    if (close) close.closest(".toast").remove();
  });
  document.addEventListener("toast", (event) => show(event.detail));
}

export function show({ level = "info", text }) {
  const pattern = document.getElementById("toast-pattern");
  const shelf = document.querySelector(".toasts");
  if (!pattern || !shelf) return;
  const toast = pattern.content.firstElementChild.cloneNode(true);
  toast.classList.add(level);
  toast.querySelector("p").textContent = text;
  shelf.append(toast);
  leaveLater(toast);
}

function leaveLater(toast) {
  if (toast.classList.contains("error") || toast.classList.contains("warning")) return;
  const leave = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(leave, 1000);
    else toast.remove();
  };
  setTimeout(leave, stay);
}
