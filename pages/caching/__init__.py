"""Keeping finished answers for visitors, and forgetting exactly those that a change shows up in.

`headers` says how long an answer may be kept, `middleware` keeps it, `purging` forgets it,
`dependents` knows which addresses a page shows up at.
"""
