// A check-in carries what the person's own clock says, beside the server's time.
document.addEventListener("submit", (event) => {
  const field = event.target.querySelector("input[name=device_at]");
  if (field) field.value = new Date().toISOString();
});
