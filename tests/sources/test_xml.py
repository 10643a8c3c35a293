"""XML files: what kind they are, messages of several items, and what hostile ones cannot do."""

import pytest

from kg.errors import SourceError
from kg.sources.xml import parse_xml, read_xml, split_xml

SENTENCE = "Kenya and Norway signed a treaty on fishing in Mombasa on Tuesday."
NITF = f"<nitf><body><body.content><p>{SENTENCE}</p></body.content></body></nitf>"
ENTITIES = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))


@pytest.mark.parametrize(
    "xml",
    [
        NITF.encode(),
        b'<?xml version="1.0"?>\n<!-- x --><?x y?>\n' + NITF.encode(),
        f'\ufeff<?xml version="1.0" encoding="UTF-8"?>{NITF}'.encode(),
        f'<?xml version="1.0" encoding="UTF-16"?>{NITF}'.encode("utf-16"),
        f'<?xml version="1.0" encoding="utf-8"?>{NITF}'.encode("utf-16-le"),
        f'<?xml version="1.0" encoding="no-such"?>{NITF}'.encode(),
        f"<nitf-doc>{NITF}</nitf-doc>".encode(),
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><p>{SENTENCE}</p></body></html>'.encode(),
    ],
)
def test_the_same_article_in_many_coats(xml: bytes) -> None:
    assert SENTENCE in read_xml(xml).paragraphs


def test_latin_letters_are_those_of_windows() -> None:
    xml = NITF.replace("Kenya", "“Zoë”").encode("cp1252")
    assert read_xml(b'<?xml version="1.0" encoding="ISO-8859-1"?>' + xml).paragraphs[0].startswith("“Zoë” and")


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ("", "empty"),
        ("<nitf><body>", "broken XML at line 1"),
        ("<nitf>\n<body>a & b</body></nitf>", "broken XML at line 2"),
        ("<rss><channel/></rss>", "the XML is <rss> and holds no article in NITF, NewsML or XHTML"),
        (f"<x>{NITF}{NITF}</x>", "holds 2 articles"),
        ("<nitf>\0</nitf>", "binary"),
        ("<p>" * 100_000, "Excessive depth"),
        (f'<!DOCTYPE nitf [<!ENTITY e0 "ha">{ENTITIES}]><nitf>&e12;</nitf>', "amplification"),
        (f'<!DOCTYPE nitf [<!ENTITY e0 "ha">{ENTITIES}]><nitf a="&e12;"/>', "amplification"),
        ('<!DOCTYPE nitf [<!ENTITY a "b">]>' + NITF, "declares entities of its own"),
        ('<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/hostname">]><nitf>&a;</nitf>', "declares entities"),
        ('<!DOCTYPE nitf [<!ENTITY % a SYSTEM "http://127.0.0.1:1/"> %a;]>' + NITF, "declares entities"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(xml: str, words: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read_xml(xml.encode())
    assert words in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize(
    "start",
    ['<!DOCTYPE nitf SYSTEM "http://127.0.0.1:1/nitf.dtd">', '<!DOCTYPE nitf PUBLIC "x" "file:///etc/hostname">'],
)
def test_nothing_is_fetched(start: str) -> None:
    assert read_xml((start + NITF).encode()).paragraphs == (SENTENCE,)


def test_no_other_file_is_included() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    assert read_xml(NITF.replace("<p>", f"<p>{include}").encode()).paragraphs == (SENTENCE,)


def test_the_items_of_a_message_are_xml_of_their_own() -> None:
    message = f'<m:x xmlns:m="http://example.org/" xmlns="http://iptc.org/std/NITF/2006-10-18/">{NITF}é{NITF}</m:x>'
    parts = split_xml(message.encode())
    assert parts is not None
    assert [read_xml(part).paragraphs for part in parts] == [(SENTENCE,)] * 2
    assert parse_xml(parts[0]).tag == "{http://iptc.org/std/NITF/2006-10-18/}nitf"


@pytest.mark.parametrize("xml", [NITF, "<html/>", "<rss/>", "<broken", ""])
def test_what_is_no_message_is_not_split(xml: str) -> None:
    assert split_xml(xml.encode()) is None
