// The rules of a new password, ticked off while it is typed. The server judges again, and by more than these.
const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

export function passwords() {
  document.querySelectorAll("input[data-password-rules]").forEach((input) => {
    const list = document.getElementById(input.dataset.passwordRules);
    const again = input.form && input.form.querySelector("input[name=again]");
    if (!list || !again) return;
    const judge = () => {
      const typed = input.value;
      tick(list, "length", typed.length >= 10 && typed.length <= 128);
      tick(list, "kinds", KINDS.filter((kind) => kind.test(typed)).length >= 3);
      tick(list, "same", typed !== "" && typed === again.value);
    };
    input.addEventListener("input", judge);
    again.addEventListener("input", judge);
    judge();
  });
}

function tick(list, rule, kept) {
  const item = list.querySelector(`[data-rule="${rule}"]`);
  if (!item) return;
  item.classList.toggle("done", kept);
  const use = item.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*$/, kept ? "#circle-check" : "#circle-dashed"));
}
