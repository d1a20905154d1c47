// The address of a page, copied by a button or given to what else shares things on the device.
// Without this it stands on the page as a link.

for (const place of document.querySelectorAll("[data-share]")) {
  const address = place.querySelector("a").href, said = place.querySelector("[role=status]");
  const copies = place.querySelector("[data-copies]"), passes = place.querySelector("[data-passes]");
  if (navigator.clipboard) {
    copies.hidden = false;
    copies.addEventListener("click", async () => {
      const copied = await navigator.clipboard.writeText(address).then(() => true, () => false);
      said.textContent = copied ? said.dataset.done : said.dataset.failed;
    });
  }
  if (navigator.share) {
    passes.hidden = false;
    // Whoever changes their mind is told nothing.
    passes.addEventListener("click", () => navigator.share({ title: document.title, url: address }).catch(() => {}));
  }
}
