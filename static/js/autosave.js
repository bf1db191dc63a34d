/* Saves <form data-autosave> while people type. The server answers
     200/422 {"saved_at", "version", "rows": {key: id}, "errors": {field: [..]}, "fragments": {"#selector": html}}
     409     {"conflict": html} or html     401 the session has ended
   Anything else is tried again with growing pauses. The save button of the form works without this file. */
(function () {
  "use strict";
  var p = window.portal;
  var PAUSE = 1500, SOON = 200, TIMEOUT = 30000, LONGEST = 60;

  function two(n) { return ("0" + n).slice(-2); }
  function clock(stamp) {
    var d = stamp ? new Date(stamp) : new Date();
    if (isNaN(d)) { return String(stamp); }
    return two(d.getHours()) + ":" + two(d.getMinutes()) + ":" + two(d.getSeconds());
  }

  function Autosave(form) {
    this.form = form;
    this.sending = this.stopped = this.leaving = false;
    this.failures = 0;
    this.timer = null;
    this.refused = null; // what the server did not accept; not sent again until it changes
    this.held = null; // the submit button pressed while a save was under way
    this.clean = this.snapshot();
    var self = this;
    form.addEventListener("input", function () { self.plan(PAUSE); });
    form.addEventListener("change", function () { self.plan(SOON); });
    form.addEventListener("submit", function (ev) { self.onSubmit(ev); });
    document.addEventListener("submit", function (ev) { if (ev.target !== form) { self.onOtherSubmit(ev); } }, true);
    document.addEventListener("submit", function (ev) { if (ev.target.closest("[data-conflict]")) { self.leaving = true; } });
    window.addEventListener("online", function () { if (self.failures) { self.send(); } });
    document.addEventListener("visibilitychange", function () { if (document.hidden && self.dirty()) { self.send(); } });
    window.addEventListener("beforeunload", function (ev) {
      if (!self.leaving && self.dirty()) { ev.preventDefault(); ev.returnValue = ""; }
    });
  }

  Autosave.prototype.data = function () {
    var data = new FormData(this.form);
    p.all("input[type=file]", this.form).forEach(function (el) { if (el.name) { data.delete(el.name); } });
    return data;
  };
  Autosave.prototype.snapshot = function () {
    var parts = [];
    this.data().forEach(function (value, name) { if (name !== "version" && name !== "csrfmiddlewaretoken") { parts.push(name + "=" + value); } });
    return parts.join("\u0000");
  };
  Autosave.prototype.dirty = function () { return this.snapshot() !== this.clean; };

  Autosave.prototype.say = function (text, saved) {
    p.all("[data-saved]").forEach(function (el) { if (el.textContent !== text) { el.textContent = text; } });
    p.all("[data-saved-icon]").forEach(function (el) { el.hidden = !saved; });
  };
  Autosave.prototype.plan = function (pause) {
    if (this.stopped || this.failures || !this.dirty() || this.snapshot() === this.refused) { return; }
    var self = this;
    if (!this.sending) { this.say(p.word("unsaved"), false); }
    clearTimeout(this.timer);
    this.timer = setTimeout(function () { self.send(); }, pause);
  };

  Autosave.prototype.send = function () {
    clearTimeout(this.timer);
    if (this.stopped || this.sending) { return; }
    if (!this.dirty()) { this.failures = 0; return; }
    var self = this, sent = this.snapshot();
    var stop = new AbortController(), limit = setTimeout(function () { stop.abort(); }, TIMEOUT);
    this.sending = true;
    this.say(p.word("saving"), false);
    fetch(this.form.getAttribute("data-autosave") || this.form.action, {
      method: "POST", body: this.data(), credentials: "same-origin", redirect: "manual", signal: stop.signal,
      headers: { "X-Requested-With": "autosave", "X-CSRFToken": p.csrf(this.form), "Accept": "application/json" }
    }).then(function (response) {
      return response.type === "opaqueredirect" ? { status: 401, text: "" } :
        response.text().then(function (text) { return { status: response.status, text: text }; });
    }).then(function (answer) { self.onAnswer(answer, sent); }, function () { self.onFailure(); })
      .then(function () {
        clearTimeout(limit);
        self.sending = false;
        self.afterwards();
      });
  };
  /* What waited while a save was under way: a pressed submit button, or newer text. */
  Autosave.prototype.afterwards = function () {
    var held = this.held;
    this.held = null;
    if (held && held.form && held.form.requestSubmit) { held.form.requestSubmit(held); return; }
    if (held) { held.click(); return; }
    this.plan(PAUSE);
  };

  Autosave.prototype.onAnswer = function (answer, sent) {
    var body = null;
    try { body = JSON.parse(answer.text); } catch (e) { /* html or nothing */ }
    if (answer.status === 401) { this.onSessionEnd(); return; }
    if (answer.status === 409) { this.onConflict(body ? body.conflict : answer.text); return; }
    if (body && (answer.status === 200 || answer.status === 422)) { this.onSaved(body, sent); return; }
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) { this.onFailure(); return; }
    this.halt(body && body.error || p.word("stopped"));
  };
  Autosave.prototype.onSaved = function (body, sent) {
    this.failures = 0;
    this.takeVersion(body.version);
    this.takeRows(body.rows || {});
    this.showErrors(body.errors || {});
    this.replaceFragments(body.fragments || {});
    var wrong = Object.keys(body.errors || {}).length > 0;
    /* With saved_at everything was kept, even beside errors; without it nothing was, and leaving warns. */
    var kept = Boolean(body.saved_at) || !wrong;
    this.refused = kept ? null : sent;
    if (kept) { this.clean = this.afterRows(sent); }
    this.say(kept ? p.word("saved", clock(body.saved_at)) : p.word("invalid"), kept);
  };
  /* Row ids arrive with the answer and change the form; text typed meanwhile must stay "not saved". */
  Autosave.prototype.afterRows = function (sent) { return this.typedDuring(sent) ? sent : this.snapshot(); };
  Autosave.prototype.typedDuring = function (sent) {
    var strip = function (text) { return text.replace(/(^|\u0000)[^\u0000=]*-id=[^\u0000]*/g, ""); };
    return strip(sent) !== strip(this.snapshot());
  };
  Autosave.prototype.takeVersion = function (version) {
    if (version === undefined || version === null) { return; }
    p.all("input[name=version]", this.form).forEach(function (el) { el.value = version; });
  };
  Autosave.prototype.takeRows = function (rows) {
    var form = this.form;
    Object.keys(rows).forEach(function (key) {
      var row = p.one("[data-row-key=\"" + key.replace(/["\\]/g, "") + "\"]", form);
      var input = row && p.one("input[type=hidden][name$=\"-id\"]", row);
      if (input && !input.value) { input.value = rows[key]; }
    });
  };
  Autosave.prototype.showErrors = function (errors) {
    p.all("[data-field]", this.form).forEach(function (box) {
      var control = p.one("input:not([type=hidden]), select, textarea", box);
      var id = (box.tagName === "FIELDSET" ? box.id : control && control.id) + "_error";
      var target = box.tagName === "FIELDSET" ? box : control;
      var old = document.getElementById(id), messages = errors[box.dataset.field];
      if (!messages || !messages.length) {
        if (old) { old.parentNode.removeChild(old); }
        if (target) { target.removeAttribute("aria-invalid"); describe(target, id, false); }
        return;
      }
      if (!old) {
        old = p.make("p", "error");
        old.id = id;
        old.appendChild(p.icon("alert"));
        old.appendChild(p.make("span"));
        var hint = p.one(".hint", box);
        box.insertBefore(old, hint && hint.parentNode === box ? hint : null);
      }
      p.one("span", old).textContent = messages.join(" ");
      if (target) { target.setAttribute("aria-invalid", "true"); describe(target, id, true); }
    });
  };
  function describe(el, id, on) {
    var ids = (el.getAttribute("aria-describedby") || "").split(/\s+/).filter(function (one) { return one && one !== id; });
    if (on) { ids.unshift(id); }
    if (ids.length) { el.setAttribute("aria-describedby", ids.join(" ")); } else { el.removeAttribute("aria-describedby"); }
  }
  /* Replaces the inside of each place; standards that were open stay open. */
  Autosave.prototype.replaceFragments = function (fragments) {
    Object.keys(fragments).forEach(function (selector) {
      p.all(selector).forEach(function (place) {
        var opened = p.all("details[open][data-clause]", place).map(function (el) { return el.dataset.clause; });
        place.innerHTML = fragments[selector];
        p.all("details[data-clause]", place).forEach(function (el) { el.open = opened.indexOf(el.dataset.clause) >= 0; });
      });
    });
    p.showStep();
  };

  Autosave.prototype.halt = function (sentence) {
    this.stopped = true;
    this.say(sentence, false);
  };
  Autosave.prototype.place = function () { return p.one("[data-conflict]") || this.form; };
  Autosave.prototype.onConflict = function (html) {
    this.halt(p.word("conflict"));
    var place = this.place();
    if (place === this.form) { return; }
    place.innerHTML = html || "";
    if (!place.firstElementChild) { place.appendChild(p.note("warn", p.word("conflict"), "alert").box); }
    place.setAttribute("tabindex", "-1");
    place.focus();
  };
  Autosave.prototype.onSessionEnd = function () {
    var form = this.form, self = this;
    this.halt(p.word("sessionEnded"));
    var told = p.note("warn", p.word("sessionEnded"), "alert");
    var button = p.make("button", "btn btn--primary btn--sm", p.word("signIn"));
    button.type = "button";
    /* The ordinary submit: the server keeps the text, leads to sign-in and back. */
    button.addEventListener("click", function () { self.leaving = true; HTMLFormElement.prototype.submit.call(form); });
    told.text.appendChild(button);
    var place = this.place();
    place.insertBefore(told.box, place.firstChild);
    told.box.scrollIntoView({ block: "center" });
  };
  Autosave.prototype.onFailure = function () {
    var seconds = Math.min(LONGEST, Math.pow(2, ++this.failures)), self = this;
    this.say(p.word("offline", seconds), false);
    clearTimeout(this.timer);
    this.timer = setTimeout(function () { self.send(); }, seconds * 1000);
  };
  /* A native submit beside a running save would carry an old version: it waits for the answer. */
  Autosave.prototype.onSubmit = function (ev) {
    clearTimeout(this.timer);
    if (this.sending) {
      ev.preventDefault();
      this.held = ev.submitter || document.activeElement;
      if (!this.held || this.held.form !== this.form || !this.held.click) { this.held = p.one("button[type=submit]", this.form); }
      return;
    }
    if (!ev.defaultPrevented) { this.leaving = true; }
  };

  /* Another form of the page is sent before this one is saved: it waits, or the page would go with the text. */
  Autosave.prototype.onOtherSubmit = function (ev) {
    var late = this.sending || this.dirty() && this.snapshot() !== this.refused && !this.failures;
    if (ev.defaultPrevented || !ev.submitter || this.stopped || this.leaving || !late) { return; }
    ev.preventDefault();
    this.held = ev.submitter;
    this.send();
  };

  p.all("form[data-autosave]").forEach(function (form) { new Autosave(form); });
})();
