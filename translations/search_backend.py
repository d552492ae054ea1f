"""Wagtail's database search with the site's own text analysis, for visitors and the admin alike.

What is indexed and what is asked both become tokens (`text_analysis`), one of them for the
language. The index and its engines stay those that Wagtail brings; what is written into it and how
it is asked is here: decisions 0014 and 0018.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL
from modelsearch.index import AutocompleteField
from modelsearch.query import And, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks
from wagtail.models import Locale

from .languages import LANGUAGES
from .text_analysis import (
    NO_TOKEN,
    document_tokens,
    language_token,
    query_alternatives,
    query_tokens,
)


class VisitorQuestion(PlainText):
    """A question asked in one language, of whatever is in the index.

    Where more than `most_ranked` have its words in the title, or anywhere, the newest of these are
    ranked. PostgreSQL unpacks all that a page says to rank it.
    """

    most_ranked = 1000

    def __init__(self, query_string: str, language_code: str) -> None:
        super().__init__(query_string)
        self.language_code = language_code


class InLanguage(VisitorQuestion):
    """A question about what is written in the language that it is asked in."""


class InOtherLanguages(VisitorQuestion):
    """A question about what is written in any language but this one; it may be in any itself."""

    most_ranked = 300


def needed_tokens(query: PlainText | Phrase, as_prefix: bool = False) -> list[list[str]]:
    """What a text must have to answer, each as the tokens of which one will do.

    A plain question may be in any of the site's languages.
    """
    if as_prefix:
        needed = [[token] for token in query_tokens(query.query_string, "")]
    elif isinstance(query, VisitorQuestion) and not isinstance(query, InOtherLanguages):
        needed = [[token] for token in query_tokens(query.query_string, query.language_code)]
    else:
        needed = query_alternatives(query.query_string, list(LANGUAGES))
    return needed or [[NO_TOKEN]]


def is_plain(query: SearchQuery) -> bool:
    """Whether a question is made of words only, with nothing that must not be there."""
    if isinstance(query, (And, Or)):
        return all(map(is_plain, query.subqueries))
    return isinstance(query, (PlainText, Phrase))


class TokenIndex:
    """Stores the tokens of objects in place of their texts. Goes before an engine's index."""

    def add_items(self, model: type[models.Model], objs: list[models.Model]) -> None:
        """Brings objects of one model into the index, or up to date there."""
        codes = {}
        if any(hasattr(obj, "locale_id") for obj in objs):
            codes = dict(Locale.objects.values_list("pk", "language_code"))
        content_type = get_content_type_pk(model)
        engine.IndexEntry._default_manager.using(self.write_connection.alias).bulk_create(
            [
                engine.IndexEntry(
                    content_type_id=content_type,
                    object_id=str(obj.pk),
                    **self.columns(obj, codes.get(getattr(obj, "locale_id", None))),
                )
                for obj in objs
            ],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "body", "autocomplete"],
        )

    def columns(self, obj: models.Model, language_code: str | None) -> dict[str, Any]:
        """What is stored of an object. One that has no language of its own is found in each."""
        codes = [language_code] if language_code else list(LANGUAGES)
        indexer = engine.ObjectIndexer(obj, self.backend)
        title, body, completed = [], [], []
        for search_field in indexer.search_fields:
            for field, *_, text in indexer.prepare_field(obj, search_field):
                if isinstance(field, AutocompleteField):
                    completed.append(document_tokens(text))
                else:
                    tokens = document_tokens(text, *codes)
                    (title if field.field_name == "title" else body).append(tokens)
        return index_columns(" ".join(title), " ".join(body), " ".join(completed), language_code)

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Nothing. The engines go through the whole index here whenever a page is saved, to rank
        by the length of titles; ranks are worked out without that."""


@dataclass(frozen=True)
class Matches:
    """The parts of the SQL that finds entries of the index: where, and how well each answers."""

    tables: list[str]
    where: list[str]
    params: list[str]
    rank: str
    rank_params: list[str]


class TokenQuery:
    """Asks for tokens, and reads each match and its rank by one join. Goes before an engine's."""

    def condition(self, query: SearchQuery) -> str:
        """What the tokens of a text must fulfil, in the engine's language."""
        if isinstance(query, (And, Or)):
            word = self.AND if isinstance(query, And) else self.OR
            return f"({word.join(map(self.condition, query.subqueries))})"
        needed = needed_tokens(query, self.LAST_TERM_IS_PREFIX)
        groups = [f"({self.OR.join(self.TERM.format(each) for each in group)})" for group in needed]
        if self.LAST_TERM_IS_PREFIX:
            groups[-1] = self.PREFIX.format(needed[-1][0])
        word = self.OR if getattr(query, "operator", "and") == "or" else self.AND
        return f"({word.join(groups)})"

    def column(self) -> str:
        """The part of the index that is asked."""
        if self.LAST_TERM_IS_PREFIX:
            return "autocomplete"
        return "title" if self.fields and set(self.fields) == {"title"} else "body"

    def search(
        self, config: Any, start: int, stop: int | None, score_field: str | None = None, **more: Any
    ) -> models.QuerySet:
        if not is_plain(self.query):
            return super().search(config, start, stop, score_field=score_field, **more)
        queryset = self.queryset.all()
        pk = f'"{queryset.query.get_initial_alias()}"."{queryset.model._meta.pk.column}"'
        types = ", ".join(
            str(int(each)) for each in get_descendants_content_types_pks(queryset.model)
        )
        of_model = f'"{ENTRY}"."content_type_id" IN ({types})'
        matches = self.matches(of_model)
        queryset = queryset.extra(  # noqa: S610 (the parts are ours; the question is a parameter)
            tables=matches.tables,
            where=[*matches.where, of_model, f'{pk} = CAST("{ENTRY}"."object_id" AS BIGINT)'],
            params=matches.params,
        )
        score = score_field or "_score"
        if self.order_by_relevance or score_field:
            rank = RawSQL(matches.rank, matches.rank_params, models.FloatField())  # noqa: S611
            queryset = queryset.annotate(**{score: rank})
        if self.order_by_relevance:
            queryset = queryset.order_by(f"-{score}", "-pk")
        elif not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]


if connection.vendor == "sqlite":
    from modelsearch.backends.database.sqlite import sqlite as engine
    from modelsearch.backends.database.sqlite.query import Lexeme, SearchQueryExpression

    ENTRY = engine.IndexEntry._meta.db_table
    FTS = engine.SQLiteFTSIndexEntry._meta.db_table

    def index_columns(
        title: str, body: str, completed: str, language_code: str | None
    ) -> dict[str, str]:
        """The tokens as the index stores them. The language stands where nothing is ranked."""
        language = language_token(language_code) if language_code else ""
        return {"title": title, "body": body, "autocomplete": f"{completed} {language}".strip()}

    class Condition(Lexeme):
        """A condition that is written in FTS5's language already."""

        def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
            return "%s", [self.value]

    class FTSQuery(TokenQuery):
        """Asks FTS5."""

        AND, OR = " AND ", " OR "
        TERM, PREFIX = '"{}"', '"{}" *'
        COLUMNS = {"title": "title", "body": "title body", "autocomplete": "autocomplete"}
        # bm25's weights of the columns, in their order: autocomplete, body, title.
        RANKS = {"body": "-bm25({}, 0.0, 1.0, 6.0)", "autocomplete": "-bm25({}, 1.0, 0.0, 0.0)"}

        def build_search_query_content(self, query: Any, config: Any = None) -> Any:
            if not is_plain(query):
                return super().build_search_query_content(query, config=config)
            return SearchQueryExpression(Condition(self.condition(query)), config=config)

        def matches(self, of_model: str) -> Matches:
            column = self.column()
            asked = f"{{{self.COLUMNS[column]}}} : {self.condition(self.query)}"
            if isinstance(self.query, (InLanguage, InOtherLanguages)):
                language = f'{{autocomplete}} : "{language_token(self.query.language_code)}"'
                word = "AND" if isinstance(self.query, InLanguage) else "NOT"
                asked = f"({asked}) {word} ({language})"
            return Matches(
                tables=[FTS, ENTRY],
                # The sign keeps SQLite from asking FTS5 again for every entry.
                where=[f'"{FTS}" MATCH %s', f'"{ENTRY}"."id" = +"{FTS}"."rowid"'],
                params=[asked],
                rank=self.RANKS.get(column, self.RANKS["body"]).format(f'"{FTS}"'),
                rank_params=[],
            )

    class Index(TokenIndex, engine.SQLiteIndex):
        pass

    class Search(FTSQuery, engine.SQLiteSearchQueryCompiler):
        pass

    class Completion(FTSQuery, engine.SQLiteAutocompleteQueryCompiler):
        pass

    class SearchBackend(engine.SQLiteSearchBackend):
        """SQLite's FTS5 over tokens."""

        index_class = Index
        query_compiler_class = Search
        autocomplete_query_compiler_class = Completion

else:
    from django.contrib.postgres.search import SearchQuery as TextSearchQuery
    from django.contrib.postgres.search import SearchVector
    from modelsearch.backends.database.postgres import postgres as engine

    ENTRY = engine.IndexEntry._meta.db_table

    def vector(tokens: str, weight: str = "D") -> SearchVector:
        """The tokens as PostgreSQL stores them."""
        return SearchVector(models.Value(tokens), weight=weight, config="simple")

    def index_columns(
        title: str, body: str, completed: str, language_code: str | None
    ) -> dict[str, SearchVector]:
        """The tokens as the index stores them. `body` has all that an object is found by, so that
        one of the index's own indexes answers a question."""
        language = language_token(language_code) if language_code else ""
        return {
            "title": vector(f"{title} {language}", "A"),
            "body": vector(title, "A") + vector(f"{body} {language}"),
            "autocomplete": vector(f"{completed} {language}"),
        }

    class VectorQuery(TokenQuery):
        """Asks PostgreSQL's vectors."""

        AND, OR = " & ", " | "
        TERM, PREFIX = "{}", "{}:*"
        ASKS = "to_tsquery('simple', %s)"
        # What a word counts: D is the body's, A the title's. Long texts count a little less.
        RANK = 'ts_rank(\'{{0.1, 0.1, 0.4, 1.0}}\', "{entry}"."{column}", {asks}, 1)'

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.asked_column = self.column()
            # The engine would read the columns of single fields, which hold words, not tokens.
            self.fields = None

        def get_index_vectors(self, search_query: Any) -> list[tuple[models.F, float]]:
            return [(models.F(f"index_entries__{self.asked_column}"), 1.0)]

        def build_tsquery_content(
            self, query: Any, config: Any = None, invert: bool = False
        ) -> TextSearchQuery:
            if not is_plain(query):
                return super().build_tsquery_content(query, config=config, invert=invert)
            condition = self.condition(query)
            return TextSearchQuery(
                f"!{condition}" if invert else condition, search_type="raw", config=config
            )

        def matches(self, of_model: str) -> Matches:
            condition = asked = self.condition(self.query)
            if isinstance(self.query, (InLanguage, InOtherLanguages)):
                language = language_token(self.query.language_code)
                asked += f" & {'' if isinstance(self.query, InLanguage) else '!'}{language}"
            column = self.asked_column
            if isinstance(self.query, VisitorQuestion):
                columns = ["title", "body"] if column == "body" else [column]
                # By a sum, so that no plan reads the whole index in its order instead of asking it.
                found = " UNION ".join(
                    f'(SELECT "id" FROM "{ENTRY}" WHERE {of_model}'  # noqa: S608 (our own parts)
                    f' AND "{each}" @@ {self.ASKS}'
                    f' ORDER BY "id" + 0 DESC LIMIT {self.query.most_ranked})'
                    for each in columns
                )
                where, params = f'"{ENTRY}"."id" IN ({found})', [asked] * len(columns)
            else:
                where, params = f'"{ENTRY}"."{column}" @@ {self.ASKS}', [asked]
            return Matches(
                tables=[ENTRY],
                where=[where],
                params=params,
                rank=self.RANK.format(entry=ENTRY, column=column, asks=self.ASKS),
                rank_params=[condition],
            )

    class Index(TokenIndex, engine.PostgresIndex):
        pass

    class Search(VectorQuery, engine.PostgresSearchQueryCompiler):
        pass

    class Completion(VectorQuery, engine.PostgresAutocompleteQueryCompiler):
        pass

    class SearchBackend(engine.PostgresSearchBackend):
        """PostgreSQL's full-text search over tokens."""

        index_class = Index
        query_compiler_class = Search
        autocomplete_query_compiler_class = Completion
