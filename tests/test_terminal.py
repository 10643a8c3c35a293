from __future__ import annotations

import io

import pytest
from rich.console import Console

from kg import terminal
from kg.types import Report, Violation

OA = "http://www.w3.org/ns/oa#"


@pytest.mark.parametrize(
    "line, shown",
    [
        ("a [bold]b[/bold] c", "a [bold]b[/bold] c"),
        ("two\nlines.txt: é 🙂", "two\\nlines.txt: é 🙂"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\udcff.txt", "\\udcff.txt"),
        ("word " * 100 + "end", "word " * 100 + "end"),
    ],
)
def test_what_is_told_is_one_line_as_it_is(capsys: pytest.CaptureFixture[str], line: str, shown: str) -> None:
    terminal.tell(line)
    assert capsys.readouterr() == ("", f"{shown}\n")


def test_a_table_in_a_pipe_has_a_line_for_each_row(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"a": {"value": "x" * 200}, "b": {"value": "[y]"}}, {"b": {"value": "z"}}]
    terminal.write_results({"head": {"vars": ["a", "b"]}, "results": {"bindings": rows}})
    captured = capsys.readouterr()
    assert [line.split() for line in captured.out.splitlines()] == [["a", "b"], ["x" * 200, "[y]"], ["z"]]
    assert not [line for line in captured.out.splitlines() if line.endswith(" ")]
    assert captured.err == "2 rows\n"


@pytest.mark.parametrize("rows, out", [([], "s\n"), (None, "yes\n")])
def test_answers_without_rows(capsys: pytest.CaptureFixture[str], rows: list[object] | None, out: str) -> None:
    results = {"boolean": True} if rows is None else {"head": {"vars": ["s"]}, "results": {"bindings": rows}}
    terminal.write_results(results)
    assert capsys.readouterr().out == out


def test_a_report_says_where_and_what(capsys: pytest.CaptureFixture[str]) -> None:
    long = Violation("<http://x/1>", f"<{OA}exact>", f'"{"w" * 200}"', "<http://x/c>", "The words differ.")
    terminal.write_report("a.ttl", Report((long, Violation("<http://x/2>", None, None, "<http://x/c>", "No label."))))
    terminal.write_report("b.ttl", Report())
    assert capsys.readouterr().out.splitlines() == [
        "a.ttl: 2 violations",
        f'  <http://x/1> oa:exact "{"w" * 118}…: The words differ.',
        "  <http://x/2>: No label.",
        "b.ttl: conforms",
    ]


@pytest.mark.parametrize(
    "err_is_terminal, out_is_terminal, answering, is_shown",
    [(True, True, False, True), (True, True, True, False), (True, False, True, True), (False, True, False, False)],
)
def test_progress_is_shown_to_a_person_and_never_in_an_answer(
    monkeypatch: pytest.MonkeyPatch, err_is_terminal: bool, out_is_terminal: bool, answering: bool, is_shown: bool
) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(terminal, "_err", Console(file=shown, force_terminal=err_is_terminal, width=60))
    monkeypatch.setattr(terminal, "_out", Console(file=io.StringIO(), force_terminal=out_is_terminal))
    with terminal.progress("Starting", answering=answering) as step:
        step("7 documents read: [a].txt")
    assert ("7 documents read: [a].txt" in shown.getvalue()) is is_shown
