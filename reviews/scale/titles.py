"""Titles of the made-up studios, and the decision documents that grant them."""

from dataclasses import dataclass
from datetime import date

from reviews.scale.plan import DAY, ISO, day_number, year_of
from reviews.scale.streams import DATE, Stream
from studios.choices import EndReason, Source, Tier

DOCUMENT = "id union_id prefix year number title issued_on source issued_by_id created_at"
SERIES = "id union_id year last_number"
NAMING = (
    "id studio_id level_id granted_by_id since until document_id basis_id end_reason source"
    " stated_since stated_until created_at union_id county_id city_id province_id"
)
# out of those who could hold it
HAS_BASE, HAS_COUNTY, HAS_CITY, HAS_ENDED = 0.92, 0.6, 0.22, 0.09
WITHOUT_DOCUMENT = 0.15  # of the county titles that were taken over
BATCHES = ((3, 11), (6, 18), (9, 25), (12, 9))  # when a union decides each year, give or take some days
ENDS = (  # the lowest tier that ends (everything above ends with it), and why
    (Tier.BASE, EndReason.UNIT_CLOSED),
    (Tier.BASE, EndReason.VOLUNTARY),
    (Tier.BASE, EndReason.MERGED),
    (Tier.COUNTY, EndReason.NO_RESULT_3Y),
    (Tier.COUNTY, EndReason.NO_RESULT_3Y),
    (Tier.COUNTY, EndReason.FAILED_ASSESSMENT),
    (Tier.COUNTY, EndReason.LEADER_GONE),
    (Tier.CITY, EndReason.FAILED_ASSESSMENT),
)


@dataclass(slots=True)
class Title:
    """A naming before it is a row; ``paper`` is (granting union, day) of its document, or None."""

    tier: int
    granted_by: int
    since: int
    paper: tuple | None
    is_imported: bool
    stated: str = ""
    until: int | None = None
    reason: str = ""
    id: int = 0


class Titles:
    """Draws the titles of every studio, sets what lists show of them, and numbers their documents."""

    def __init__(self, plan, ground, studios):
        self.plan, self.ground, self.studios = plan, ground, studios
        self.draw = plan.random("titles").random
        self.days = self._batch_days()
        number = ground.first["studios_naming"]
        for sketch in studios.all:
            sketch.titles = self._titles(sketch)
            sketch.is_imported = bool(sketch.titles) and sketch.titles[0].is_imported
            sketch.top_tier = max((title.tier for title in sketch.titles if title.until is None), default=0)
            for title in sketch.titles:
                title.id, number = number, number + 1
        self.documents = self._number_documents()
        self.document_ids = {row[1:3]: row[0] for row in self.documents}

    def _batch_days(self):
        """The days on which some union decides, over all years of a studio's life."""
        first = self.plan.until.year - 17
        return [
            day_number(date(year, month, day))
            for year in range(first, self.plan.until.year + 1)
            for month, day in BATCHES
        ]

    def _titles(self, sketch):
        titles = []
        if self.draw() < HAS_BASE:
            titles.append(self._base(sketch))
            if self.draw() < HAS_COUNTY:
                self._add(titles, Tier.COUNTY, sketch.line[1], wait=60)
            if len(titles) == 2 and self.draw() < HAS_CITY:
                self._add(titles, Tier.CITY, sketch.line[2], wait=200)
            if self.draw() < HAS_ENDED:
                self._end(titles)
        return titles

    def _base(self, sketch):
        """The unit's own naming; older ones are known from rosters, some only to the month or year."""
        since = min(sketch.founded + int(self.draw() * 300), self.plan.last)
        if since >= self.plan.portal_from:
            return Title(1, sketch.line[0], since, None, False)
        exact = (10, 7, 7, 4)[int(self.draw() * 4)]
        stated = ISO[since][:exact]
        since = day_number(date.fromisoformat(stated + "-01-01"[exact - 10 :] if exact < 10 else stated))
        return Title(1, sketch.line[0], since, None, True, stated="" if exact == 10 else stated)

    def _add(self, titles, tier, union, wait):
        """One title more on top, on a day on which its union decides; none when that lies in the future."""
        earliest = titles[-1].since + wait + int(self.draw() ** 2 * 2500)
        day = next((day for day in self.days if day >= earliest), self.plan.last) + union % 13
        if day > self.plan.last:
            return
        is_imported = day < self.plan.portal_from
        is_papered = not (is_imported and tier == Tier.COUNTY and self.draw() < WITHOUT_DOCUMENT)
        titles.append(Title(int(tier), union, day, (union, day) if is_papered else None, is_imported))

    def _end(self, titles):
        day = titles[-1].since + 365 + int(self.draw() * 2000)
        lowest, reason = ENDS[int(self.draw() * len(ENDS))]
        if day <= self.plan.last:
            for title in titles:
                if title.tier >= lowest:
                    title.until, title.reason = day, str(reason)

    def _number_documents(self):
        """(id, union, day, year, number, imported) by day: numbers issued here run without a gap a year."""
        papers = sorted(
            {t.paper for s in self.studios.all for t in s.titles if t.paper}, key=lambda p: (p[1], p[0])
        )
        last, rows = {}, []
        for number, (union, day) in enumerate(papers, start=self.ground.first["studios_officialdocument"]):
            year, is_imported = year_of(day), day < self.plan.portal_from
            last[union, year] = own = last.get((union, year), 0) + (7 if is_imported else 1)
            rows.append((number, union, day, year, own, is_imported))
        return rows

    def streams(self):
        """Documents and their series, then the titles."""
        yield Stream("studios_officialdocument", DOCUMENT, self._documents(), number="int4", issued_on=DATE)
        yield Stream("studios_documentseries", SERIES, self._series())
        yield Stream("studios_naming", NAMING, self._namings())

    def _documents(self):
        tree, approver = self.studios.tree, self.ground.users["approver"][0]
        prefixes = {place.id: place.prefix for place in (*tree.cities, *tree.counties)}
        for number, union, day, year, own, is_imported in self.documents:
            source, by = (Source.IMPORTED, None) if is_imported else (Source.PORTAL, approver)
            title = f"关于命名{year}年创新工作室的决定"
            row = (
                number,
                union,
                prefixes[union],
                year,
                own,
                title,
                day,
                str(source),
                by,
                day * DAY + DAY // 8,
            )
            yield row

    def _series(self):
        last = {(row[1], row[3]): row[4] for row in self.documents if not row[5]}
        for number, ((union, year), own) in enumerate(
            last.items(), start=self.ground.first["studios_documentseries"]
        ):
            yield number, union, year, own

    def _namings(self):
        levels = {int(tier): level for tier, level in self.ground.levels.items()}
        for sketch in self.studios.all:
            basis = None
            for title in sketch.titles:
                yield (
                    *(title.id, sketch.id, levels[title.tier], title.granted_by, title.since, title.until),
                    *(self.document_ids.get(title.paper), basis, title.reason),
                    *("imported" if title.is_imported else "portal", title.stated, ""),
                    *(title.since * DAY + DAY // 8, *sketch.line),
                )
                basis = title.id
