"""What a package may not say of its intakes, and where the fault is shown."""

import pytest

from guichet.programs.errors import PackageFaults
from guichet.programs.loading import load
from tests.programs.packages import changed

OPENS, CLOSES = "2030-02-04T12:00:00-04:00", "2030-05-29T12:00:00-03:00"
SPRING = f"""    opens: {OPENS}
    closes: {CLOSES}
"""
# In Halifax the clocks are put forward on 10 March 2030, and back on 3 November.
MOMENTS = [
    ("2030-02-04T12:00:00", "as America/Halifax has it at this time: 2030-02-04T12:00:00-04:00"),
    ("2030-02-04T12:00:00-03:00", "as America/Halifax has it at this time: 2030-02-04T12:00:00-04:00"),
    ("2030-02-04T16:00:00Z", "as America/Halifax has it at this time: 2030-02-04T16:00:00-04:00"),
    ("2030-03-10T02:30:00", "does not exist in America/Halifax"),
    ("2030-03-10T02:30:00-04:00", "does not exist in America/Halifax"),
    (
        "2029-11-04T01:30:00",
        "comes twice in America/Halifax, as the clocks are put back: write 2029-11-04T01:30:00-03:00",
    ),
    ("2030-02-04", "write a date, a time and the offset of the zone"),
    ("1896350400", "write a date, a time and the offset of the zone"),
    ("2030-02-04T12:00:00.5-04:00", "write a date, a time and the offset of the zone"),
    ("2030-02-30T12:00:00-04:00", ""),
]


@pytest.mark.parametrize(("written", "message"), MOMENTS)
def test_a_moment_is_one_that_the_clocks_of_the_zone_show(tmp_path, written, message):
    with pytest.raises(PackageFaults) as caught:
        load(changed(tmp_path, "edition.yaml", OPENS, written))
    [fault] = caught.value.faults
    assert message in fault.message, fault
    assert (fault.line, fault.column) == (19, 12)


@pytest.mark.parametrize(
    "written", ["2029-11-04T01:30:00-03:00", "2029-11-04T01:30:00-04:00", "2030-02-04 12:00-04:00"]
)
def test_an_offset_tells_which_of_two(tmp_path, written):
    opens = load(changed(tmp_path, "edition.yaml", OPENS, written)).definition.intakes[0].opens
    assert opens is not None
    assert opens.isoformat()[-6:] == written[-6:]


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (f"opens: {CLOSES}", ""),
        ("opens: 2030-05-29T11:59:59-03:00", "opens before the intake 'spring' closes"),
        ("closes: 2031-05-29T12:00:00-03:00", "intake"),
    ],
)
def test_windows_do_not_overlap(tmp_path, second, message):
    intake = f"  - key: autumn\n    title: {{en: Autumn, fr: Automne}}\n    {second}\n"
    folder = changed(tmp_path, "edition.yaml", SPRING, SPRING + intake)
    if not message:
        assert len(load(folder).definition.intakes) == 2
        return
    with pytest.raises(PackageFaults, match=message):
        load(folder)


def test_every_window_inside_a_longer_one_is_told(tmp_path):
    inside = [("march", "2030-03-01", "2030-03-08"), ("april", "2030-04-01", "2030-04-08")]
    offsets = {"march": "-04:00", "april": "-03:00"}
    more = "".join(
        f"""  - key: {key}
    title: {{en: In {key}, fr: En {key}}}
    opens: {opens}T12:00:00{offsets[key]}
    closes: {closes}T12:00:00{offsets[key]}
"""
        for key, opens, closes in inside
    )
    with pytest.raises(PackageFaults) as caught:
        load(changed(tmp_path, "edition.yaml", SPRING, SPRING + more))
    told = [fault.message for fault in caught.value.faults]
    assert len(told) == 2, told
    assert {message.partition("intake")[2][:30] for message in told} == {" opens before the intake 'spri"}
