"""Remarks about single cells: what was read, what is expected, what is asked."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "date.shape": _("Expected is a date to the year, month or day: 2019, 2019.06 or 2019-06-01."),
    "date.no_month": _("There is no month %(month)s; expected is a month from 1 to 12."),
    "date.no_day": _("Month %(month)s of %(year)s has no day %(day)s. Please correct the date."),
    "date.too_early": _("The year %(year)s is too early; expected is %(first)s or later."),
    "date.future": _("%(date)s lies in the future (today is %(today)s); expected is a date that has passed."),
    "date.relative": _(
        "Expected is a date with its year; words such as “until now” or “recent years” are none."
    ),
    "date.no_year": _("The year is missing; expected is a date such as 2019.06 or 2019-06-01."),
    "date.month_lost": _(
        "A sign seems to be missing: this may have been %(readings)s. Expected is the whole date with its "
        "year."
    ),
    "date.serial": _("The number %(found)s was read as %(date)s, the day that a spreadsheet counts with it."),
    "date.about": _("The date was read without “%(words)s”."),
    "date.turned": _("“%(found)s” was read as %(date)s: the other way round there is no such day."),
    "date.january_or_october": _(
        "%(found)s is a number, in which October would look the same as January. Which month is meant?"
    ),
    "date.two_digit_year": _("“%(found)s” has a year of two digits. Which date is meant?"),
    "date.digits": _("“%(found)s” has lost a sign or a digit of a date. Which date is meant?"),
    "date.day_or_month": _("In “%(found)s” day and month may stand in either order. Which date is meant?"),
    "date.range": _("“%(found)s” is a span of time, but one date is expected. Which one is it?"),
    "date.several": _("“%(found)s” has several dates, but one is expected. Which one is it?"),
    "date.one_among_words": _("“%(found)s” has words beside the date. Is this the date that is meant?"),
    "amount.rough": _("“%(words)s” was left out; %(value)s was read."),
    "amount.brackets": _("%(value)s was read without the words “%(words)s”."),
    "amount.below": _("“%(found)s” says that the number is not reached. Which number holds?"),
    "amount.range": _("“%(found)s” is a range, but one number is expected. Which one is it?"),
    "area.shape": _("Expected is an area in square metres, such as 25 or 25.5㎡."),
    "area.limits": _("Expected is an area above 0 and up to %(most)s square metres."),
    "area.rounded": _("The area was rounded to %(value)s square metres."),
    "area.sides": _("“%(found)s” looks like length × width. Is this the area?"),
    "area.several": _("“%(found)s” has words or several areas. Which area is meant?"),
    "count.shape": _("Expected is a whole number, such as 8."),
    "count.limits": _("Expected is a whole number from 0 to %(most)s."),
    "count.among_words": _("“%(found)s” has words or several numbers. Which number is meant?"),
    "money.shape": _("Expected is an amount of money with its unit, such as 5万元 or 50000元."),
    "money.limits": _("Expected is an amount from 0 to below %(most)s ten thousand yuan."),
    "money.rounded": _("The amount was rounded to the yuan: %(value)s ten thousand yuan."),
    "money.unit": _("“%(found)s” has no unit, and neither has its column. Which amount is meant?"),
    "money.ten_thousandfold": _(
        "“%(found)s” looks as if it was typed in another unit than its column has. Which amount is meant?"
    ),
    "mark.shape": _("Expected is √ or ×, 是 or 否, 有 or 无."),
    "mark.words": _("Only the mark was read, without “%(words)s”."),
    "document.shape": _("Expected is a document number such as 通工发〔2019〕12号."),
    "document.prefix": _(
        "The issuer's abbreviation before the year is missing; expected is a number such as "
        "通工发〔2019〕12号."
    ),
    "document.year": _("The year of the document cannot be right; expected is a year from 1949 to %(last)s."),
    "document.several": _("“%(found)s” has several document numbers, but one is expected. Which one is it?"),
    "document.confirm": _("“%(found)s” is not written like a document number. Is this the number?"),
    "document.words": _("Only the document number %(number)s was read, without the words around it."),
    "patent.shape": _("Expected are application numbers of Chinese patents, such as ZL201710601862.3."),
    "patent.part": _("“%(part)s” is no patent number; expected is a number such as ZL201710601862.3."),
    "patent.publication": _(
        "“%(part)s” is a publication number; expected is the application number, such as 201710601862.3."
    ),
    "patent.year": _(
        "“%(part)s” does not start with a possible year of filing; expected is a number such as "
        "201710601862.3."
    ),
    "patent.shortened": _(
        "The spreadsheet has shortened the number and its last digits are lost; expected is the whole "
        "number, in a cell formatted as text."
    ),
    "patent.check": _(
        "The check digit of %(number)s should be “%(expected)s”. Please compare it with the certificate."
    ),
    "patent.check_missing": _("%(number)s has no check digit; it would be “%(expected)s”."),
    "patent.type": _("Digit “%(type)s” after the year of %(number)s is no known kind of patent."),
    "patent.twice": _("A patent number stands in the cell twice; it was read once."),
    "patent.more": _("The cell speaks of more patents than the numbers read (%(count)s)."),
    "credit_code.damaged": _(
        "The spreadsheet has turned the code into a number and digits are lost; expected are 18 "
        "characters, in a cell formatted as text."
    ),
    "credit_code.length": _("This has %(length)s characters; a credit code has 18."),
    "credit_code.letters": _(
        "A credit code never has %(letters)s; expected are 18 digits and capital letters without I, O, S, "
        "V and Z."
    ),
    "credit_code.look_alike": _("“%(found)s” has letters that look like digits. Is this the code?"),
    "credit_code.check": _(
        "The check character is “%(found)s”, but should be “%(expected)s”. Please compare the code with "
        "the certificate."
    ),
    "credit_code.of_union": _("This is the code of a trade union (81…); the unit has one of its own."),
    "credit_code.of_unit": _("This is not the code of a trade union, which starts with 81."),
    "phone.shape": _("Expected are telephone numbers: mobile with 11 digits, or landline with area code."),
    "phone.odd": _("This is no complete telephone number; it is kept as it is written."),
    "phone.shortened": _(
        "The spreadsheet has shortened the telephone number; expected is the whole number, in a cell "
        "formatted as text."
    ),
    "phone.nought": _("“%(found)s” seems to have lost its leading 0. Is this the number?"),
    "phone.local": _("A number has no area code."),
    "phone.words": _("Only the numbers were read, without “%(words)s”."),
    "postcode.shape": _("Expected is a postcode of six digits, such as 028000."),
    "postcode.nought": _("%(found)s was read as %(value)s: the spreadsheet had dropped the leading 0."),
    "name.shape": _("Expected is the name of a person, two to thirty characters without digits."),
    "name.shape_of": _("Expected are names of people, parted by 、; these are none: %(names)s."),
    "name.several": _("“%(found)s” names several people, but one is expected. Who is it?"),
    "name.blanks": _("The blanks in “%(found)s” may part names or stand inside one. Which is right?"),
    "name.words": _("%(name)s was read without “%(words)s”."),
    "name.more": _("The cell speaks of more people than the names read (%(count)s)."),
    "level.word": _("Expected is a level: 国家级, 自治区级, 市级, 旗县级 or 基层级."),
    "rank.word": _("Expected is a rank: 国际级, 国家级, 省部级, 行业级, 市级, 旗县级, 集团级 or 单位级."),
    "level.city_or_county": _(
        "“%(found)s” from a county-level city may mean the prefecture or the city itself. Which level is "
        "meant?"
    ),
    "level.region_or_district": _(
        "“%(found)s” may mean the autonomous region or a district. Which level is meant?"
    ),
    "level.several": _("“%(found)s” has several levels, but one is expected. Which one is it?"),
    "honour.shape": _("Expected are honours with their year, such as 2016年自治区劳动模范."),
    "honour.unknown": _("No kind of honour was found for: %(names)s. The text is kept."),
    "honour.city_or_county": _(
        "“%(found)s” from a county-level city may be of the prefecture or of the city itself. Which one "
        "granted it?"
    ),
    "place.unknown": _("Expected is one of: %(names)s."),
    "place.several": _("“%(found)s” may be one of several unions. Which one is meant?"),
    "word.unknown": _("Expected is one of: %(words)s."),
    "word.which": _("“%(found)s” can mean more than one thing here. Which is meant?"),
    "skill_level.step": _("“%(found)s” was read as %(value)s."),
    "skill_level.which": _(
        "“%(found)s” depends on the direction in which the steps are counted. Which level is meant?"
    ),
    "end_reason.unknown": _("“%(found)s” fits none of the reasons for which a title ends; the text is kept."),
}
