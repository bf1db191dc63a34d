"""Applications of the made-up studios and the steps taken on them; without the dossiers they would freeze."""

from reviews.scale.flows import CLOSED_WITHOUT, NAMED, UNDER_WAY
from reviews.scale.plan import DAY, year_of
from reviews.scale.streams import DATE, Stream

APPLICATION = (
    "id studio_id level_id round_id ruleset_id number state tier proposal statement opened_by_id opened_at"
    " submitted_by_id confirmed_by_id reviewer_id proposed_by_id decided_by_id submitted_at arrived_at due_on"
    " decided_at updated_at submissions reached_tier naming_id union_id county_id city_id province_id"
)
DECISION = (
    "id application_id action from_state to_state from_tier to_tier union_id actor_id actor_label"
    " second_to_id reason document_id at"
)
COUNTER = "id year last_number"
PEOPLE = ("submitted_by", "confirmed_by", "reviewer", "proposed_by", "decided_by")
STATEMENT = "工作室团队稳定，成果突出，特申请命名。"
A_STUDIO = 2  # applications
OPEN_NOW = 0.22  # of the studios
PACE = DAY // 24  # every step at another hour, so that their order is plain
REVIEW_DAYS = 21


class Applications:
    """Every application as (day opened, days a step, sketch, tier, flow, title), oldest first."""

    def __init__(self, plan, ground, studios, titles):
        self.plan, self.ground, self.studios, self.titles = plan, ground, studios, titles
        self.draw = plan.random("applications").random
        self.all = [row for sketch in studios.all for row in self._of(sketch)]
        self.all.extend(self._attempts())
        self.all.sort(key=lambda row: (row[0], row[2].id, row[3]))
        self.year_counts = dict(ground.counters)
        self.numbers = [self._number(row[0]) for row in self.all]

    def _of(self, sketch):
        """Those that led to titles here, and perhaps one under way."""
        rows = [self._named(sketch, title) for title in sketch.titles if not title.is_imported]
        if self.draw() < OPEN_NOW and sketch.top_tier < 3:
            rows.append(self._under_way(sketch, sketch.top_tier + 1))
        return rows

    def _attempts(self):
        """What ended without a title, up to the measure."""
        missing = A_STUDIO - len(self.all) / len(self.studios.all)
        for sketch in self.studios.all:
            for _one in range(int(missing + self.draw())):
                yield self._closed(sketch)

    def _pick(self, flows):
        return flows[int(self.draw() * len(flows))]

    def _named(self, sketch, title):
        """Steps a few days apart, the last on the day of the title."""
        flow = self._pick(NAMED[title.tier])
        pace = 1 + int(self.draw() * 6)
        return title.since - pace * (len(flow.steps) - 1), pace, sketch, title.tier, flow, title

    def _under_way(self, sketch, tier):
        flow = self._pick(UNDER_WAY[tier])
        sketch.is_locked = sketch.is_locked or flow.after["is_locking"]
        pace = 1 + int(self.draw() * 3)
        return self.plan.last - len(flow.steps) * pace - int(self.draw() * 20), pace, sketch, tier, flow, None

    def _closed(self, sketch):
        tier = (1, 1, 2, 2, 3)[int(self.draw() * 5)]
        flow = self._pick(CLOSED_WITHOUT[tier])
        room = max(1, min(self.plan.last - sketch.founded, 1700) - 60)
        return self.plan.last - 60 - int(self.draw() * room), 2, sketch, tier, flow, None

    def _number(self, day):
        year = year_of(day)
        self.year_counts[year] = own = self.year_counts.get(year, 0) + 1
        return f"SB-{year}-{own:04d}"

    def streams(self):
        """Applications with the counters of their numbers, then the steps."""
        yield Stream("reviews_application", APPLICATION, self._applications(), due_on=DATE, number="text")
        yield Stream("reviews_applicationcounter", COUNTER, self._counters())
        yield Stream("reviews_decision", DECISION, self._decisions())

    def _counters(self):
        new = {year: own for year, own in self.year_counts.items() if year not in self.ground.counters}
        first = self.ground.first["reviews_applicationcounter"]
        for number, (year, own) in enumerate(sorted(new.items()), start=first):
            yield number, year, own

    def _at(self, number, row, place):
        """The moment of a step; hours go on with the steps, so that no two fall together."""
        return (row[0] + row[1] * place) * DAY + PACE * (1 + place % 8) + number % 3_000 * 1_000_000

    def _applications(self):
        users, ground = self.ground.users, self.ground
        ids = {None: None} | {who: user[0] for who, user in users.items()}
        levels = {int(tier): (level, ground.rounds[tier]) for tier, level in ground.levels.items()}
        first = ground.first["reviews_application"]
        for number, (row, own) in enumerate(zip(self.all, self.numbers, strict=True), start=first):
            _opened, _pace, sketch, tier, flow, title = row
            after, steps = flow.after, len(flow.steps)
            level, call = levels[tier]
            opened = self._at(number, row, 0) - PACE
            newest = self._at(number, row, steps - 1) if steps else opened
            arrived = self._at(number, row, after["arrives"]) if steps else None
            waits = (after["tier"] or 1) > 1
            yield (
                *(number, sketch.id, level, call, ground.ruleset, own, after["state"], after["tier"]),
                *(after["proposal"], STATEMENT, ids["clerk"], opened, *(ids[after[who]] for who in PEOPLE)),
                *(self._at(number, row, after["submitted"]) if steps else None, arrived),
                *(arrived // DAY + REVIEW_DAYS if waits else None, newest if after["is_closed"] else None),
                *(newest, after["submissions"], after["reached_tier"], title.id if title else None),
                *sketch.line,
            )

    def _decisions(self):
        users, papers = self.ground.users, self.titles.document_ids
        number = self.ground.first["reviews_decision"]
        for about, row in enumerate(self.all, start=self.ground.first["reviews_application"]):
            line, title = row[2].line, row[5]
            last = len(row[4].steps) - 1
            for place, step in enumerate(row[4].steps):
                action, before, after, from_tier, to_tier, at, who, second, reason = step
                actor, label = users[who]
                yield (
                    *(number, about, action, before, after, from_tier, to_tier, line[at - 1], actor, label),
                    users[second][0] if second else None,
                    reason,
                    papers.get(title.paper) if title and place == last else None,
                    self._at(about, row, place),
                )
                number += 1
