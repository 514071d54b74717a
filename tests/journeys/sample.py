"""What the firms of the journeys type: believable answers, as a person would type them."""

import itertools
from datetime import date, timedelta
from typing import Any

PASSWORD = "douze érables rouges 1867"
_digits = itertools.count(10_000_100)


def business_number() -> str:
    """A fresh number whose check digit (Luhn) is right; every journey needs one of its own."""
    stem = str(next(_digits))
    total = sum(sum(divmod(int(digit) * (2 if position % 2 else 1), 10)) for position, digit in enumerate(stem))
    return stem + str(-total % 10)


def profile(language: str, number: str, **changed: Any) -> dict[str, Any]:
    """My profile of a firm that meets every criterion; money as each language writes it."""
    french = language == "fr"
    return {
        "person-title": "Présidente" if french else "President",
        "person-phone": "418 555-0199 poste 22" if french else "416-555-0199 ext. 22",
        "legal_name": f"Érables {number} inc." if french else f"Lakeside Instruments {number} Ltd.",
        "operating_name": "Les Érables d’Éloïse" if french else "Lakeside",
        "business_number": f"{number[:5]}-{number[5:]} RC0001",
        "business_number_active": True,
        "legal_form": "incorporated",
        "for_profit": True,
        "established_in_canada": True,
        "employees": "12,5" if french else "12.5",
        "revenue": "1 234 567,89 $" if french else "$1,234,567.89",
        "revenue_period": "last_tax_year",
        "revenue_period_end": "31 décembre 2025" if french else "December 31, 2025",
        "street": "12, rue de l’Église" if french else "12 Water Street",
        "city": "Québec" if french else "Kingston",
        "province": "QC" if french else "ON",
        "postal_code": "g1r 4p5" if french else "k7l1a1",
        "industry": "311" if french else "334",
        "web_site": "erables.example" if french else "lakeside.example",
    } | changed


def account_profile(language: str) -> dict[str, Any]:
    """The plain questions of the account profile; its tables are filled by the journey itself."""
    french = language == "fr"
    return {
        "activities_description": "Transformation de l’eau d’érable." if french else "Design and assembly of probes.",
        "products_description": "Sirop, tire et beurre d’érable." if french else "Water-quality probes.",
        "canadian_content": "Tout est fait au Québec." if french else "Everything is assembled in Kingston.",
        "has_affiliates": False,
        "sales_year_end": "2025-12-31",
        "total_sales": "1 234 567,89" if french else "1,234,567.89",
        "has_government_funding": False,
        "signatory_position": "Présidente" if french else "President",
        "signatory_basis": "officer",
        "signatory_confirmation": True,
    }


def activity(start: date, language: str, **changed: Any) -> dict[str, Any]:
    """One row of the activity table, three days long."""
    return {
        "category": "a",
        "market": "FR",
        "destination": "DE",
        "start": start.isoformat(),
        "end": (start + timedelta(days=3)).isoformat(),
        "cost": "24 000,50 $" if language == "fr" else "$24,000.50",
        "description": (
            "Rencontrer à Cologne des distributeurs qui servent la France."
            if language == "fr"
            else "Meet distributors who serve France, in Cologne."
        ),
    } | changed


def sections(language: str) -> list[tuple[str, dict[str, Any]]]:
    """The sections without tables, in order: key and answers."""
    french = language == "fr"
    return [
        (
            "project",
            {
                "project_title": "L’érable à la table de l’Europe" if french else "Clean water in the Rhineland",
                "project_summary": "Trois foires, deux marchés." if french else "Three fairs, two markets.",
            },
        ),
        ("products", {"products": "Sirop, tire et beurre." if french else "Probes and their software."}),
        ("capacity", {"capacity": "Une équipe de douze personnes." if french else "A team of twelve."}),
        ("intellectual_property", {"ip_strategy": "Marque déposée en 2024." if french else "Patent filed in 2024."}),
        ("benefits", {"benefit_sales": "Ventes de 400 000 $ en deux ans." if french else "Sales of $400,000."}),
        ("relationships", {"has_relationships": False, "prepared_by_consultant": False}),
        ("other_funding", {"has_other_funding": False}),
    ]
