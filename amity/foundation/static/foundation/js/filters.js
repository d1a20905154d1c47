/* A filter form (form[data-auto-submit]) takes effect as soon as a choice is made with the pointer.
   Keyboard readers keep the button: moving through a select with arrow keys must not leave the page.
   Fields left empty are not sent, so that the address stays short. */
for (const form of document.querySelectorAll("form[data-auto-submit]")) {
  let byKeyboard = false;
  form.addEventListener("keydown", () => { byKeyboard = true; });
  form.addEventListener("pointerdown", () => { byKeyboard = false; });
  form.addEventListener("change", () => { if (!byKeyboard) form.requestSubmit(); });
  form.addEventListener("submit", () => {
    for (const field of form.querySelectorAll("select, input")) if (!field.value) field.disabled = true;
  });
  addEventListener("pageshow", () => {
    for (const field of form.querySelectorAll(":disabled")) field.disabled = false;
  });
}
