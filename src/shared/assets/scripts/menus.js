// Menus are <details>: close them on Escape, on a click elsewhere, and when another opens.
const open = () => document.querySelectorAll("details.menu[open], details.tabbar-more[open]");

export function menus() {
  document.addEventListener("click", (event) => {
    open().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
}
