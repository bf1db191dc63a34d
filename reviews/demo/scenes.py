"""What stands outside the window of a studio or on its screen: one small drawing for each trade."""

from math import cos, pi, sin


def draw_scene(pen, name, box):
    """Draw the scene ``name`` with the ImageDraw ``pen`` into ``box`` (left, top, right, bottom)."""
    left, top, right, bottom = box
    pen.rectangle(box, fill="#cfe6f5")
    pen.rectangle((left, bottom - (bottom - top) // 4, right, bottom), fill="#9cbf6b")

    def at(x, y):
        """A point given in thousandths of the box."""
        return left + (right - left) * x / 1000, top + (bottom - top) * y / 1000

    SCENES[name](pen, at)


def _box(pen, at, x1, y1, x2, y2, **style):
    pen.rectangle((*at(x1, y1), *at(x2, y2)), **style)


def _wheel(pen, at, x, y, pixels, colour="#30353b"):
    cx, cy = at(x, y)
    pen.ellipse((cx - pixels, cy - pixels, cx + pixels, cy + pixels), fill=colour)
    small = pixels * 0.4
    pen.ellipse((cx - small, cy - small, cx + small, cy + small), fill="#b9c0c7")


def wind(pen, at):
    for x, y, size, turn in ((230, 360, 1, 0.2), (560, 300, 1.2, 0.9), (830, 400, 0.8, 0.5)):
        hub = at(x, y)
        pen.line((*at(x, 820), *hub), fill="#f4f6f8", width=7)
        reach = (at(1000, 0)[0] - at(0, 0)[0]) * 0.11 * size
        for blade in range(3):
            angle = turn + blade * 2 * pi / 3
            tip = (hub[0] + reach * cos(angle), hub[1] + reach * sin(angle))
            pen.line((*hub, *tip), fill="#ffffff", width=6)
        pen.ellipse((hub[0] - 6, hub[1] - 6, hub[0] + 6, hub[1] + 6), fill="#dfe4e8")


def power(pen, at):
    for x in (220, 560, 880):
        pen.line((*at(x - 60, 850), *at(x, 200), *at(x + 60, 850)), fill="#59626b", width=5)
        for y in (330, 460, 600):
            pen.line((*at(x - 90, y), *at(x + 90, y)), fill="#59626b", width=4)
    for y in (330, 460):
        pen.line((*at(0, y + 60), *at(220, y), *at(560, y), *at(880, y), *at(1000, y + 30)), fill="#3c434a")


def mine(pen, at):
    for step, colour in enumerate(("#b39a76", "#957c5c", "#6f5b44")):
        left, right = at(0, 500 + step * 130), at(1000, 420 + step * 170)
        pen.polygon((left, right, at(1000, 1000), at(0, 1000)), colour)
    _box(pen, at, 330, 430, 640, 620, fill="#f2b705")
    pen.polygon((at(280, 330), at(690, 330), at(620, 470), at(330, 470)), fill="#d99a00")
    for x in (390, 580):
        _wheel(pen, at, x, 640, 24)


def furnace(pen, at):
    _box(pen, at, 0, 0, 1000, 1000, fill="#4b4f58")
    for x in (120, 400, 680):
        _box(pen, at, x, 480, x + 210, 900, fill="#7b818c")
        _box(pen, at, x + 30, 560, x + 180, 650, fill="#ff9d2e")
        _box(pen, at, x + 60, 585, x + 150, 630, fill="#ffe08a")
    _box(pen, at, 0, 180, 1000, 240, fill="#e4b428")
    _box(pen, at, 450, 240, 560, 380, fill="#c8502a")


def machine(pen, at):
    _box(pen, at, 250, 380, 620, 640, fill="#2f8f4e")
    _box(pen, at, 500, 200, 660, 400, fill="#dff1fa", outline="#1f5f35", width=4)
    _box(pen, at, 660, 560, 900, 620, fill="#c93a2b")
    for x in range(690, 900, 60):
        pen.line((*at(x, 620), *at(x - 20, 760)), fill="#7b2018", width=5)
    _wheel(pen, at, 330, 690, 26)
    _wheel(pen, at, 590, 660, 42)


def tanks(pen, at):
    for x, high in ((120, 260), (330, 340), (540, 220), (750, 310)):
        _box(pen, at, x, high, x + 160, 860, fill="#d7dde3", outline="#a5adb6", width=3)
        pen.ellipse((*at(x, high - 50), *at(x + 160, high + 50)), fill="#eef1f4", outline="#a5adb6")
    pen.line((*at(60, 700), *at(960, 700)), fill="#5c8fb8", width=8)


def food(pen, at):
    for x, y, colour in ((200, 620, "#8a5a3b"), (480, 700, "#f1ede6"), (760, 610, "#5f4632")):
        pen.ellipse((*at(x - 90, y - 90), *at(x + 90, y + 70)), fill=colour)
        pen.ellipse((*at(x + 70, y - 130), *at(x + 140, y - 10)), fill=colour)
        for leg in (-60, -20, 30, 65):
            pen.line((*at(x + leg, y + 50), *at(x + leg, y + 170)), fill=colour, width=7)
    for x in (330, 620):
        pen.line((*at(x, 960), *at(x - 20, 830)), fill="#6b8f3f", width=4)


def herb(pen, at):
    for x in range(100, 1000, 200):
        pen.line((*at(x, 950), *at(x, 480)), fill="#3f7d3a", width=6)
        for y in range(520, 900, 90):
            pen.ellipse((*at(x - 80, y - 30), *at(x, y + 30)), fill="#5ba552")
            pen.ellipse((*at(x, y - 60), *at(x + 80, y)), fill="#6fba63")
        pen.ellipse((*at(x - 35, 410), *at(x + 35, 500)), fill="#b05fb3")


def classroom(pen, at):
    _box(pen, at, 0, 0, 1000, 1000, fill="#f2ead9")
    _box(pen, at, 120, 140, 880, 600, fill="#23513d", outline="#8a6238", width=10)
    pen.line((*at(200, 260), *at(520, 260)), fill="#e8efe9", width=4)
    pen.line((*at(200, 350), *at(640, 350)), fill="#e8efe9", width=4)
    pen.polygon((at(620, 520), at(700, 300), at(790, 520)), outline="#f2d16b")
    for x in range(140, 900, 190):
        _box(pen, at, x, 720, x + 130, 780, fill="#c99a5b")
        _box(pen, at, x + 10, 780, x + 30, 960, fill="#8a6238")
        _box(pen, at, x + 100, 780, x + 120, 960, fill="#8a6238")


def clinic(pen, at):
    _box(pen, at, 0, 0, 1000, 1000, fill="#e6f2f1")
    _box(pen, at, 160, 560, 700, 690, fill="#ffffff", outline="#9fb9c4", width=4)
    _box(pen, at, 160, 500, 300, 570, fill="#cfe0ee")
    for x in (190, 660):
        _box(pen, at, x, 690, x + 20, 860, fill="#9fb9c4")
    _box(pen, at, 760, 240, 800, 860, fill="#9fb9c4")
    _box(pen, at, 730, 240, 840, 380, fill="#dff1fa", outline="#6f93a5", width=3)
    _box(pen, at, 420, 160, 460, 360, fill="#c8102e")
    _box(pen, at, 370, 240, 510, 290, fill="#c8102e")


def counter(pen, at):
    _box(pen, at, 0, 0, 1000, 1000, fill="#f3efe6")
    _box(pen, at, 60, 560, 940, 860, fill="#8a5a33")
    for x in (100, 330, 560, 790):
        _box(pen, at, x, 260, x + 150, 560, fill="#d8ebf4", outline="#88a5b5", width=4)
        _box(pen, at, x + 40, 470, x + 110, 540, fill="#30353b")
    _box(pen, at, 60, 120, 940, 200, fill="#1d6f5c")


def rail(pen, at):
    pen.polygon((at(300, 1000), at(470, 380), at(530, 380), at(700, 1000)), fill="#a99c89")
    for y in range(420, 1000, 70):
        spread = (y - 380) * 0.27
        pen.line((*at(500 - spread, y), *at(500 + spread, y)), fill="#5f4c39", width=max(3, (y - 380) // 60))
    pen.line((*at(360, 1000), *at(485, 380)), fill="#4b545c", width=6)
    pen.line((*at(640, 1000), *at(515, 380)), fill="#4b545c", width=6)
    pen.line((*at(850, 900), *at(850, 200), *at(560, 200)), fill="#59626b", width=5)


def road(pen, at):
    pen.polygon((at(180, 1000), at(460, 400), at(540, 400), at(820, 1000)), fill="#5b6067")
    for y in range(440, 1000, 120):
        pen.line((*at(500, y), *at(500, y + 60)), fill="#f4e9b8", width=5)
    _box(pen, at, 560, 640, 720, 780, fill="#e8702a")
    _box(pen, at, 640, 560, 720, 640, fill="#f2b705")
    for x in (590, 690):
        _wheel(pen, at, x, 790, 16)


def build(pen, at):
    _box(pen, at, 120, 380, 420, 900, fill="#c9ced4")
    for y in range(430, 860, 110):
        for x in (160, 260, 350):
            _box(pen, at, x, y, x + 45, y + 55, fill="#7d98ab")
    pen.line((*at(680, 950), *at(680, 140), *at(300, 140)), fill="#e0a400", width=9)
    pen.line((*at(680, 140), *at(880, 140)), fill="#e0a400", width=9)
    pen.line((*at(400, 140), *at(400, 380)), fill="#3c434a", width=3)
    _box(pen, at, 840, 150, 900, 230, fill="#59626b")


def office(pen, at):
    _box(pen, at, 0, 0, 1000, 1000, fill="#eef1f4")
    _box(pen, at, 60, 600, 940, 900, fill="#b88a58")
    for x in (140, 420, 700):
        _box(pen, at, x, 380, x + 170, 570, fill="#30353b")
        _box(pen, at, x + 12, 395, x + 158, 550, fill="#8fc3e6")
        _box(pen, at, x + 70, 570, x + 100, 610, fill="#30353b")
    _box(pen, at, 60, 160, 940, 260, fill="#c8102e")


def craft(pen, at):
    _box(pen, at, 0, 0, 1000, 1000, fill="#7c2230")
    for row in range(4):
        for column in range(6):
            x, y = 90 + column * 165, 140 + row * 240
            pen.ellipse((*at(x - 65, y - 80), *at(x + 65, y + 80)), outline="#f2c14e", width=6)
            pen.ellipse((*at(x - 30, y - 40), *at(x + 30, y + 40)), outline="#7fc4b5", width=5)
            pen.line((*at(x - 65, y), *at(x + 65, y)), fill="#f2c14e", width=4)


SCENES = {
    "wind": wind,
    "power": power,
    "mine": mine,
    "furnace": furnace,
    "machine": machine,
    "tanks": tanks,
    "food": food,
    "herb": herb,
    "class": classroom,
    "clinic": clinic,
    "counter": counter,
    "rail": rail,
    "road": road,
    "build": build,
    "office": office,
    "craft": craft,
}
