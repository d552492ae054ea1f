"""The site's starting content: reads the files under `content/` and brings them into the database.

`files` reads and checks, `blocks` turns a body into stream data, `source` makes the English pages,
`translated` makes the other languages, `catalogues` keeps the PO files.
"""
