"""What a person is told when the server refuses; the errors that servers really send are asked for in test_neo4j."""

from __future__ import annotations

import pytest
from neo4j.exceptions import ClientError

from kg.sinks.bolt import translated


def refusal(code: str) -> ClientError:
    """An error with this code, as the driver would raise it."""
    kind: type[ClientError] = type(
        "Refusal", (ClientError,), {"code": code, "message": "the server's words\nand more of them"}
    )
    return kind()


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("ConstraintValidationFailed", id="a node of somebody else has the id"),
        pytest.param("ConstraintCreationFailed", id="two nodes of somebody else share an id"),
        pytest.param("IndexWithNameAlreadyExists", id="an index of somebody else has the name"),
        pytest.param("EquivalentSchemaRuleAlreadyExists", id="an index of somebody else has the properties"),
    ],
)
def test_what_others_put_there_collides(code: str) -> None:
    error = translated(refusal(f"Neo.ClientError.Schema.{code}"), "bolt://localhost", "neo4j", "neo4j")
    assert "not kg's collide with kg's unique ids: the server's words" in str(error)
    assert "database of its own" in error.hint


@pytest.mark.parametrize("code", ["Schema.IndexNotFound", "Schema.IndexNotApplicable", "Statement.SyntaxError"])
def test_a_query_that_fails_says_what_the_server_says(code: str) -> None:
    error = translated(refusal(f"Neo.ClientError.{code}"), "bolt://localhost", "neo4j", "neo4j")
    assert str(error) == "Neo4j at bolt://localhost: the server's words"
    assert not error.is_retryable
