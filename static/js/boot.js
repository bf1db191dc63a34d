/* Runs before the first paint: marks that JavaScript is on and restores large text. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    if (localStorage.getItem("size") === "large") { root.setAttribute("data-size", "large"); }
  } catch (e) { /* storage is blocked: normal size */ }
})();
