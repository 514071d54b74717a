"""The letters of this room: codes and notices around signing in. Texts in ``texts/``, one per language."""

from dataclasses import dataclass

from allauth.account import app_settings as flow_settings

from guichet.accounts.links import link
from guichet.accounts.models import User
from guichet.mail.actions import send

ROOM = "accounts"


@dataclass(frozen=True)
class Kind:
    """A letter: the name of its texts, and whether a copy stands among the person's messages in the portal."""

    name: str
    in_portal: bool = False


# The sign-in flows name a mail by the prefix of its template; each is one of our letters, or an error.
KINDS = {
    "account/email/email_confirmation_signup": Kind("confirm_address"),
    "account/email/email_confirmation": Kind("confirm_address"),
    "account/email/account_already_exists": Kind("address_known"),
    "account/email/unknown_account": Kind("address_unknown"),
    "account/email/password_reset_code": Kind("reset_code"),
    "account/email/password_reset": Kind("password_changed", in_portal=True),
    "account/email/password_changed": Kind("password_changed", in_portal=True),
    "account/email/password_set": Kind("password_changed", in_portal=True),
    "account/email/email_changed": Kind("address_changed", in_portal=True),
}


def send_for_flow(prefix: str, *, email: str, person: User | None, language: str, values: dict) -> None:
    """Put the letter for the sign-in flow's mail ``prefix`` in the outbox.

    ``person`` is who the address belongs to, if anybody; their language wins over ``language``. ``values`` are what
    the flow knows (``code``, ``from_email``, ``to_email``). Raises LookupError for a mail that has no letter.
    """
    kind = KINDS.get(prefix)
    if kind is None:
        raise LookupError(f"no letter for {prefix!r}")
    if person is not None:
        language = person.language
    send(
        room=ROOM,
        name=kind.name,
        language=language,
        email=email,
        user=person,
        values=_values(kind.name, language, email, person, values),
        in_portal=kind.in_portal and person is not None,
    )


def _values(name: str, language: str, email: str, person: User | None, given: dict) -> dict[str, str]:
    who = person.name if person is not None else ""
    match name:
        case "confirm_address":
            # No name: the address is not confirmed, so the words would be a stranger's.
            return {"code": str(given["code"]), "minutes": _minutes("EMAIL_VERIFICATION_BY_CODE_TIMEOUT")}
        case "reset_code":
            return {"name": who, "code": str(given["code"]), "minutes": _minutes("PASSWORD_RESET_BY_CODE_TIMEOUT")}
        case "address_known":
            return {"email": email, **_ways_in(language)}
        case "address_unknown":
            return {"email": email, "register_link": link("account_signup", language)}
        case "address_changed":
            return {"name": who, "before": str(given["from_email"]), "after": str(given["to_email"])}
        case _:
            return {"name": who, "reset_link": link("account_reset_password", language)}


def _minutes(setting: str) -> str:
    return str(getattr(flow_settings, setting) // 60)


def _ways_in(language: str) -> dict[str, str]:
    return {
        "login_link": link("account_login", language),
        "reset_link": link("account_reset_password", language),
    }
