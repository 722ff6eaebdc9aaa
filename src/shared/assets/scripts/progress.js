// A bar polls itself by htmx. Swapping it each second would make a screen reader chatter: say only what changed.
import { announce } from "./live.js";

export function progress() {
  document.addEventListener("htmx:afterSettle", (event) => {
    const job = event.target.closest("[data-announce]");
    if (job) announce(job.dataset.announce);
  });
}
