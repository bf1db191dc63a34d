/* <form data-choose>: the drop zone takes one file, and says which. Without it the plain file input does. */
(function () {
  "use strict";
  var p = window.portal;

  p.all("form[data-choose]").forEach(function (form) {
    var input = p.one("input[type=file]", form), place = p.one(".drop", form), said = p.one("[data-chosen]", form), depth = 0;
    if (!input || !place || !said || !window.DataTransfer) { return; }
    form.classList.add("is-enhanced");
    function show() {
      said.hidden = !input.files.length;
      said.textContent = input.files.length ? input.files[0].name : "";
    }
    function over(ev, by) { ev.preventDefault(); depth += by; place.classList.toggle("is-over", depth > 0); }
    input.addEventListener("change", show);
    place.addEventListener("dragenter", function (ev) { over(ev, 1); });
    place.addEventListener("dragover", function (ev) { ev.preventDefault(); });
    place.addEventListener("dragleave", function (ev) { over(ev, -1); });
    place.addEventListener("drop", function (ev) {
      over(ev, -depth);
      if (ev.dataTransfer && ev.dataTransfer.files.length) { input.files = ev.dataTransfer.files; show(); }
    });
    show();
  });
})();
