"""Small PDF files by code: a heading and lines of text on one page, in a font that every reader has."""

from textwrap import wrap

PAGE_WIDTH, PAGE_HEIGHT = 595, 842
SYSTEM_RULES = {
    "system.learning": ("团队学习制度", "每月集中学习不少于一次，记录人员、内容和体会。"),
    "system.activities": ("活动开展制度", "每季度开展技术交流或岗位练兵，活动有方案、有记录、有照片。"),
    "system.plan": ("创新计划制度", "年初制定创新计划，确定课题、负责人和完成时限。"),
    "system.publication": ("成果发布制度", "成果完成后在单位内部发布，听取使用班组意见后推广。"),
    "system.incentives": ("奖励激励制度", "对取得成果的成员按贡献给予奖励，并作为评先评优依据。"),
    "system.management": ("内部管理制度", "专人管理设备和经费，台账逐月登记，档案按年归档。"),
}


def pdf(title, lines):
    """The bytes of a one-page PDF with a title and lines of text, marked as a demonstration."""
    folded = [part for line in lines for part in wrap(line, 38)]
    content = [_line(title, 20, 72, 770), _line("（演示材料，非真实文件）", 11, 72, 742)]
    content += [_line(text, 13, 72, 700 - 26 * number) for number, text in enumerate(folded)]
    stream = "\n".join(content).encode("ascii")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]"
        "/Resources<</Font<</F 4 0 R>>>>/Contents 7 0 R>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 6 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -120 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    return _assemble(objects)


def _line(text, size, x, y):
    return f"BT /F {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def _assemble(objects):
    file, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    file += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(file)


def system_paper(code, studio_name, unit_name):
    """(file name, bytes) of the rules of one working system."""
    title, rule = SYSTEM_RULES[code]
    lines = [
        unit_name,
        studio_name,
        "第一条　为规范工作室运行，结合本单位实际，制定本制度。",
        f"第二条　{rule}",
        "第三条　本制度由工作室负责落实，单位工会负责监督。",
    ]
    return f"{title}.pdf", pdf(title, lines)
