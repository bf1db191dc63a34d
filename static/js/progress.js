/* data-progress names an address that says how far the work is: {"open", "percent", "note"}.
   While it is open the bar follows; then the page is loaded anew. Without this file the page reloads itself. */
(function () {
  "use strict";
  var p = window.portal;
  var FIRST_PAUSE = 800, LONGEST_PAUSE = 5000;

  function follow(box) {
    var bar = p.one("progress", box), note = p.one("[data-progress-note]", box), pause = FIRST_PAUSE;
    function again() { setTimeout(ask, pause); pause = Math.min(LONGEST_PAUSE, pause * 1.3); }
    function show(told) {
      if (!told.open) { window.location.reload(); return; }
      if (told.percent === null) { bar.removeAttribute("value"); } else { bar.value = told.percent; }
      /* A status region speaks whenever its text is set: only when it differs. */
      if (note.textContent !== told.note) { note.textContent = told.note; }
      again();
    }
    function ask() {
      fetch(box.getAttribute("data-progress"), { credentials: "same-origin", redirect: "manual", headers: { "X-Requested-With": "poll", "Accept": "application/json" } })
        .then(function (response) { return response.ok ? response.json() : null; })
        .then(function (told) { if (told === null) { again(); } else { show(told); } })
        .catch(again);
    }
    again();
  }
  p.all("[data-progress]").forEach(follow);
})();
