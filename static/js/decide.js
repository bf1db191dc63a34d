/* The decision panel: shows what the chosen conclusion needs, asks again before what cannot be undone.
   Without it every field is shown and the server asks again on a page of its own. */
(function () {
  "use strict";
  var p = window.portal;
  var form = document.getElementById("act");
  if (!form) { return; }
  var button = p.one("[data-act]", form), offers = document.getElementById("offers");
  var confirmed = p.one("input[name=confirmed]", form);
  var chosen = value();

  function radio() { return p.one("input[type=radio][name=action]:checked", form); }
  function value() { return radio() ? radio().value : ""; }
  function show() {
    var input = radio();
    var needs = input ? input.dataset.needs.split(" ") : [];
    p.all("[data-for]", form).forEach(function (box) { box.hidden = needs.indexOf(box.dataset.for) < 0; });
    if (button) {
      if (input && input.hasAttribute("data-asks")) { button.setAttribute("data-do", "dialog"); } else { button.removeAttribute("data-do"); }
    }
  }
  function showText(tick) {
    var text = p.one(".remarks__text", tick.closest(".remarks__row"));
    var area = p.one("textarea", text);
    text.hidden = !tick.checked && !area.value;
  }
  p.all(".remarks__row input[type=checkbox]", form).forEach(showText);
  form.addEventListener("change", function (ev) {
    if (ev.target.name === "action") { chosen = value(); confirmed.value = ""; show(); }
    if (ev.target.closest(".remarks__row") && ev.target.type === "checkbox") {
      showText(ev.target);
      if (ev.target.checked) { p.one("textarea", ev.target.closest(".remarks__row")).focus(); }
    }
  });
  document.addEventListener("portal:dialog", function (ev) {
    if (ev.detail.button !== button) { return; }
    var input = radio();
    var label = input && p.one("b", input.nextElementSibling), hint = input && p.one("small", input.nextElementSibling);
    p.all("[data-chosen=action]", ev.detail.dialog).forEach(function (out) { out.textContent = label ? label.textContent : ""; });
    p.one("[data-chosen-hint]", ev.detail.dialog).textContent = hint ? hint.textContent : "";
    var needs = input ? input.dataset.needs.split(" ") : [];
    p.all("[data-dialog-for]", ev.detail.dialog).forEach(function (box) { box.hidden = needs.indexOf(box.dataset.dialogFor) < 0; });
    p.all("[data-document-on]", ev.detail.dialog).forEach(function (out) { out.textContent = document.getElementById("id_document_on").value; });
    confirmed.value = "1";
  });
  /* A saved judgement brings the offers anew: what was chosen stays chosen while it is still offered. */
  if (offers && window.MutationObserver) {
    new MutationObserver(function () {
      p.all("input[type=radio]", offers).forEach(function (input) { if (input.value === chosen && !input.disabled) { input.checked = true; } });
      show();
    }).observe(offers, { childList: true });
  }
  show();
})();
