"""Drawn photos of rooms, boards, equipment and certificates; each says that it is a demonstration."""

import io

from PIL import Image, ImageDraw

from reviews.demo.lettering import watermark, write
from reviews.demo.scenes import draw_scene

SIZE = (1200, 900)
WALLS = ("#f3efe7", "#eaf0ee", "#f0ebe4", "#e9eef4")
RED, GOLD, INK = "#b3122a", "#c9a14a", "#2c333a"
BOARDS = {
    "signage.plaque": "职工创新工作室",
    "signage.organisation": "组织机构",
    "signage.members": "成员构成",
    "signage.duties": "工作职责",
    "signage.goals": "目标任务",
    "signage.results": "成果展示",
}
EQUIPMENT = {
    "equipment.documents": "技术资料",
    "equipment.tools": "器材工具",
    "equipment.computers": "电脑网络",
    "equipment.instruments": "实验仪器",
}
CERTIFICATES = {
    "leader.honour": "荣誉证书",
    "award": "获奖证书",
    "patent": "专利证书",
}
SHEETS = {
    "team.roster": "团队名单",
    "fund.proof": "经费凭证",
    "benefit.proof": "效益证明",
    "leader.skilled": "技术资料",
}


def jpeg(picture, quality=80):
    """The picture as the bytes of a file."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()


def blank(colour):
    """An empty picture and the pen to draw on it."""
    picture = Image.new("RGB", SIZE, colour)
    return picture, ImageDraw.Draw(picture)


def room(scene, wall):
    """A studio's room: window or screen with the trade's scene, boards, a table with chairs."""
    picture, pen = blank(WALLS[wall % len(WALLS)])
    pen.polygon(((0, 620), (1200, 620), (1200, 900), (0, 900)), fill="#b9a68c")
    for x in range(-600, 1800, 150):
        pen.line((600 + (x - 600) // 3, 620, x, 900), fill="#a8947a", width=2)
    pen.rectangle((60, 130, 640, 500), fill="#8a6238")
    draw_scene(pen, scene, (75, 145, 625, 485))
    pen.line((350, 145, 350, 485), fill="#8a6238", width=6)
    pen.rectangle((330, 30, 870, 100), fill=RED)
    write(picture, (600, 65), "职工创新工作室", 50, "#ffe9b0")
    for place, title in enumerate(("工作职责", "目标任务", "成果展示")):
        board(picture, pen, (680 + place * 170, 150, 830 + place * 170, 480), title, 30)
    pen.polygon(((230, 640), (1000, 640), (1110, 740), (130, 740)), fill="#6f4c2c")
    pen.rectangle((130, 740, 1110, 765), fill="#543820")
    for x in (250, 480, 720, 950):
        pen.rounded_rectangle((x - 45, 770, x + 45, 880), 14, fill="#34556f")
        pen.rectangle((x - 50, 660, x + 40, 672), fill="#f4f6f8")
    pen.rectangle((540, 560, 680, 645), fill=INK)
    pen.rectangle((550, 570, 670, 630), fill="#8fc3e6")
    return picture


def board(picture, pen, box, title, size, *, written=True):
    """A board on the wall with a heading and, where it is ``written``, lines of text."""
    left, top, right, bottom = box
    pen.rectangle(box, fill="#fffdf7", outline=GOLD, width=5)
    pen.rectangle((left + 5, top + 5, right - 5, top + 25 + size), fill=RED)
    write(picture, ((left + right) // 2, top + 15 + size // 2), title, size, "#fff4d6")
    for number, y in enumerate(range(top + 60 + size, bottom - 20 if written else 0, max(26, size))):
        pen.line((left + 20, y, right - (20 if number % 3 else 60), y), fill="#b6b0a4", width=5)


def sign(slot, wall):
    """One of the six signs, close."""
    picture, pen = blank(WALLS[wall % len(WALLS)])
    if slot == "signage.plaque":
        pen.rounded_rectangle((150, 300, 1050, 600), 18, fill="#d9b35c", outline="#8c6a1f", width=12)
        write(picture, (600, 430), BOARDS[slot], 104, "#7a1020")
        write(picture, (600, 545), "通辽市总工会", 44, "#5a4310")
        return picture
    board(picture, pen, (140, 70, 1060, 820), BOARDS[slot], 80, written=False)
    if slot in ("signage.organisation", "signage.members"):
        people_chart(pen, portraits=slot == "signage.members")
    elif slot == "signage.results":
        for x, y in ((220, 270), (500, 270), (780, 270), (220, 540), (500, 540), (780, 540)):
            pen.rectangle((x, y, x + 210, y + 220), fill="#f7e7c2", outline=RED, width=8)
            pen.ellipse((x + 85, y + 60, x + 125, y + 100), fill=RED)
            pen.line((x + 40, y + 150, x + 170, y + 150), fill="#b6b0a4", width=6)
    else:
        for number, y in enumerate(range(290, 770, 60)):
            pen.ellipse((215, y - 12, 239, y + 12), fill=RED)
            pen.line((270, y, 960 - number % 3 * 110, y), fill="#b6b0a4", width=9)
    return picture


def people_chart(pen, *, portraits):
    """Boxes joined by lines, or rows of portraits."""
    if portraits:
        for row in range(2):
            for column in range(4):
                x, y = 230 + column * 205, 270 + row * 265
                pen.rectangle((x, y, x + 130, y + 165), fill="#d3e3ee")
                pen.ellipse((x + 35, y + 25, x + 95, y + 90), fill="#e9c39b")
                pen.pieslice((x + 15, y + 95, x + 115, y + 235), 180, 360, fill="#34556f")
                pen.line((x + 10, y + 195, x + 120, y + 195), fill="#b6b0a4", width=8)
        return
    pen.rectangle((480, 280, 720, 370), fill=RED)
    pen.line((600, 370, 600, 450, 300, 450, 300, 520), fill=INK, width=5)
    pen.line((600, 450, 900, 450, 900, 520), fill=INK, width=5)
    pen.line((600, 450, 600, 520), fill=INK, width=5)
    for x in (200, 500, 800):
        pen.rectangle((x, 520, x + 200, 600), fill="#34556f")
        for y in (640, 710):
            pen.rectangle((x, y, x + 200, y + 50), fill="#d3e3ee")


def equipment(slot, wall):
    """Shelves, benches or screens, with a label."""
    picture, pen = blank(WALLS[wall % len(WALLS)])
    pen.rectangle((0, 700, 1200, 900), fill="#b9a68c")
    if slot == "equipment.computers":
        for x in (120, 470, 820):
            pen.rectangle((x, 330, x + 270, 520), fill=INK)
            pen.rectangle((x + 14, 344, x + 256, 506), fill="#8fc3e6")
            pen.rectangle((x + 115, 520, x + 155, 570), fill=INK)
        pen.rectangle((60, 570, 1140, 610), fill="#8a6238")
    else:
        colours = ("#34556f", "#b3122a", "#2f8f4e", "#c9a14a", "#7b818c")
        for y in (280, 440, 600):
            pen.rectangle((90, y, 1110, y + 18), fill="#8a6238")
            for place, x in enumerate(range(110, 1080, 62)):
                high = 70 + (place * 37 + y) % 60
                shape = (x, y - high, x + 44, y)
                if slot == "equipment.instruments" and place % 3 == 0:
                    pen.ellipse((x - 4, y - 90, x + 54, y - 20), fill="#d7dde3", outline=INK, width=4)
                else:
                    pen.rectangle(shape, fill=colours[(place + y // 160) % 5])
    pen.rectangle((400, 50, 800, 130), fill=RED)
    write(picture, (600, 90), EQUIPMENT[slot], 60, "#fff4d6")
    return picture


def certificate(title, colour):
    """An open certificate; only its heading can be read."""
    picture, pen = blank("#d9d2c5")
    pen.rectangle((90, 90, 1110, 810), fill=colour)
    pen.rectangle((130, 130, 1070, 770), fill="#fffaf0", outline=GOLD, width=10)
    write(picture, (600, 240), title, 92, colour)
    for number, y in enumerate((370, 440, 510, 580)):
        pen.line((240, y, 960 - number % 2 * 180, y), fill="#b6b0a4", width=8)
    pen.ellipse((800, 590, 960, 750), outline=RED, width=8)
    write(picture, (880, 670), "演示", 54, RED)
    return picture


def sheet(title):
    """A scanned page with a table and a stamp that says what it is."""
    picture, pen = blank("#8d9196")
    pen.rectangle((260, 20, 940, 880), fill="#ffffff")
    write(picture, (600, 100), title, 64, INK)
    for y in range(180, 700, 58):
        pen.line((320, y, 880, y), fill="#9aa1a8", width=3)
    for x in (320, 470, 700, 880):
        pen.line((x, 180, x, 702), fill="#9aa1a8", width=3)
    pen.ellipse((700, 690, 860, 850), outline=RED, width=7)
    write(picture, (780, 770), "演示", 54, RED)
    return picture


def all_pictures(scenes):
    """``{name: picture}``: a room for each scene, and two of everything else."""
    drawn = {f"venue.photo:{scene}": room(scene, place) for place, scene in enumerate(scenes)}
    for wall in range(2):
        drawn |= {f"{slot}:{wall}": sign(slot, wall + 1) for slot in BOARDS}
        drawn |= {f"{slot}:{wall}": equipment(slot, wall + 2) for slot in EQUIPMENT}
        drawn |= {
            f"{slot}:{wall}": certificate(title, (RED, "#1d5c8a")[wall])
            for slot, title in CERTIFICATES.items()
        }
    drawn |= {f"{slot}:0": sheet(title) for slot, title in SHEETS.items()}
    for picture in drawn.values():
        watermark(picture)
    return drawn
