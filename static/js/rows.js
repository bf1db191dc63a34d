/* Adds and removes rows of {% form_rows %} without a round trip. Without it the buttons submit the form. */
(function () {
  "use strict";
  var p = window.portal;

  function key() {
    var bytes = new Uint8Array(16);
    window.crypto.getRandomValues(bytes);
    bytes[6] = bytes[6] & 15 | 64;
    bytes[8] = bytes[8] & 63 | 128;
    var hex = Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }
  function renumber(box) {
    p.all("[data-row]", box).filter(function (row) { return !row.hidden; }).forEach(function (row, index) {
      var out = p.one("[data-row-number]", row);
      if (out) { out.textContent = index + 1; }
    });
  }
  function changed(box) { box.dispatchEvent(new Event("change", { bubbles: true })); }

  function add(box) {
    var total = p.one("input[name=\"" + box.dataset.rows + "-TOTAL_FORMS\"]", box);
    var html = p.one("template[data-row-template]", box).innerHTML.replace(/__prefix__/g, total.value);
    var row = p.parse(html);
    var rowKey = key();
    row.setAttribute("data-row-key", rowKey);
    var input = p.one("[data-row-key-input]", row);
    if (input) { input.value = rowKey; }
    total.value = Number(total.value) + 1;
    p.one("[data-rows-list]", box).appendChild(row);
    renumber(box);
    p.all("[data-count]", row).forEach(function (el) { el.dispatchEvent(new Event("input", { bubbles: true })); });
    var first = p.one("input:not([type=hidden]), select, textarea", row);
    if (first) { first.focus(); }
    return row;
  }
  function remove(box, row) {
    var mark = p.one("[data-row-delete]", row);
    var heading = p.one("h3", row);
    var told = p.note("info", p.word("rowRemoved", heading ? heading.textContent.trim().replace(/\s+/g, " ") : ""), "status");
    var undo = p.make("button", "btn btn--sm", p.word("undo"));
    undo.type = "button";
    /* What is hidden must not stop the form with a message that nobody sees. */
    var required = p.all("[required]", row);
    required.forEach(function (el) { el.required = false; });
    undo.addEventListener("click", function () {
      required.forEach(function (el) { el.required = true; });
      mark.checked = false;
      row.hidden = false;
      told.box.parentNode.removeChild(told.box);
      renumber(box);
      changed(box);
      row.setAttribute("tabindex", "-1");
      row.focus();
    });
    told.text.appendChild(undo);
    mark.checked = true;
    row.hidden = true;
    row.parentNode.insertBefore(told.box, row);
    renumber(box);
    changed(box);
    undo.focus();
  }
  document.addEventListener("click", function (ev) {
    var button = ev.target.closest ? ev.target.closest("[data-row-add], [data-row-remove]") : null;
    var box = button && button.closest("[data-rows]");
    if (!box) { return; }
    ev.preventDefault();
    if (button.hasAttribute("data-row-add")) { add(box); } else { remove(box, button.closest("[data-row]")); }
  });
})();
