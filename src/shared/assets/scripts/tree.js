// Keyboard of the tree pattern: arrows move and unfold, Home and End jump, letters search. Children may come lazily.
// Items are links, so Enter and a tap do what links do.
export function trees() {
  document.querySelectorAll("[role=tree]").forEach(settle);
  document.addEventListener("htmx:load", () => document.querySelectorAll("[role=tree]").forEach(settle));
  document.addEventListener("click", (event) => {
    const toggle = event.target.closest(".tree-toggle");
    if (!toggle) return;
    event.preventDefault();
    const item = toggle.parentElement.querySelector("[role=treeitem]");
    unfold(item, item.getAttribute("aria-expanded") !== "true");
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.getAttribute("role") === "treeitem") steer(event, event.target);
  });
}

// Exactly one item is in the tab order.
function settle(tree) {
  const items = [...tree.querySelectorAll("[role=treeitem]")];
  const start = items.find((item) => item.getAttribute("tabindex") === "0") || tree.querySelector("[aria-current]") || items[0];
  items.forEach((item) => { item.tabIndex = item === start ? 0 : -1; });
}

function unfold(item, open) {
  if (!item.hasAttribute("aria-expanded")) return;
  item.setAttribute("aria-expanded", String(open));
  item.closest("li").classList.toggle("closed", !open);
  const group = document.getElementById(item.getAttribute("aria-owns"));
  if (open && group.dataset.lazy && window.htmx) {
    const url = group.dataset.lazy;
    delete group.dataset.lazy;
    window.htmx.ajax("GET", url, { target: group, swap: "innerHTML" });
  }
}

function above(item) {
  const outer = item.closest("li").parentElement.closest("li");
  return outer && outer.querySelector("[role=treeitem]");
}

function go(item) {
  if (!item) return;
  item.closest("[role=tree]").querySelectorAll("[role=treeitem][tabindex='0']").forEach((other) => { other.tabIndex = -1; });
  item.tabIndex = 0;
  item.focus();
}

function steer(event, item) {
  const items = [...item.closest("[role=tree]").querySelectorAll("[role=treeitem]")].filter((other) => other.offsetParent);
  const at = items.indexOf(item);
  const folds = item.hasAttribute("aria-expanded");
  const open = item.getAttribute("aria-expanded") === "true";
  const keys = {
    ArrowDown: () => go(items[at + 1]),
    ArrowUp: () => go(items[at - 1]),
    Home: () => go(items[0]),
    End: () => go(items[items.length - 1]),
    ArrowRight: () => (folds && !open ? unfold(item, true) : open && go(items[at + 1])),
    ArrowLeft: () => (open ? unfold(item, false) : go(above(item))),
    " ": () => item.click(),
  };
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const letter = event.key.toLowerCase();
    const others = items.slice(at + 1).concat(items.slice(0, at));
    go(others.find((other) => (other.dataset.keys || other.textContent.trim()).toLowerCase().startsWith(letter)));
  }
}
