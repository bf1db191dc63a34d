/* data-asked-for="name=value": shown only while that choice is made ("name" alone: while it is ticked).
   Without this script everything is shown, and the server takes what belongs to the choice. */
(function () {
  "use strict";
  var p = window.portal;

  function chosen(form, name) {
    var field = p.one("[name=\"" + name + "\"]:checked, select[name=\"" + name + "\"]", form);
    return field ? field.value : null;
  }

  p.all("form").forEach(function (form) {
    var parts = p.all("[data-asked-for]", form);
    if (!parts.length) { return; }
    function show() {
      parts.forEach(function (part) {
        var rule = part.getAttribute("data-asked-for").split("="), value = chosen(form, rule[0]);
        part.hidden = rule.length > 1 ? value !== rule[1] : value === null;
      });
    }
    form.addEventListener("change", show);
    show();
  });
})();
