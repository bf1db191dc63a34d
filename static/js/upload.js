/* <form data-upload> with <input type=file>: each file is sent on its own, with progress, cancel and retry.
   The server answers 200/201 {"row": html of {% file_row %}} or 4xx {"error": sentence}; a row with
   data-poll is asked for again until the check is over ({"row": html} or plain html, plus
   "fragments" as in autosave.js). Without this file the form uploads in the ordinary way. */
(function () {
  "use strict";
  var p = window.portal;
  var FIRST_PAUSE = 800, LONGEST_PAUSE = 5000, AT_ONCE = 2;

  function Upload(form) {
    var self = this;
    this.form = form;
    this.input = p.one("input[type=file]", form);
    this.waiting = [];
    this.running = 0;
    this.list = document.getElementById(form.getAttribute("data-upload")) || p.one("[data-upload-list]", form);
    if (!this.input || !this.list) { return; }
    form.classList.add("is-enhanced");
    this.input.addEventListener("change", function () { self.take(self.input.files); self.input.value = ""; });
    form.addEventListener("submit", function (ev) {
      if (ev.submitter && ev.submitter.hasAttribute("formaction")) { return; }
      if (self.input.files.length) { ev.preventDefault(); self.take(self.input.files); self.input.value = ""; }
    });
    this.dropping();
    window.addEventListener("beforeunload", function (ev) {
      if (self.running || self.waiting.length) { ev.preventDefault(); ev.returnValue = ""; }
    });
  }
  Upload.prototype.dropping = function () {
    var place = p.one(".drop", this.form), self = this, depth = 0;
    if (!place) { return; }
    function over(ev, by) { ev.preventDefault(); depth += by; place.classList.toggle("is-over", depth > 0); }
    place.addEventListener("dragenter", function (ev) { over(ev, 1); });
    place.addEventListener("dragover", function (ev) { ev.preventDefault(); });
    place.addEventListener("dragleave", function (ev) { over(ev, -1); });
    place.addEventListener("drop", function (ev) {
      over(ev, -depth);
      if (ev.dataTransfer && ev.dataTransfer.files.length) { self.take(ev.dataTransfer.files); }
    });
  };
  Upload.prototype.take = function (files) {
    var self = this;
    Array.prototype.forEach.call(files, function (file) { self.waiting.push(new Row(self, file)); });
    this.next();
  };
  Upload.prototype.next = function () {
    while (this.running < AT_ONCE && this.waiting.length) { this.waiting.shift().start(); }
  };

  function Row(owner, file) {
    this.owner = owner;
    this.file = file;
    this.el = p.make("li", "upload");
    var sign = p.make("span", "file__icon" + (/^image\//.test(file.type) ? " file__icon--img" : /pdf$/.test(file.type) ? " file__icon--pdf" : ""));
    sign.appendChild(p.icon(/^image\//.test(file.type) ? "image" : "file"));
    var main = p.make("span", "upload__main");
    main.appendChild(p.make("b", "", file.name));
    this.bar = p.make("progress", "bar");
    this.bar.max = 100;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.state = p.make("small", "muted num");
    this.state.setAttribute("role", "status");
    this.buttons = p.make("span", "row");
    main.appendChild(this.bar);
    main.appendChild(this.state);
    this.el.appendChild(sign);
    this.el.appendChild(main);
    this.el.appendChild(this.buttons);
    owner.list.appendChild(this.el);
  }
  Row.prototype.button = function (name, act) {
    var button = p.make("button", "btn btn--sm", p.word(name)), self = this;
    button.type = "button";
    button.appendChild(p.make("span", "sr-only", ": " + this.file.name));
    button.addEventListener("click", function () { act.call(self); });
    this.buttons.appendChild(button);
    return button;
  };
  Row.prototype.start = function () {
    var self = this, owner = this.owner, request = new XMLHttpRequest(), data = new FormData();
    p.all("input[type=hidden], select, input[type=text]", owner.form).forEach(function (el) {
      if (el.name && !el.disabled) { data.append(el.name, el.value); }
    });
    data.append(owner.input.name, this.file, this.file.name);
    owner.running += 1;
    this.bar.hidden = false;
    this.state.className = "muted num";
    this.buttons.textContent = "";
    this.button("cancel", function () { request.abort(); });
    request.upload.addEventListener("progress", function (ev) { if (ev.lengthComputable) { self.progress(ev.loaded / ev.total); } });
    request.addEventListener("loadend", function () {
      owner.running -= 1;
      self.finish(request);
      owner.next();
    });
    request.addEventListener("abort", function () { self.cancelled = true; });
    request.open("POST", owner.form.action);
    request.setRequestHeader("X-Requested-With", "upload");
    request.setRequestHeader("X-CSRFToken", p.csrf(owner.form));
    request.setRequestHeader("Accept", "application/json");
    this.cancelled = false;
    this.progress(0);
    request.send(data);
  };
  Row.prototype.progress = function (part) {
    var percent = Math.floor(part * 100);
    this.bar.value = percent;
    /* Screen readers hear the start, the quarters and the end, not every percent. */
    if (percent % 25 === 0 || !this.state.textContent) { this.state.textContent = percent < 100 ? p.word("uploading") + " " + percent + "%" : p.word("checking"); }
  };
  Row.prototype.finish = function (request) {
    var body = null;
    try { body = JSON.parse(request.responseText); } catch (e) { /* no answer, or a page */ }
    if (this.cancelled) { this.fail(p.word("cancelled"), true); return; }
    if (request.status >= 200 && request.status < 300 && body && body.row) {
      replace(this.el, body);
      return;
    }
    if (request.status === 401) { this.fail(p.word("sessionEnded"), true); return; }
    if (request.status === 413) { this.fail(body && body.error || p.word("uploadTooBig"), false); return; }
    this.fail(body && body.error || p.word("uploadFailed"), !(body && body.error));
  };
  Row.prototype.fail = function (sentence, again) {
    this.bar.hidden = true;
    this.state.className = "error";
    this.state.textContent = "";
    this.state.appendChild(p.icon("alert"));
    this.state.appendChild(p.make("span", "", sentence));
    this.buttons.textContent = "";
    if (again) { this.button("retry", function () { this.owner.waiting.push(this); this.owner.next(); }); }
    this.button("discard", function () { this.el.parentNode.removeChild(this.el); });
  };

  /* Puts the server's row in place of the old one and follows its check. */
  function replace(old, body) {
    var row = p.parse(body.row);
    old.parentNode.replaceChild(row, old);
    Object.keys(body.fragments || {}).forEach(function (selector) {
      p.all(selector).forEach(function (place) { place.innerHTML = body.fragments[selector]; });
    });
    follow(row);
  }
  function follow(row) {
    if (!row || !row.getAttribute("data-poll")) { return; }
    var pause = FIRST_PAUSE;
    function again() { setTimeout(ask, pause); pause = Math.min(LONGEST_PAUSE, pause * 1.5); }
    function ask() {
      if (!document.contains(row)) { return; }
      fetch(row.getAttribute("data-poll"), { credentials: "same-origin", redirect: "manual", headers: { "X-Requested-With": "poll", "Accept": "application/json" } })
        .then(function (response) { return response.ok ? response.text() : null; })
        .then(function (text) {
          if (text === null) { again(); return; }
          var body;
          try { body = JSON.parse(text); } catch (e) { body = { row: text }; }
          if (!body.row || p.parse(body.row).getAttribute("data-poll")) { again(); return; }
          replace(row, body);
        }, again);
    }
    again();
  }

  p.all("form[data-upload]").forEach(function (form) { new Upload(form); });
  p.all("[data-poll]").forEach(follow);
})();
