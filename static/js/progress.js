/* data-progress names an address that says how far the work is: {"open", "percent", "note", "failed"}.
   While it is open the bar follows; then the page is loaded anew. With data-progress-stays it is not, as
   somebody may be filling in what stands beside: what waits in data-progress-done is shown instead.
   Without this file a page with nothing else to do reloads itself. */
(function () {
  "use strict";
  var p = window.portal;
  var FIRST_PAUSE = 800, LONGEST_PAUSE = 5000;

  function follow(box) {
    var bar = p.one("progress", box), note = p.one("[data-progress-note]", box), pause = FIRST_PAUSE;
    var stays = box.hasAttribute("data-progress-stays");
    function again() { setTimeout(ask, pause); pause = Math.min(LONGEST_PAUSE, pause * 1.3); }
    function say(text) {
      /* A status region speaks whenever its text is set: only when it differs. */
      if (note.textContent !== text) { note.textContent = text; }
    }
    function show(told) {
      if (!told.open) { end(told); return; }
      if (told.percent === null) { bar.removeAttribute("value"); } else { bar.value = told.percent; }
      say(told.note);
      again();
    }
    function end(told) {
      if (!stays) { window.location.reload(); return; }
      if (told.failed) { bar.hidden = true; say(told.note); return; }
      p.one("[data-progress-work]", box).hidden = true;
      p.one("[data-progress-done]", box).hidden = false;
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
