"""Component tags. The Python signature is the check: a wrong kind or icon raises TemplateSyntaxError."""

from django import template
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ..forms import css_class
from ..icons import check_icon

register = template.Library()

TAG_ICONS = {
    "neutral": "edit",
    "ok": "check",
    "warn": "minus-circle",
    "info": "clock",
    "bad": "alert",
    "gold": "award",
}
NOTE_ICONS = {"info": "info", "ok": "check-circle", "warn": "alert", "bad": "x-circle"}
STAT_KINDS = {"neutral", "brand", "ok", "warn", "info"}
DOT_ICONS = {"neutral": "clock", "ok": "check", "warn": "back", "bad": "x", "now": "edit", "gold": "award"}
STEP_STATES = {"done", "now", "todo"}
LAYOUTS = {"", "cards", "segments", "bare"}
COVERS = {"wind", "grid", "rail", "corn", "med", "gear"}
SEGMENT_CLASSES = {"met": "ok", "soft": "mid", "not_met": "no"}


def one_of(known, value, what):
    """``value``, or TemplateSyntaxError when the stylesheet has no such thing."""
    if value not in known:
        raise TemplateSyntaxError(f"Unknown {what} {value!r}; known: {', '.join(sorted(known))}")
    return value


def verdict_look(verdict):
    """(tag kind, word, icon) of a finding's verdict; "" is a clause that nobody has looked at yet."""
    looks = {
        "met": ("ok", _("Met"), "check"),
        "soft": ("warn", _("Met in part"), "minus-circle"),
        "not_met": ("bad", _("Not met"), "x"),
        "judge": ("info", _("For a person to judge"), "scale"),
        "": ("neutral", _("Not checked yet"), "clock"),
    }
    return looks[one_of(looks, getattr(verdict, "value", verdict) or "", "verdict")]


@register.simple_tag
def icon(name, extra=""):
    """A symbol of the sprite, silent for screen readers; ``extra`` adds a class."""
    check_icon(name)
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" {extra}" if extra else "",
        static("img/icons.svg"),
        name,
    )


@register.inclusion_tag("components/tag.html")
def tag(kind, text, icon=""):
    """A status: icon, word and colour. kind: neutral ok warn info bad gold."""
    one_of(TAG_ICONS, kind, "tag kind")
    return {"kind": kind, "text": text, "icon": check_icon(icon or TAG_ICONS[kind])}


@register.inclusion_tag("components/tag.html")
def verdict_tag(verdict):
    """The verdict of a clause: met, soft, not_met, judge, "" (not checked yet)."""
    kind, text, name = verdict_look(verdict)
    return {"kind": kind, "text": text, "icon": name}


@register.simple_block_tag
def note(content, kind="info", live=False):
    """{% note "warn" %}...{% endnote %}; kind: info ok warn bad. ``live`` makes it a live region."""
    one_of(NOTE_ICONS, kind, "note kind")
    role = {"bad": "alert"}.get(kind, "status") if live else ""
    return format_html(
        '<div class="note note--{}"{}>{}<div class="note__text">{}</div></div>',
        kind,
        format_html(' role="{}"', role) if role else "",
        icon(NOTE_ICONS[kind]),
        content,
    )


@register.inclusion_tag("components/field.html")
def field(bound, *, label="", hint="", layout="", wide=False):
    """Label, control, error and hint of one form field, tied together for screen readers.

    layout for choices: "" a plain list, "cards" large boxes, "segments" one line; "bare" hides the label.
    A form field may carry ``choice_hints``: {value: sentence} for cards.
    """
    if not hasattr(bound, "as_widget"):
        raise TemplateSyntaxError("{% field %} needs a form field; is its name misspelt?")
    one_of(LAYOUTS, layout, "field layout")
    widget, base = bound.field.widget, bound.auto_id
    hint = hint or bound.help_text
    counter = bool(base and css_class(widget) == "textarea" and widget.attrs.get("maxlength"))
    described = [f"{base}_error"] * bool(bound.errors) + [f"{base}_helptext"] * bool(hint)
    described += [f"{base}_count"] * counter
    attrs = {
        "aria-describedby": " ".join(described) or False,
        "aria-invalid": "true" if bound.errors else False,
    }
    if css_class(widget):
        attrs["class"] = " ".join(dict.fromkeys([*widget.attrs.get("class", "").split(), css_class(widget)]))
    if counter:
        attrs["data-count"] = f"{base}_count"
    shape = shape_of(widget)
    return {
        "bound": bound,
        "base": base,
        "label": label or bound.label,
        "hint": hint,
        "layout": layout,
        "shape": shape,
        "wide": wide or bound.name in getattr(bound.form, "wide", ()),
        "counter": counter,
        "control": "" if shape == "choices" else bound.as_widget(attrs=attrs),
        "choices": choices_of(bound) if shape == "choices" else [],
    }


def choices_of(bound):
    """(radio or check box, sentence below it, class of its segment) of each choice."""
    hints = getattr(bound.field, "choice_hints", {})
    values = [(choice, str(choice.data["value"])) for choice in bound.subwidgets]
    return [(choice, hints.get(value, ""), SEGMENT_CLASSES.get(value, "")) for choice, value in values]


def shape_of(widget):
    """How a field is drawn: hidden, check, choices, group (several inputs under one legend) or plain."""
    if widget.is_hidden:
        return "hidden"
    input_type = getattr(widget, "input_type", "")
    if input_type in {"checkbox", "radio"}:
        return "choices" if hasattr(widget, "choices") else "check"
    return "group" if hasattr(widget, "widgets") else "plain"


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms):
    """What is wrong in these forms and form sets, each line a link to its field."""
    lines = []
    for form in forms:
        if hasattr(form, "forms"):
            lines += [("", message) for message in form.non_form_errors()]
            for number, row in enumerate(form.forms, 1):
                lines += errors_of(row, _("Row %(number)d: ") % {"number": number})
        elif hasattr(form, "non_field_errors"):
            lines += errors_of(form)
        elif form:
            raise TemplateSyntaxError("{% error_summary %} takes forms and form sets")
    return {"lines": lines, "count": len(lines)}


def errors_of(form, prefix=""):
    """(id of the control or "", sentence) of every error of a form."""
    lines = [("", f"{prefix}{message}") for message in form.non_field_errors()]
    for bound in form:
        target = bound.id_for_label or (f"{bound.auto_id}_0" if bound.auto_id else "")
        for message in bound.errors:
            sentence = _("%(label)s: %(message)s") % {"label": bound.label, "message": message}
            lines.append((target, prefix + sentence))
    return lines


@register.inclusion_tag("components/form_rows.html")
def form_rows(formset, title, add_label="", row_template="components/row_fields.html"):
    """A form set as cards with add and remove buttons; ``row_template`` draws the fields of ``form``."""
    return {
        "formset": formset,
        "title": title,
        "add_label": add_label or _("Add a row"),
        "row_template": row_template,
        "live_forms": getattr(formset, "live_forms", formset.forms),
        "gone_forms": getattr(formset, "gone_forms", []),
    }


@register.inclusion_tag("components/typing.html", takes_context=True)
def keep_typed(context):
    """Hidden fields that bring typed text back after a lost session; put it into every longer form."""
    request = context["request"]
    return {"typed_by": request.user.pk or "", "typed_on": request.get_full_path()}


@register.inclusion_tag("components/steps.html")
def steps(items):
    """Stages of a process. Each item: label, state (done, now, todo), note (optional)."""
    items = list(items)
    for item in items:
        one_of(STEP_STATES, attribute(item, "state"), "step state")
    return {"items": items}


@register.inclusion_tag("components/timeline.html")
def timeline(entries):
    """What happened, in the order given. Each entry: title, at (datetime); optional who, text, kind, icon,
    url with url_label. kind: neutral ok warn bad now gold."""
    rows = []
    for entry in entries:
        kind = attribute(entry, "kind") or "neutral"
        one_of(DOT_ICONS, kind, "timeline kind")
        rows.append((entry, kind, check_icon(attribute(entry, "icon") or DOT_ICONS[kind])))
    return {"rows": rows}


def attribute(item, name):
    """A value of a dict or of an object, "" when it has none."""
    return (item.get(name, "") if hasattr(item, "get") else getattr(item, name, "")) or ""


def clause_context(finding, opened):
    kind, word, name = verdict_look(attribute(finding, "verdict"))
    missing = attribute(finding, "missing") or []
    if isinstance(missing, str):
        missing = [missing]
    lacks = [
        {"sentence": attribute(item, "sentence") or item, "url": attribute(item, "url")} for item in missing
    ]
    return {"finding": finding, "open": opened, "kind": kind, "word": word, "icon": name, "lacks": lacks}


@register.inclusion_tag("components/clause.html")
def clause_line(finding, opened=False):
    """One standard. finding: clause, title, verdict; optional text (quoted policy), found, needed,
    details (lines), missing (sentences, or things with sentence and url), blocks (stops a submission)."""
    return clause_context(finding, opened)


@register.simple_block_tag
def clause_box(content, finding, opened=False):
    """{% clause_box finding %}...{% endclause_box %}: a clause_line with more below it (files, judgement)."""
    return render_to_string("components/clause.html", {**clause_context(finding, opened), "content": content})


@register.inclusion_tag("components/verdict_choice.html")
def verdict_choice(name, legend, chosen="", base_id=""):
    """Three radios for a person's own verdict on a clause (values met, soft, not_met)."""
    choices = [(value, SEGMENT_CLASSES[value], verdict_look(value)) for value in SEGMENT_CLASSES]
    return {
        "name": name,
        "legend": legend,
        "chosen": getattr(chosen, "value", chosen),
        "choices": choices,
        "base_id": base_id or f"id_{name}",
    }


@register.inclusion_tag("components/ring.html")
def ring(done, total):
    """How many clauses are judged, as a ring that review.js keeps up to date."""
    length = 201.06  # circumference for radius 32
    return {
        "done": done,
        "total": total,
        "left": total - done,
        "length": length,
        "drawn": round(length * done / total, 1) if total else 0,
    }


@register.inclusion_tag("components/pager.html")
def pager(page):
    """Keyset paging. page: newer and older ("?after=..." or ""), optional count and capped."""
    return {"page": page}


@register.inclusion_tag("components/stat.html")
def stat(label, value, *, unit="", kind="neutral", note="", url=""):
    """A number on a card, inside <dl class="grid grid--4">. kind: neutral brand ok warn info."""
    one_of(STAT_KINDS, kind, "stat kind")
    return {"label": label, "value": value, "unit": unit, "kind": kind, "note": note, "url": url}


@register.inclusion_tag("components/kv.html")
def kv(rows):
    """A list of (label, value) pairs; an empty value shows a dash."""
    return {"rows": rows}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title, text="", *, icon="inbox", url="", action=""):
    """What a list shows when it has nothing, with the next step where there is one."""
    return {"title": title, "text": text, "icon": check_icon(icon), "url": url, "action": action}


@register.simple_tag
def cover(name=""):
    """URL of a drawn cover for a studio without a photo: wind grid rail corn med gear (default)."""
    return static(f"img/cover-{one_of(COVERS, name or 'gear', 'cover')}.svg")


@register.inclusion_tag("components/form_nav.html")
def form_nav(items, label):
    """Sections of a long form. Each item: label, url, state (done, now, todo), note (such as "2 missing")."""
    items = list(items)
    for item in items:
        one_of(STEP_STATES, attribute(item, "state"), "section state")
    return {"items": items, "label": label}
