"""Texts leave as PO and XLIFF files, and come back from whatever tool translators use."""
