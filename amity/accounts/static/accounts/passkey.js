// Says on the page why a passkey was not used; django-allauth's script tells it to the console.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const elsewhere = event.detail.exception?.name === "SecurityError";
  for (const told of document.querySelectorAll("[data-passkey-fault]"))
    told.hidden = (told.dataset.passkeyFault === "elsewhere") !== elsewhere;
});
