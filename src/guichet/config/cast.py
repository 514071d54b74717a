"""The people of the demonstration: who they are and what each of them shows. Data alone; demonstration.py plays it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """One demonstration account; ``part`` is what ``./guichet up`` prints beside the address."""

    email: str
    name: str
    language: str
    part: str
    staff_role: str = ""


SIGNATORY = Account(
    "signatory@demo.example", "Geneviève Côté-Lavoie", "fr", "returning client, signing authority, criteria met"
)
COLLEAGUE = Account("colleague@demo.example", "Marcus O’Neill", "en", "same organization, no signing authority")
NEWCOMER = Account("newcomer@demo.example", "Aïssatou Tremblay", "fr", "registered, nothing filled in")
STRANGER = Account("stranger@demo.example", "Priya Raman", "en", "another organization")
OFFICER = Account("officer@demo.example", "Luc Desjardins", "fr", "program officer", "officer")
ADMINISTRATOR = Account("admin@demo.example", "Helen Wójcik", "en", "administrator", "administrator")

ACCOUNTS = (SIGNATORY, COLLEAGUE, NEWCOMER, STRANGER, OFFICER, ADMINISTRATOR)
