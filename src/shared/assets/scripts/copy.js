import { show } from "./toasts.js";

export function copies() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    await put(source);
    show({ level: "success", text: button.dataset.copied });
  });
}

// The clipboard interface exists only over https; older pages select and copy.
async function put(source) {
  const text = "value" in source ? source.value : source.textContent;
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  if (source.select) source.select();
  document.execCommand("copy");
}
