"""A page's form as a browser would send it."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """Collects what the successful controls of one form would send."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.inside, self.in_template = form_id, False, 0
        self.data, self.select, self.area = {}, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "template":
            self.in_template += 1
        if tag == "form":
            self.inside = attrs.get("id") == self.form_id
        if not self.inside or self.in_template or "disabled" in attrs:
            return
        name = attrs.get("name")
        if tag == "input" and name:
            if attrs.get("type") not in ("checkbox", "radio", "file") or "checked" in attrs:
                self.data[name] = attrs.get("value", "on" if "checked" in attrs else "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in attrs or self.select not in self.data):
            self.data[self.select] = attrs.get("value", "")
        elif tag == "textarea":
            self.area = name
            self.data[name] = ""

    def handle_endtag(self, tag):
        if tag == "template":
            self.in_template -= 1
        elif tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.data[self.area] += data.removeprefix("\r\n").removeprefix("\n")


def form_of(response, form_id="part-form"):
    """{name: value} of the form in a page."""
    parser = _Form(form_id)
    parser.feed(response.content.decode())
    return parser.data


def add_row(data, rows, **values):
    """One more row of a list, as rows.js would add it."""
    number = int(data[f"{rows}-TOTAL_FORMS"])
    data[f"{rows}-TOTAL_FORMS"] = str(number + 1)
    data[f"{rows}-{number}-row_key"] = f"new-{rows}-{number}"
    data.update({f"{rows}-{number}-{key}": value for key, value in values.items()})
    return number
