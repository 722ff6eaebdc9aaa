// An overlay that holds the keyboard and gives it back. <dialog> is missing from older engines.
const reachable = "a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea";

export function openDialog(box, { onClose } = {}) {
  const before = document.activeElement;
  const veil = document.createElement("div");
  veil.className = "veil";
  veil.append(box);
  document.body.append(veil);

  function close() {
    veil.remove();
    if (before && before.focus) before.focus();
    if (onClose) onClose();
  }
  veil.addEventListener("mousedown", (event) => {
    if (event.target === veil) close();
  });
  veil.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
    if (event.key === "Tab") keepInside(event, box);
  });
  const first = box.querySelector(reachable);
  if (first) first.focus();
  return close;
}

function keepInside(event, box) {
  const stops = [...box.querySelectorAll(reachable)];
  const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
}
