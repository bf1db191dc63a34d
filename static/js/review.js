/* Review page: a verdict chosen for a clause shows in its tag, in the ring and in the tally.
   Nothing is kept in the browser; the form is saved by autosave.js or by its button. */
(function () {
  "use strict";
  var p = window.portal;
  var LENGTH = 2 * Math.PI * 32;

  /* The clauses that a person must judge; others may be judged too, but do not count. */
  function clauses() { return p.all(".clause").filter(function (clause) { return p.one("[data-needed] .seg input", clause); }); }
  function showVerdict(clause, input) {
    var tag = p.one("summary [data-verdict]", clause);
    var use = p.one("use", input.nextElementSibling);
    if (!tag) { return; }
    tag.className = "tag tag--" + input.dataset.look;
    p.one("use", tag).setAttribute("href", use.getAttribute("href"));
    p.one("span", tag).textContent = input.nextElementSibling.textContent.trim();
  }
  function tally() {
    var all = clauses(), words = {}, done = 0;
    all.forEach(function (clause) {
      var input = p.one(".seg input:checked", clause);
      if (!input) { return; }
      var text = input.nextElementSibling.textContent.trim();
      words[text] = (words[text] || 0) + 1;
      done += 1;
    });
    var ring = p.one("[data-ring]");
    if (!ring || !all.length) { return; }
    ring.setAttribute("stroke-dasharray", (LENGTH * done / all.length).toFixed(1) + " " + LENGTH.toFixed(1));
    p.one("[data-ring-text]").textContent = done + "/" + all.length;
    p.one("[data-ring-left]").textContent = done === all.length ? p.word("noneLeft") : p.word("left", all.length - done);
    p.one("[data-ring-tally]").textContent = Object.keys(words).map(function (text) { return text + " " + words[text]; }).join(" · ");
  }
  document.addEventListener("change", function (ev) {
    var seg = ev.target.closest ? ev.target.closest(".clause .seg") : null;
    if (!seg) { return; }
    showVerdict(seg.closest(".clause"), ev.target);
    tally();
  });
  /* The confirm dialog of decide.js also says when clauses are left. */
  document.addEventListener("portal:dialog", function (ev) {
    p.all("[data-unchecked]", ev.detail.dialog).forEach(function (box) {
      var left = clauses().filter(function (clause) { return !p.one(".seg input:checked", clause); });
      box.hidden = left.length === 0;
    });
  });
  tally();
})();
