"""The whole made-up country as streams of rows, made from a plan and the ground it stands on."""

from reviews.scale.applications import Applications
from reviews.scale.ledger import Ledger
from reviews.scale.people import People
from reviews.scale.studios import Studios
from reviews.scale.titles import Titles
from reviews.scale.tree import Tree

TABLES = [
    "studios_union",
    "studios_unit",
    "studios_studio",
    "studios_person",
    "studios_leader",
    "studios_member",
    "studios_honour",
    "studios_officialdocument",
    "studios_documentseries",
    "studios_naming",
    "studios_achievement",
    "studios_recognition",
    "reviews_application",
    "reviews_applicationcounter",
    "reviews_decision",
]


class Country:
    """Draws who and what there is; the rows themselves are made while they are read, and once only."""

    def __init__(self, plan, ground):
        self.tree = Tree(plan, ground)
        self.studios = Studios(plan, ground, self.tree)
        self.titles = Titles(plan, ground, self.studios)
        self.applications = Applications(plan, ground, self.studios, self.titles)
        self.people = People(plan, ground, self.studios)
        self.ledger = Ledger(plan, ground, self.studios)

    def streams(self):
        """Every table's rows, in an order in which each can be drawn from those before it."""
        return [
            *self.tree.streams(),
            self.studios.stream(),
            *self.people.streams(),
            *self.titles.streams(),
            *self.ledger.streams(),
            *self.applications.streams(),
        ]
