/* Drop-down menus (details.drop) close when the reader goes elsewhere or presses Escape. */
function close(menu, giveBackFocus) {
  if (!menu.open) return;
  menu.open = false;
  if (giveBackFocus) menu.querySelector("summary").focus();
}

const menus = [...document.querySelectorAll("details.drop")];

document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) close(menu, false);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) close(menu, menu.contains(document.activeElement));
});
