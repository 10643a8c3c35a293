"""NITF as agencies and archives write it: namespaces, inline marks, tables, two kinds of dates."""

import datetime as dt

import pytest

from kg.errors import SourceError
from kg.sources.draft import Draft
from kg.sources.xml import read_xml

FIRST = "Kenya and Norway signed a treaty on fishing in Mombasa on Tuesday."
SECOND = "“We will keep our word,” Kenya’s foreign minister, Amina Otieno, said."

WIRE = """<?xml version="1.0" encoding="utf-8"?>
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" version="-//IPTC//DTD NITF 3.4//EN" change.time="19:30">
 <head>
  <title>Kenya-Norway</title>
  <docdata management-status="usable">
   <doc-id regsrc="EX" id-string="urn:newsml:example.org:20240109:fish"/>
   <date.issue norm="20240109T170043Z"/>
   <ed-msg info="Eds: UPDATES with quote."/>
   <doc.copyright holder="Example Press" year="2024"/>
  </docdata>
 </head>
 <body>
  <body.head>
   <hedline><hl1 id="headline">Kenya and Norway
     sign treaty</hl1><hl2>Fish at last</hl2></hedline>
   <byline>By <person>Jane Doe</person></byline>
   <distributor>The Example Press</distributor>
   <dateline><location>MOMBASA, Kenya</location> (EX) _</dateline>
   <abstract><p>They signed.</p></abstract>
  </body.head>
  <body.content>
   <block>
    <media media-type="image"><media-reference source="a.jpg"/><media-caption>Two men.</media-caption></media>
    <p><location>Kenya</location> and <org>Norway</org> signed a treaty on
     <em>fishing</em> in Mombasa on <chron norm="20240109">Tuesday</chron>.</p>
    <hl2>The words</hl2>
    <p>“We will keep our <a href="https://example.org/word">word</a>,” Kenya’s foreign minister, Amina Otieno, said.</p>
    <nitf-table><table><tr><td>Cod</td><td>3</td></tr></table></nitf-table>
    <note><body.content><p>Editors: check names.</p></body.content></note>
   </block>
  </body.content>
  <body.end><tagline>Jane Doe reported from Mombasa.</tagline></body.end>
 </body>
</nitf>"""

ARCHIVE = f"""<!DOCTYPE nitf SYSTEM "http://www.example.org/nitf-3-3.dtd">
<nitf change.date="June 10, 2005" version="-//IPTC//DTD NITF 3.3//EN">
 <head>
  <title>Treaty Signed</title>
  <meta content="Foreign Desk" name="dsk"/><meta content="World; Front Page" name="online_sections"/>
  <docdata><doc-id id-string="1815718"/></docdata>
  <pubdata date.publication="20070103T000000" ex-ref="https://example.org/gst/1815718" name="The Example Times"/>
 </head>
 <body>
  <body.head><hedline><hl1>Treaty Signed</hl1></hedline></body.head>
  <body.content>
   <block class="lead_paragraph"><p>{FIRST}</p></block>
   <block class="full_text"><p>{FIRST}</p><p>{SECOND}</p></block>
  </body.content>
 </body>
</nitf>"""


def read(xml: str) -> Draft:
    return read_xml(xml.encode())


def test_a_wire_story() -> None:
    draft = read(WIRE)
    assert draft.paragraphs == (f"MOMBASA, Kenya (EX) — {FIRST}", "The words", SECOND)
    assert draft.title == "Kenya and Norway sign treaty"
    assert draft.url == "urn:newsml:example.org:20240109:fish"
    assert draft.published == dt.date(2024, 1, 9)
    assert (draft.publisher, draft.section, draft.language) == ("The Example Press", None, None)


def test_a_story_of_an_archive_is_read_once() -> None:
    draft = read(ARCHIVE)
    assert draft.paragraphs == (FIRST, SECOND)
    assert (draft.title, draft.url) == ("Treaty Signed", "https://example.org/gst/1815718")
    assert (draft.published, draft.section) == (dt.date(2007, 1, 3), "World; Front Page")
    assert draft.publisher == "The Example Times"


def minimal(head: str = "", body_head: str = "", content: str = f"<p>{FIRST}</p>") -> str:
    return (
        f"<nitf><head>{head}</head><body><body.head>{body_head}</body.head>"
        f"<body.content>{content}</body.content></body></nitf>"
    )


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<docdata><date.issue norm="20240109"/><date.release norm="20240110"/></docdata>', dt.date(2024, 1, 9)),
        ('<docdata><date.release norm="20240110T0800Z"/></docdata>', dt.date(2024, 1, 10)),
        ('<docdata><date.issue norm="soon"/></docdata><pubdata date.publication="2024-01-11 "/>', dt.date(2024, 1, 11)),
        ('<docdata><date.expire norm="20240109"/></docdata>', None),
    ],
)
def test_the_date(head: str, expected: dt.date | None) -> None:
    assert read(minimal(head)).published == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<pubdata position.section="LOCAL "/>', "LOCAL"),
        ('<tobject><tobject.subject tobject.subject.type="Politics"/></tobject>', "Politics"),
        ('<meta name="section" content="World"/>', "World"),
        ('<meta name="keywords" content="fish"/>', None),
    ],
)
def test_the_section(head: str, expected: str | None) -> None:
    assert read(minimal(head)).section == expected


@pytest.mark.parametrize(
    ("body_head", "first"),
    [
        ("<dateline><location>OSLO</location>, <story.date>Jan. 9</story.date></dateline>", f"OSLO, Jan. 9 — {FIRST}"),
        ("<dateline>KENYA</dateline>", FIRST),
        ("<dateline/>", FIRST),
    ],
)
def test_the_dateline_opens_the_text_where_it_does_not_yet(body_head: str, first: str) -> None:
    assert read(minimal(body_head=body_head)).paragraphs[0] == first


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"{FIRST}", (FIRST,)),
        (f"<p>{FIRST}<br/>{SECOND}</p>", (FIRST, SECOND)),
        (f"<ul><li>{FIRST}</li><li>{SECOND}</li></ul>", (FIRST, SECOND)),
        (f"<bq><block><p>{FIRST}</p></block><credit>Jane</credit></bq>", (FIRST,)),
        (f"<table><tr><td><p>{FIRST}</p></td><td>{SECOND}</td></tr></table>", (FIRST, SECOND)),
        (f"<pre>{FIRST}\n\n{SECOND}</pre>", (FIRST, SECOND)),
        (f"<p><![CDATA[{FIRST}]]></p><!-- <p>no</p> --><?x y?>", (FIRST,)),
        ("<p>Zo&euml; &amp; Kenya&#8217;s minister met&nbsp;in Oslo.</p>", ("Zoë & Kenya’s minister met in Oslo.",)),
    ],
)
def test_the_text(content: str, expected: tuple[str, ...]) -> None:
    assert read(minimal(content=content)).paragraphs == expected


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (minimal(content=""), "body.content is empty or missing"),
        ("<nitf/>", "body.content is empty or missing"),
        (minimal(content="<media><media-caption>Two men.</media-caption></media>"), "has no text"),
        (minimal('<docdata management-status="canceled"/>'), "the agency marks this item as canceled"),
        (minimal('<docdata management-status="withheld"/>'), "withheld"),
    ],
)
def test_what_is_no_article_is_refused(xml: str, words: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read(xml)
    assert words in str(refusal.value)


def test_the_language_is_that_of_the_body() -> None:
    assert read(f'<nitf xml:lang="nb"><body><body.content><p>{FIRST}</p></body.content></body></nitf>').language == "nb"
