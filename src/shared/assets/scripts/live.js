// One polite voice for screen readers.
export function announce(text) {
  const voice = document.getElementById("live");
  if (voice && voice.textContent !== text) voice.textContent = text;
}

