"""Wagtail's database search with the site's own text analysis, for visitors and the admin alike.

What is indexed and what is asked both become tokens (`text_analysis`); the engines stay the ones
that Wagtail brings. On SQLite the engine's query is replaced: decision 0014.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL
from modelsearch.index import AutocompleteField, SearchField
from modelsearch.query import And, Or, Phrase, PlainText
from wagtail.models import Locale

from .languages import LANGUAGES, SOURCE_CODE
from .text_analysis import NO_TOKEN, document_tokens, query_alternatives, query_tokens


class InLanguage(PlainText):
    """A question asked in one language. A plain question may be in any of the site's."""

    def __init__(self, query_string: str, language_code: str) -> None:
        super().__init__(query_string)
        self.language_code = language_code


def needed_tokens(query: PlainText | Phrase, as_prefix: bool = False) -> list[list[str]]:
    """What a text must have to answer, each as the tokens of which one will do."""
    if as_prefix:
        needed = [[token] for token in query_tokens(query.query_string, "")]
    elif isinstance(query, InLanguage):
        needed = [[token] for token in query_tokens(query.query_string, query.language_code)]
    else:
        needed = query_alternatives(query.query_string, list(LANGUAGES))
    return needed or [[NO_TOKEN]]


class Tokens(SearchField):
    """A field whose value has been worked out already."""

    def __init__(self, field: SearchField, value: str) -> None:
        super().__init__(field.field_name, boost=field.boost)
        self.value = value

    def get_value(self, obj: Any) -> str:
        return self.value


class PrefixTokens(AutocompleteField):
    """As `Tokens`, for completion."""

    def __init__(self, field: AutocompleteField, value: str) -> None:
        super().__init__(field.field_name)
        self.value = value

    def get_value(self, obj: Any) -> str:
        return self.value


class TokenisedObject:
    """What the engine's indexer asks of an object, with tokens in place of its texts."""

    def __init__(self, indexer: Any, language_code: str) -> None:
        self.pk = indexer.obj.pk
        self.fields: list[SearchField | AutocompleteField] = []
        for search_field in indexer.search_fields:
            for field, *_, text in indexer.prepare_field(indexer.obj, search_field):
                if isinstance(field, AutocompleteField):
                    self.fields.append(PrefixTokens(field, document_tokens(text, "")))
                else:
                    self.fields.append(Tokens(field, document_tokens(text, language_code)))

    def get_search_fields(self) -> list[SearchField | AutocompleteField]:
        return self.fields


def tokenised(objs: list[models.Model], indexer_class: type, backend: Any) -> list[TokenisedObject]:
    """The objects with tokens in place of their texts, each in its own language."""
    codes = {}
    if any(hasattr(obj, "locale_id") for obj in objs):
        codes = dict(Locale.objects.values_list("pk", "language_code"))
    return [
        TokenisedObject(
            indexer_class(obj, backend), codes.get(getattr(obj, "locale_id", None), SOURCE_CODE)
        )
        for obj in objs
    ]


if connection.vendor == "sqlite":
    from modelsearch.backends.database.sqlite import sqlite as engine
    from modelsearch.backends.database.sqlite.query import (
        Lexeme,
        MatchExpression,
        SearchQueryExpression,
        normalize,
    )

    class Condition(Lexeme):
        """A condition that is written in FTS5's language already."""

        def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
            return "%s", [self.value]

    class TokenIndex(engine.SQLiteIndex):
        def add_items(self, model: type[models.Model], objs: list[models.Model]) -> None:
            super().add_items(model, tokenised(objs, engine.ObjectIndexer, self.backend))

    class TokenQuery:
        """Asks for tokens, and reads each match and its rank once, by one join."""

        # bm25's weights of the columns, in their order: autocomplete, body, title.
        RANK = "bm25({fts}, 1.0, 1.0, 6.0)"

        def build_search_query_content(self, query: Any, config: Any = None) -> Any:
            if not isinstance(query, (PlainText, Phrase)):
                return super().build_search_query_content(query, config=config)
            needed = needed_tokens(query, self.LAST_TERM_IS_PREFIX)
            groups = ["(" + " OR ".join(f'"{token}"' for token in group) + ")" for group in needed]
            if self.LAST_TERM_IS_PREFIX:
                groups[-1] = f'"{needed[-1][0]}" *'
            operator = f" {getattr(query, 'operator', 'and').upper()} "
            return SearchQueryExpression(Condition(f"({operator.join(groups)})"), config=config)

        def search(
            self, config: Any, start: int, stop: int | None, score_field: str | None = None
        ) -> models.QuerySet:
            query = normalize(self.query)
            if not isinstance(query, (PlainText, Phrase, And, Or)):
                return super().search(config, start, stop, score_field)
            queryset = self.queryset.all()
            compiler = queryset.query.get_compiler(queryset.db)
            columns = self.FTS_TABLE_FIELDS
            if self.fields and set(self.fields) == {"title"}:
                columns = ["title"]
            condition = MatchExpression(columns, self.build_search_query(query, config=config))
            match, params = condition.as_sql(compiler, compiler.connection)
            fts = engine.SQLiteFTSIndexEntry._meta.db_table
            entry = engine.IndexEntry._meta.db_table
            pk = f'"{queryset.query.get_initial_alias()}"."{queryset.model._meta.pk.column}"'
            types = ", ".join(
                str(int(each)) for each in engine.get_descendants_content_types_pks(queryset.model)
            )
            queryset = queryset.extra(  # noqa: S610 (the parts are ours; the question is a parameter)
                tables=[fts, entry],
                where=[
                    match,
                    f'"{entry}"."id" = "{fts}"."rowid"',
                    f'"{entry}"."content_type_id" IN ({types})',
                    f'{pk} = CAST("{entry}"."object_id" AS INTEGER)',
                ],
                params=params,
            )
            if self.order_by_relevance or score_field:
                rank = RawSQL(self.RANK.format(fts=fts), [], models.FloatField())  # noqa: S611
                queryset = queryset.annotate(**{score_field or "_score": rank})
            if self.order_by_relevance:
                queryset = queryset.order_by(score_field or "_score", "-pk")
            elif not queryset.query.order_by:
                queryset = queryset.order_by("-pk")
            return queryset[start:stop]

    class TokenSearch(TokenQuery, engine.SQLiteSearchQueryCompiler):
        pass

    class TokenCompletion(TokenQuery, engine.SQLiteAutocompleteQueryCompiler):
        pass

    class SearchBackend(engine.SQLiteSearchBackend):
        """SQLite's FTS5 over tokens."""

        index_class = TokenIndex
        query_compiler_class = TokenSearch
        autocomplete_query_compiler_class = TokenCompletion

else:
    from django.contrib.postgres.search import SearchQuery
    from modelsearch.backends.database.postgres import postgres as engine

    class TokenIndex(engine.PostgresIndex):
        def add_items(self, model: type[models.Model], objs: list[models.Model]) -> None:
            super().add_items(model, tokenised(objs, engine.ObjectIndexer, self.backend))

    class TokenQuery:
        """Asks for tokens."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            # The engine would read the columns of single fields, which hold words, not tokens.
            self.fields = None

        def build_tsquery_content(
            self, query: Any, config: Any = None, invert: bool = False
        ) -> SearchQuery:
            if not isinstance(query, (PlainText, Phrase)):
                return super().build_tsquery_content(query, config=config, invert=invert)
            needed = needed_tokens(query, self.LAST_TERM_IS_PREFIX)
            groups = [f"({' | '.join(group)})" for group in needed]
            if self.LAST_TERM_IS_PREFIX:
                groups[-1] = f"{needed[-1][0]}:*"
            operator = " | " if getattr(query, "operator", "and") == "or" else " & "
            condition = operator.join(groups)
            return SearchQuery(
                f"!({condition})" if invert else condition, search_type="raw", config=config
            )

    class TokenSearch(TokenQuery, engine.PostgresSearchQueryCompiler):
        pass

    class TokenCompletion(TokenQuery, engine.PostgresAutocompleteQueryCompiler):
        pass

    class SearchBackend(engine.PostgresSearchBackend):
        """PostgreSQL's full-text search over tokens."""

        index_class = TokenIndex
        query_compiler_class = TokenSearch
        autocomplete_query_compiler_class = TokenCompletion
