// Ctrl-K: jump to any page or record. Pages come once from data-palette-url; with data-palette-search,
// records are asked for as you type. Items: {label, url, hint, keys}; keys hold pinyin.
import { openDialog } from "./dialog.js";

let pages = null;
let shown = false;

export function palette() {
  const source = document.querySelector("[data-palette-url]");
  if (!source) return;
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette-open]")) start(source);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      start(source);
    }
  });
}

async function start(source) {
  if (shown) return;
  shown = true;
  const box = document.getElementById("palette-pattern").content.firstElementChild.cloneNode(true);
  openDialog(box, { onClose: () => { shown = false; } });
  const view = { box, input: box.querySelector("input"), list: box.querySelector("ul"), none: box.querySelector(".palette-none"), at: 0 };
  view.input.addEventListener("input", () => fill(view, source));
  view.input.addEventListener("keydown", (event) => steer(event, view));
  view.list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) window.location.assign(option.dataset.url);
  });
  pages = pages || (await load(source.dataset.paletteUrl, ""));
  fill(view, source);
}

async function load(url, words) {
  try {
    const answer = await fetch(words ? `${url}?q=${encodeURIComponent(words)}` : url, { credentials: "same-origin" });
    return answer.ok ? (await answer.json()).items : [];
  } catch (problem) {
    return [];
  }
}

async function fill(view, source) {
  const words = view.input.value.trim().toLowerCase();
  let found = pages.filter((item) => !words || `${item.label} ${item.hint || ""} ${item.keys || ""}`.toLowerCase().includes(words));
  draw(view, found);
  if (!words || !source.dataset.paletteSearch) return;
  const more = await load(source.dataset.paletteSearch, words);
  if (view.input.value.trim().toLowerCase() === words) draw(view, found.concat(more));
}

function draw(view, items) {
  view.at = 0;
  view.list.textContent = "";
  items.slice(0, 30).forEach((item, index) => {
    const option = document.createElement("li");
    option.id = `palette-${index}`;
    option.setAttribute("role", "option");
    option.dataset.url = item.url;
    const label = document.createElement("span");
    label.textContent = item.label;
    const hint = document.createElement("small");
    hint.textContent = item.hint || "";
    option.append(label, hint);
    view.list.append(option);
  });
  view.none.hidden = items.length > 0;
  mark(view);
}

function mark(view) {
  [...view.list.children].forEach((option, index) => {
    option.setAttribute("aria-selected", String(index === view.at));
    if (index === view.at) option.scrollIntoView({ block: "nearest" });
  });
  const current = view.list.children[view.at];
  view.input.setAttribute("aria-activedescendant", current ? current.id : "");
}

function steer(event, view) {
  const count = view.list.children.length;
  if (!count) return;
  if (event.key === "ArrowDown") view.at = (view.at + 1) % count;
  else if (event.key === "ArrowUp") view.at = (view.at + count - 1) % count;
  else if (event.key === "Enter") {
    event.preventDefault();
    return window.location.assign(view.list.children[view.at].dataset.url);
  } else return;
  event.preventDefault();
  mark(view);
}
