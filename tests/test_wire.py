"""The contract's files say what wire.py says."""

import json
from pathlib import Path

import msgspec
import pytest

from math4ml_lab import wire, wire_schema


def test_regenerating_the_schema_changes_nothing() -> None:
    assert wire_schema.is_current(), "wire.schema.json is not what math4ml_lab/wire.py says: run `make wire`"


def test_check_names_the_command_when_the_schema_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "wire.schema.json"
    stale.write_text("{}")
    monkeypatch.setattr(wire_schema, "SCHEMA", stale)
    assert wire_schema.main(["--check"]) == 1
    assert "make wire" in capsys.readouterr().err
    assert wire_schema.main([]) == 0
    assert wire_schema.main(["--check"]) == 0


def test_bad_usage_is_refused_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(wire_schema, "SCHEMA", tmp_path / "wire.schema.json")
    assert wire_schema.main(["--chek"]) == 2
    assert "usage" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.json"))


def test_every_root_is_in_the_schema_and_refuses_unknown_fields() -> None:
    schema = json.loads(wire_schema.schema_text())
    assert {root["$ref"] for root in schema["oneOf"]} == {f"#/$defs/{struct.__name__}" for struct in wire.REST}
    objects = {name: body for name, body in schema["$defs"].items() if body.get("type") == "object"}
    assert [name for name, body in objects.items() if body.get("additionalProperties") is not False] == []


@pytest.mark.parametrize("struct", wire.REST, ids=lambda struct: struct.__name__)
def test_a_misspelt_field_is_an_error_that_names_it(struct: type[wire.Wire]) -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field `pahts`"):
        msgspec.json.decode(b'{"pahts": 1}', type=struct)
