"""Lists of words for the values of a choice: exact words first, then words that the cell contains."""

from dataclasses import dataclass

from studios.rosters.cells.names import name_key
from studios.rosters.cells.understood import NOTHING, Understood, ask, is_blank, wrong


@dataclass(frozen=True)
class Vocabulary:
    """Understands the words of one column.

    ``labels`` is {value: how a roster writes it}; ``exact`` {word: value or tuple of values to ask about};
    ``inside`` pairs (word, value or tuple), looked for in this order, each found word taken out of the text.
    """

    name: str
    labels: dict
    exact: dict
    inside: tuple = ()

    def read(self, raw):
        """The value; several, or a word that means several, are a question."""
        if is_blank(raw):
            return NOTHING
        text = name_key(str(raw))
        values = self.values(text)
        if not values:
            return wrong("word.unknown", words="；".join(self.labels.values()))
        if len(values) == 1:
            return Understood(values[0])
        return ask(
            f"{self.name}:{text}",
            "word.which",
            [(value, self.labels[value]) for value in values],
            found=str(raw).strip(),
        )

    def values(self, text):
        """What a compared text (``name_key``) can mean."""
        if text in self.exact:
            return self._known(self.exact[text])
        found = []
        for word, meaning in self.inside:
            if word in text:
                text = text.replace(word, " ")
                found += [value for value in self._known(meaning) if value not in found]
        return tuple(found)

    def _known(self, meaning):
        values = meaning if isinstance(meaning, tuple) else (meaning,)
        return tuple(value for value in values if value in self.labels)


def words(**by_value):
    """{word: value} of ``value="word word …"``, words as they are compared."""
    return {name_key(word): value for value, text in by_value.items() for word in text.split()}


def inside(*pairs):
    """((word, value), …) of ("word word …", value) pairs, in their order."""
    return tuple((name_key(word), value) for text, value in pairs for word in text.split())
