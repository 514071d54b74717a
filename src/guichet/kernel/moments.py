"""What the clocks of a zone show, as moments: a time of day may come twice, or never (summer time)."""

import datetime as dt
from zoneinfo import ZoneInfo


def moments(wall: dt.datetime, zone: str) -> tuple[dt.datetime, ...]:
    """The moments at which the clocks of ``zone`` show ``wall`` (naive), each with its offset, the first one first.

    One; two in the hour that comes again when clocks are put back; none in the hour that they are put forward over.
    """
    place = ZoneInfo(zone)
    found: list[dt.datetime] = []
    for fold in (0, 1):
        moment = wall.replace(tzinfo=place, fold=fold).astimezone(dt.UTC)
        local = moment.astimezone(place)
        exact = local.replace(tzinfo=dt.timezone(local.utcoffset() or dt.timedelta()), fold=0)
        if local.replace(tzinfo=None, fold=0) == wall and exact not in found:
            found.append(exact)
    return tuple(found)
