/* <form data-quick>: first the line, then the photo, both to the form's own address, so that a photo that gets
   lost on the way costs no text. Without this file the form sends both at once, and the server keeps the line. */
(function () {
  "use strict";
  var p = window.portal;

  p.all("form[data-quick]").forEach(function (form) {
    var inputs = p.all("input[type=file]", form), chosen = p.one("[data-chosen]", form);
    var said = p.one("[data-said]", form), bar = p.one("progress", form), button = p.one(".quick__send .btn", form);
    if (!window.fetch || !window.FormData) { return; }
    form.parentNode.classList.add("is-enhanced");

    function photo() {
      var filled = inputs.filter(function (input) { return input.files.length; })[0];
      return filled ? filled.files[0] : null;
    }
    function show() {
      var file = photo();
      chosen.hidden = !file;
      chosen.lastElementChild.textContent = file ? file.name : "";
    }
    inputs.forEach(function (input) {
      input.addEventListener("change", function () {
        inputs.forEach(function (other) { if (other !== input) { other.value = ""; } });
        show();
      });
    });
    show();

    function say(sentence, bad) {
      said.hidden = !sentence;
      said.className = bad ? "error" : "small";
      said.textContent = sentence;
    }
    function busy(is) {
      button.disabled = is;
      form.setAttribute("aria-busy", String(is));
    }
    function extra(words, act) {
      var made = p.make("button", "btn btn--block", words);
      made.type = "button";
      made.setAttribute("data-extra", "");
      made.addEventListener("click", act);
      button.parentNode.appendChild(made);
    }
    function clear() { p.all("[data-extra]", form).forEach(function (el) { el.parentNode.removeChild(el); }); }

    function data(file) {
      var all = new FormData();
      p.all("input, select", form).forEach(function (el) {
        var off = el.disabled || !el.name || el.type === "file" || (el.type === "radio" && !el.checked);
        if (!off) { all.append(el.name, el.value); }
      });
      if (file) { all.append("photo", file, file.name); }
      return all;
    }
    function send(file, then, lost) {
      var request = new XMLHttpRequest();
      request.upload.addEventListener("progress", function (ev) {
        if (file && ev.lengthComputable) { bar.value = Math.floor(100 * ev.loaded / ev.total); }
      });
      request.addEventListener("loadend", function () {
        var body = null;
        try { body = JSON.parse(request.responseText); } catch (e) { /* no answer, or a page */ }
        if (body) { then(body, request.status); } else { lost(request.status); }
      });
      request.open("POST", form.action);
      request.setRequestHeader("X-Requested-With", "quick");
      request.setRequestHeader("X-CSRFToken", p.csrf(form));
      request.send(data(file));
    }

    /* An answer that is a page: the session ended, or the server said no. The form itself brings both to light. */
    function plainly() {
      inputs.forEach(function (input) { input.disabled = true; });
      HTMLFormElement.prototype.submit.call(form);
    }
    function sendPhoto(done) {
      clear();
      busy(true);
      bar.hidden = false;
      bar.value = 0;
      say(form.dataset.photo, false);
      function failed(sentence) {
        bar.hidden = true;
        say(sentence, true);
        extra(form.dataset.again, function () { sendPhoto(done); });
        extra(form.dataset.without, function () { window.location.assign(done); });
      }
      send(photo(), function (body) {
        if (body.problem) { failed(form.dataset.lost + " " + body.problem); } else { window.location.assign(body.done); }
      }, function () { failed(form.dataset.lost); });
    }
    function sendLine() {
      clear();
      busy(true);
      say(form.dataset.sending, false);
      send(null, function (body) {
        if (body.done) {
          if (photo()) { sendPhoto(body.done); } else { window.location.assign(body.done); }
          return;
        }
        busy(false);
        say(body.problem, true);
        if (body.closed) {
          extra(form.dataset.activity, function () {
            p.one("input[name=what][value=activity]", form).checked = true;
            sendLine();
          });
        }
      }, function (status) {
        if (status) { plainly(); return; }
        busy(false);
        say(form.dataset.offline, true);
      });
    }
    form.addEventListener("submit", function (ev) {
      ev.preventDefault();
      if (!button.disabled) { sendLine(); }
    });
  });
})();
