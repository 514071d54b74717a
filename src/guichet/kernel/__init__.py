"""The kernel: words every room shares, from bilingual text to business days. No tables, no requests.

It knows no other room. Raw SQL, where it is needed outside migrations, lives here (``database.py``).
"""
