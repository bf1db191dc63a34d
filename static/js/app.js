/* Small enhancements of every page. No eval, no inline handlers, no inline styles; Chromium 86.
   Every page works without it. Other files use window.portal. */
(function () {
  "use strict";
  var root = document.documentElement;
  var one = function (selector, where) { return (where || document).querySelector(selector); };
  var all = function (selector, where) { return Array.prototype.slice.call((where || document).querySelectorAll(selector)); };

  /* The page's own words: data-word-... attributes of #words; {n} is replaced by `value`. */
  function word(name, value) {
    var words = document.getElementById("words");
    var text = words && words.dataset["word" + name.charAt(0).toUpperCase() + name.slice(1)] || "";
    return value === undefined ? text : text.replace("{n}", value);
  }
  function icon(name) {
    var space = "http://www.w3.org/2000/svg";
    var svg = document.createElementNS(space, "svg");
    var use = document.createElementNS(space, "use");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
    use.setAttribute("href", root.dataset.sprite + "#" + name);
    svg.appendChild(use);
    return svg;
  }
  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) { element.className = className; }
    if (text) { element.textContent = text; }
    return element;
  }
  /* A message box like {% note %}; returns {box, text} so that the caller can add a button to text. */
  function note(kind, sentence, role) {
    var icons = { info: "info", ok: "check-circle", warn: "alert", bad: "x-circle" };
    var box = make("div", "note note--" + kind);
    var text = make("div", "note__text");
    if (role) { box.setAttribute("role", role); }
    text.appendChild(make("p", "", sentence));
    box.appendChild(icon(icons[kind]));
    box.appendChild(text);
    return { box: box, text: text };
  }
  function csrf(form) {
    var input = one("input[name=csrfmiddlewaretoken]", form || document);
    return input ? input.value : "";
  }
  /* Turns server html of one element into that element. */
  function parse(html) {
    var holder = document.createElement("template");
    holder.innerHTML = html.trim();
    return holder.content.firstElementChild;
  }
  /* On a telephone the sections of a form lie side by side: the current one is brought into sight. */
  function showStep() {
    all(".form-nav [aria-current=step]").forEach(function (el) { el.closest("ol").scrollLeft = el.parentNode.offsetLeft - 16; });
  }
  window.portal = { showStep: showStep, one: one, all: all, word: word, icon: icon, make: make, note: note, csrf: csrf, parse: parse };

  function setOpen(toggle, open) {
    var box = document.getElementById(toggle.getAttribute("aria-controls"));
    if (!box) { return; }
    box.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
    if (open) { var first = one("a, button", box); if (first) { first.focus(); } }
  }
  function closeNav(focus) {
    all("[data-do=toggle][aria-expanded=true]").forEach(function (toggle) {
      setOpen(toggle, false);
      if (focus) { toggle.focus(); }
    });
  }
  function openDialog(dialog) { if (dialog.showModal) { dialog.showModal(); } else { dialog.setAttribute("open", ""); } }
  function closeDialog(dialog) { if (dialog.close) { dialog.close(); } else { dialog.removeAttribute("open"); } }

  var waiting = null; // the submit button whose dialog is open
  var actions = {
    toggle: function (el, ev) { ev.preventDefault(); setOpen(el, el.getAttribute("aria-expanded") !== "true"); },
    "close-nav": function (el, ev) { ev.preventDefault(); closeNav(true); },
    size: function (el) {
      var large = root.getAttribute("data-size") !== "large";
      if (large) { root.setAttribute("data-size", "large"); } else { root.removeAttribute("data-size"); }
      showSize();
      try { localStorage.setItem("size", large ? "large" : ""); } catch (e) { /* storage is blocked */ }
    },
    /* A submit button with data-do=dialog first asks; the dialog's data-do=proceed button sends the form. */
    dialog: function (el, ev) {
      var dialog = document.getElementById(el.getAttribute("data-target"));
      if (!dialog || el === waiting) { return; }
      if (el.form && el.type === "submit") {
        if (!el.form.noValidate && !el.form.reportValidity()) { ev.preventDefault(); return; }
        dialog.opener = el;
      }
      ev.preventDefault();
      document.dispatchEvent(new CustomEvent("portal:dialog", { detail: { dialog: dialog, button: el } }));
      openDialog(dialog);
    },
    proceed: function (el, ev) {
      var dialog = el.closest("dialog");
      ev.preventDefault();
      closeDialog(dialog);
      if (dialog.opener) {
        waiting = dialog.opener;
        dialog.opener.click();
        waiting = null;
      }
    },
    close: function (el, ev) { ev.preventDefault(); closeDialog(el.closest("dialog")); },
    phrase: function (el) {
      var area = document.getElementById(el.getAttribute("data-target"));
      var text = area.value.replace(/\s+$/, "");
      area.value = text + (text ? "\n" : "") + el.textContent.trim();
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    },
    print: function () { window.print(); }
  };
  document.addEventListener("click", function (ev) {
    var el = ev.target.closest ? ev.target.closest("[data-do]") : null;
    if (el && actions[el.dataset.do]) { actions[el.dataset.do](el, ev); }
    all("details[data-menu][open]").forEach(function (menu) { if (!menu.contains(ev.target)) { menu.open = false; } });
    var open = one(".shell__side.is-open, .site-nav.is-open");
    if (open && !el && !open.contains(ev.target)) { closeNav(false); }
  });
  document.addEventListener("keydown", function (ev) {
    if (ev.key === "Escape") {
      closeNav(true);
      all("details[data-menu][open]").forEach(function (menu) { menu.open = false; one("summary", menu).focus(); });
    }
    if (ev.key === " " && ev.target.matches && ev.target.matches("a[role=button]")) { ev.preventDefault(); ev.target.click(); }
  });

  /* data-once: the second press of a submit button does nothing (the server guards as well). */
  document.addEventListener("submit", function (ev) {
    var form = ev.target;
    if (!form.hasAttribute("data-once") || ev.defaultPrevented) { return; }
    if (form.dataset.sent) { ev.preventDefault(); return; }
    form.dataset.sent = "1";
    all("button[type=submit], input[type=submit]", form).concat(all("button[form=\"" + form.id + "\"]")).forEach(function (button) {
      button.setAttribute("aria-disabled", "true");
    });
  });
  window.addEventListener("pageshow", function (ev) {
    if (!ev.persisted) { return; }
    all("form[data-once]").forEach(function (form) { delete form.dataset.sent; });
    all("button[aria-disabled=true]").forEach(function (button) { button.removeAttribute("aria-disabled"); });
  });

  /* Character counters: the control names the element in data-count. Also for rows added later. */
  function count(control) {
    var out = document.getElementById(control.dataset.count);
    if (out) { out.textContent = control.value.length + " / " + control.maxLength; }
  }
  document.addEventListener("input", function (ev) { if (ev.target.dataset && ev.target.dataset.count) { count(ev.target); } });
  all("[data-count]").forEach(count);

  function showSize() {
    var large = root.getAttribute("data-size") === "large";
    all("[data-do=size]").forEach(function (button) { button.setAttribute("aria-pressed", String(large)); });
  }
  showSize();
  showStep();
  var summary = one("[data-error-summary]");
  if (summary) { summary.focus(); }
})();
