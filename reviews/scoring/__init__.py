"""Schemes of points for the yearly assessment: pure functions, no database, no clock, no settings.

A scheme is a plain dict: ``code``, ``version``, ``title``, ``title_en``, ``pass_mark``, ``excellent_mark``
and ``items``; an item has the columns of ``SchemeItem``. ``schema`` describes its ``params``.
``engine`` is the door: ``Scheme.of``, ``points_of``, ``total``, ``prefill``, ``grade_for``, ``input_kind``.

What an item takes as input (JSON; numbers may be int, float, Decimal or text such as "2.5"; None: not yet
scored)

    rule            input_kind  input
    deduct          marks       {row code: true | how many | points taken off}, rows left out take nothing off
    all_or_nothing  yes_no      true | false
    gate            yes_no      true | false
    choice          choice      row code
    band            band        {"band": row code, "points": number within the band's own range}
    per_unit        units       {row code: how many}
    bonus           units       {row code: how many}
    percent         percent     number from 0 to 100
    highest         list        [{"subject": what it is about, "rank": row code}, …]
    shared          list        [{"subject": …, "unit": row code, "share": percent}, …]; with a
                                ladder "place": n instead of "share"
    judgement       number      number from 0 to the points of the item

Facts that a scheme may name, so that ``prefill`` answers for the unit (``facts.FACTS`` is the list; numbers
unless said otherwise; a fact that is left out fills in nothing; those by rank are dicts of the lower-case
names of ``studios.choices.Rank`` to numbers, and a scheme names one entry: "results_by_rank.prefecture")

    projects              projects of the period
    results               results completed or recognised in the period
    results_by_rank       the same by their highest recognition
    results_two_years     results recognised at city level or above within two years before the period's end
    honours_by_rank       honours of the leader
    activities, sessions  drills, exchanges, lectures; how often they were held
    people_trained        people who took part in them
    mentorships           pairs in force in the period
    apprentices_graduated pairs that ended well in the period
    funds_unit            the unit's own money for the period, in 10,000 yuan
    funds                 money of every source, in 10,000 yuan
    members, skilled      members of the team; those with a high skill level or a professional title
    area                  square metres of the venue
    signs                 signs and boards on the wall, of six
    equipment             kinds of equipment, of five
    systems               rules and regulations, of six
    media_by_rank         reports in the media
    benefit_amount        economic benefit of the period, in 10,000 yuan
    conversions           results put to use in the period
    non_public            true when the unit belongs to the non-public sector
"""
