"""What the text types share."""

from django.utils.translation import ngettext

from guichet.kernel import formats
from guichet.kernel.bilingual import Text
from guichet.questions.speech import say


def too_long(count: int, limit: int) -> Text:
    """“Shorten this text by 12 characters: it has 212, the limit is 200.”"""

    def sentence(language: str) -> str:
        over = count - limit
        pattern = ngettext(
            "Shorten this text by %(over)s character: it has %(count)s, and the limit is %(limit)s.",
            "Shorten this text by %(over)s characters: it has %(count)s, and the limit is %(limit)s.",
            over,
        )
        figures = {"over": over, "count": count, "limit": limit}
        return pattern % {name: formats.integer(figure, language) for name, figure in figures.items()}

    return say(sentence)
