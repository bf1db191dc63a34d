"""Remarks about rows and columns of a sheet."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # why a whole file is not taken
    "layout.empty": _("The file holds no text at all. Please choose the workbook with the roster."),
    "layout.all_hidden": _(
        "All sheets with content are hidden (%(sheets)s). Show the sheet with the roster and save the file."
    ),
    "layout.no_table": _(
        "No table of studios was found. Expected is a row of headings such as 工作室名称 and 所在单位, "
        "or a list with one studio a row."
    ),
    "layout.no_names_column": _(
        "The table in sheet “%(sheet)s” has the headings %(headings)s, but no column with the studio "
        "or its unit. Add a column 工作室名称 or 所在单位."
    ),
    "layout.no_rows": _("There are headings, but no row with a studio below them."),
    # why a row is not read as a studio
    "layout.hidden_sheet": _("The sheet is hidden and was not read. Show it if its rows are meant."),
    "layout.no_table_here": _("No table of studios was found in this sheet."),
    "layout.title": _("Title"),
    "layout.header": _("Headings"),
    "layout.column_numbers": _("Numbers of the columns"),
    "layout.group": _("Heading of a group"),
    "layout.total": _("Total"),
    "layout.note": _("Notes of the office"),
    "layout.signature": _("Place for signatures"),
    "layout.example": _("Example row of the template"),
    "layout.repeats": _("The same as row %(row)s of sheet “%(sheet)s”"),
    "layout.part_of": _("Belongs to the studio of row %(row)s"),
    # what is wrong with a row
    "layout.no_names": _("Neither studio nor unit is named. Write the name of the studio."),
    "layout.no_studio": _("The name of the studio is missing. Write it as on the plaque."),
    "layout.several_studios": _("Several studios stand in one cell. Give each a row of its own."),
    "layout.too_long": _("This has %(length)s characters; the register takes %(limit)s. Shorten it."),
    "layout.excel_error": _(
        "The spreadsheet itself shows an error here (%(found)s). Write the value instead of the formula."
    ),
    "layout.placeholder": _("“%(found)s” stands for a name, but is none. Write the real name."),
    "layout.differs": _(
        "Row %(row)s of sheet “%(sheet)s” names the same studio and level with other values (%(columns)s). "
        "Keep one of them."
    ),
    "layout.not_yours": _("%(found)s does not belong to %(home)s, so this row cannot be brought in here."),
    "layout.level_not_kept": _("The register keeps titles of these levels: %(levels)s. This says %(found)s."),
    "layout.live_but_ended": _(
        "The state says the title is held, but an end is given: %(date)s. Correct one."
    ),
    "layout.no_last_day": _(
        "The title has ended, but no day, month or year of the end is given. Write it in a column 取消时间."
    ),
    "layout.ended_before_named": _("The title ended (%(ended)s) before it was named (%(named)s)."),
    # what is asked
    "layout.which_county": _("Which county or industry union does %(found)s stand for?"),
    "layout.county_of_sheet": _(
        "Some rows of sheet “%(sheet)s” name no county, and neither does its title. Which union are they of?"
    ),
    "layout.level_of_sheet": _(
        "Some rows of sheet “%(sheet)s” name no level, and neither does its title. "
        "At which level were they named?"
    ),
    "layout.which_date": _("What do the dates below “%(heading)s” in sheet “%(sheet)s” mean?"),
    "layout.ended_or_not": _("Has the title ended? The remarks say: %(found)s"),
    # what is only said
    "layout.hidden_row": _("The row is hidden in the sheet; it was read like any other."),
    "layout.formula": _("A formula computed this; its value was taken."),
    "layout.split": _("The unit was taken from the cell of the studio: %(unit)s"),
    "layout.from_full_name": _("The name was taken from the full name."),
    "layout.ended_by_remarks": _("The remarks say that the title has ended."),
    "layout.year_of_title": _("The year of naming was taken from the title of the table."),
    "layout.title_beside": _(
        "The title of level %(level)s stands in the same row as that of level %(taken)s, which was taken. "
        "Give it a row of its own to bring it in, too."
    ),
    "layout.level_of_document": _("The level was taken from the document: that union names at this level."),
    "layout.named_when": _(
        "No row of sheet “%(sheet)s” says when its studio was named, or by which document. "
        "In which year were they named? If it was not one year for all, add a column 命名时间."
    ),
    "layout.town": _("Read as a place of %(county)s, which brings this roster in."),
    "layout.ditto": _("Taken from the row above: %(value)s"),
    "layout.year_of_document": _("The year of naming was taken from the number of the document."),
}
