"""Next year's edition, made as docs/programs.md tells it, prints what the document says that it prints."""

from tests.programs import walk


def test_the_walk_of_the_document_goes_as_it_says(tmp_path):
    edition = walk.ready(tmp_path)
    done = []
    for step in walk.steps():
        if not step.command:
            walk.change(edition, step.text)
        elif step.command.startswith("./guichet program publish"):
            done.append("publish")  # into a portal: tests/journeys/test_next_year.py
        else:
            assert walk.run(step.command, tmp_path) == step.text, step.command
            done.append(" ".join(step.command.split()[:3]).removeprefix("./guichet program "))
    assert [act.split()[0] for act in done] == ["cp", "check", "translated", "check", "test", "test", "publish"]
