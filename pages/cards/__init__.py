"""Pictures that stand beside shared links: one for every page and language, made by the worker."""
