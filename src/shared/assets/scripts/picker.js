// People (and other long lists) found by name or pinyin. Without this the <select> below works as it is.
import TomSelect from "tom-select/dist/esm/tom-select.js";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";

TomSelect.define("remove_button", removeButton);

export function pickers(root) {
  root.querySelectorAll("select[data-picker]:not(.tomselected)").forEach(dress);
}

function dress(select) {
  const { pickerUrl: url, pickerNone: none, pickerRemove: remove } = select.dataset;
  const picker = new TomSelect(select, {
    plugins: select.multiple ? { remove_button: { title: remove } } : {},
    valueField: "value",
    labelField: "text",
    searchField: ["text", "detail", "pinyin"],
    maxOptions: 50,
    hidePlaceholder: true,
    closeAfterSelect: !select.multiple,
    loadThrottle: 200,
    // The server already matched by pinyin: show its answer, do not filter it again.
    score: url ? () => () => 1 : undefined,
    load: url ? (words, done) => ask(url, words).then((found) => replace(picker, found, done), () => done()) : undefined,
    render: { option, no_results: () => element("div", "no-results", none) },
  });
  picker.control_input.setAttribute("aria-autocomplete", "list");
  describe(select, picker);
}

// Only what was found stays in the list, and what is already chosen.
function replace(picker, found, done) {
  picker.clearOptions();
  done(found);
}

async function ask(url, words) {
  const answer = await fetch(`${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(words)}`, { credentials: "same-origin" });
  return answer.ok ? (await answer.json()).results : [];
}

function option(item) {
  const row = element("div", "option");
  row.append(element("span", "", item.text));
  if (item.detail) row.append(element("span", "detail", item.detail));
  return row;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

// Help and error texts belong to the visible input now.
function describe(select, picker) {
  select.setAttribute("aria-hidden", "true");
  ["aria-describedby", "aria-invalid"].forEach((name) => {
    const value = select.getAttribute(name);
    if (value) picker.control_input.setAttribute(name, value);
  });
}
