"""The registered verbs: an act that is not listed cannot be recorded."""

VERBS = {}


def register(verb, sentence):
    """Make ``verb`` (``noun.verb``) recordable; ``sentence`` is its lazy translation for readers."""
    if VERBS.get(verb, sentence) != sentence:
        raise ValueError(f"Audit verb registered twice with different sentences: {verb}")
    VERBS[verb] = sentence


def sentence_of(verb):
    """The sentence of ``verb``; a verb of an older version of the portal stands for itself."""
    return VERBS.get(verb, verb)
