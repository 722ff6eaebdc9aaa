// Keyboard of the tree pattern: arrows move and unfold, Home and End jump, letters search. Children may come lazily.
export function trees() {
  document.querySelectorAll("[role=tree]").forEach(settle);
  document.addEventListener("htmx:load", () => document.querySelectorAll("[role=tree]").forEach(settle));
  document.addEventListener("click", (event) => {
    const toggle = event.target.closest(".tree-toggle");
    if (!toggle) return;
    event.preventDefault();
    const item = toggle.closest("[role=treeitem]");
    unfold(item, item.getAttribute("aria-expanded") !== "true");
  });
  document.addEventListener("keydown", (event) => {
    const item = event.target.closest && event.target.closest("[role=treeitem]");
    if (item && event.target === item) steer(event, item);
  });
}

// Exactly one item is in the tab order.
function settle(tree) {
  const items = [...tree.querySelectorAll("[role=treeitem]")];
  if (items.some((item) => item.tabIndex === 0)) return;
  const start = tree.querySelector("[aria-current]") || items[0];
  if (start) start.tabIndex = 0;
}

function unfold(item, open) {
  if (!item.hasAttribute("aria-expanded")) return;
  item.setAttribute("aria-expanded", String(open));
  const group = item.querySelector(":scope > ul");
  if (open && group && group.dataset.lazy && window.htmx) {
    const url = group.dataset.lazy;
    delete group.dataset.lazy;
    window.htmx.ajax("GET", url, { target: group, swap: "innerHTML" });
  }
}

function visible(tree) {
  return [...tree.querySelectorAll("[role=treeitem]")].filter((item) => item.offsetParent !== null);
}

function go(item) {
  if (!item) return;
  item.closest("[role=tree]").querySelectorAll("[role=treeitem][tabindex='0']").forEach((other) => { other.tabIndex = -1; });
  item.tabIndex = 0;
  item.focus();
}

function steer(event, item) {
  const items = visible(item.closest("[role=tree]"));
  const at = items.indexOf(item);
  const open = item.getAttribute("aria-expanded") === "true";
  const parent = item.parentElement.closest("[role=treeitem]");
  const keys = {
    ArrowDown: () => go(items[at + 1]),
    ArrowUp: () => go(items[at - 1]),
    Home: () => go(items[0]),
    End: () => go(items[items.length - 1]),
    ArrowRight: () => (open || !item.hasAttribute("aria-expanded") ? go(items[at + 1]) : unfold(item, true)),
    ArrowLeft: () => (open ? unfold(item, false) : go(parent)),
    Enter: () => item.querySelector("a.tree-label").click(),
    " ": () => item.querySelector("a.tree-label").click(),
  };
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const letter = event.key.toLowerCase();
    const next = items.slice(at + 1).concat(items.slice(0, at));
    go(next.find((other) => (other.dataset.keys || other.textContent.trim()).toLowerCase().startsWith(letter)));
  }
}
