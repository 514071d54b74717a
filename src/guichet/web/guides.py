"""The guide of an edition as links, for pages of every audience."""

from guichet.programs.definitions import EditionDefinition
from guichet.questions.pages import GuideLink


def guide_links(definition: EditionDefinition, language: str) -> dict[str, GuideLink]:
    """The sections of the edition's guide, as links in a language, by section number."""
    guide = definition.guide
    return {
        number: GuideLink(f"{number} {section.title.in_(language)}", guide.link(number, language))
        for number, section in guide.sections.items()
    }
