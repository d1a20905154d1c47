/* Applies the reader's choice of light or dark before the page is painted; without a choice the
   device decides. A classic script in the head: it must run before the first line of the body. */
(function () {
  "use strict";
  var KEY = "amity-theme";
  var chosen = null;
  try { chosen = localStorage.getItem(KEY); } catch (refused) { chosen = null; }
  function apply(theme) {
    if (theme === "light" || theme === "dark") { document.documentElement.dataset.theme = theme; }
    else { delete document.documentElement.dataset.theme; }
  }
  apply(chosen);
  document.addEventListener("DOMContentLoaded", function () {
    var set = document.querySelector("[data-theme-switch]");
    if (!set) { return; }
    set.hidden = false;
    set.querySelectorAll("input").forEach(function (input) {
      input.checked = input.value === (chosen || "system");
    });
    set.addEventListener("change", function (event) {
      var theme = event.target.value;
      apply(theme);
      try {
        if (theme === "system") { localStorage.removeItem(KEY); } else { localStorage.setItem(KEY, theme); }
      } catch (refused) { /* private windows: the choice lasts for this page */ }
    });
  });
})();
