// Everything here sharpens pages that already work without it.
import { confirmations } from "./confirm.js";
import { copies } from "./copy.js";
import { forms } from "./forms.js";
import { menus } from "./menus.js";
import { palette } from "./palette.js";
import { passwords } from "./passwords.js";
import { pickers } from "./picker.js";
import { prints } from "./print.js";
import { progress } from "./progress.js";
import { tables } from "./tables.js";
import { toasts } from "./toasts.js";
import { trees } from "./tree.js";

document.documentElement.classList.add("js");

function once() {
  [menus, toasts, trees, tables, confirmations, copies, palette, progress, prints, forms, passwords].forEach((start) => start());
  pickers(document);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", once);
else once();

// Fragments that arrive later hold components too; listeners above are delegated, pickers must be built.
document.addEventListener("htmx:load", (event) => pickers(event.target));
