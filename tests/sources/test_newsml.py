"""NewsML-G2 and NewsML 1 as agencies write them: messages, renditions, several languages, items taken back."""

import base64
import datetime as dt

import pytest

from kg.errors import SourceError
from kg.sources.draft import Draft
from kg.sources.xml import read_xml, split_xml

FIRST = "Kenya and Norway signed a treaty on fishing in Mombasa on Tuesday."
SECOND = "“We will keep our word,” Kenya’s foreign minister, Amina Otieno, said."
GERMAN = (
    "Kenia und Norwegen haben am Dienstag in Mombasa einen Vertrag über Fischerei unterzeichnet, sagte ein Minister."
)

PACKED = base64.b64encode(f"{FIRST}\n\n{SECOND}".encode()).decode()

XHTML = f"""<inlineXML contenttype="application/xhtml+xml">
 <html xmlns="http://www.w3.org/1999/xhtml">
  <head><title>Not the headline</title></head>
  <body>
   <header><h1>Treaty signed</h1><p class="byline">By Jane Doe</p></header>
   <section class="main">
    <p><span class="dateline">Mombasa <span>(ex)</span> - </span>{FIRST}</p>
    <h2>The words</h2>
    <p>“We will keep our <a href="https://example.org/">word</a>,” Kenya’s foreign minister, Amina Otieno, said.</p>
    <table><tr><td>Cod</td></tr></table>
    <figure><img src="a.jpg"/><figcaption>Two men.</figcaption></figure>
   </section>
  </body>
 </html>
</inlineXML>"""
NITF = f"""<inlineXML contenttype="application/nitf+xml">
 <nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
  <body.head><hedline><hl1>Kenya, Norway sign</hl1></hedline></body.head>
  <body.content><p>{FIRST}</p><p>{SECOND}</p></body.content>
 </body></nitf>
</inlineXML>"""
META = """
 <contentMeta>
  <contentCreated>2024-01-08T23:10:00+03:00</contentCreated>
  <language tag="en-GB"/>
  <subject type="cpnat:person" qcode="p:1"><name>Amina Otieno</name></subject>
  <subject type="cpnat:abstract" qcode="medtop:11000000">
   <name xml:lang="de">Politik</name><name xml:lang="en">politics</name>
  </subject>
  <headline xml:lang="de">Vertrag unterzeichnet</headline>
  <headline xml:lang="en" rank="2">A treaty on fish</headline>
  <headline xml:lang="en" rank="1">Kenya and Norway
    sign treaty</headline>
 </contentMeta>"""


def item(
    *contents: str, meta: str = META, item_meta: str = "", rights: str = "", start: str = 'xml:lang="en-GB"'
) -> str:
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:example.org:20240109:fish" '
        f'version="3" {start}><catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_38.xml"/>'
        f'{rights}<itemMeta><itemClass qcode="ninat:text"/>{item_meta}</itemMeta>{meta}'
        f"<contentSet>{''.join(contents)}</contentSet></newsItem>"
    )


def read(xml: str) -> Draft:
    return read_xml(xml.encode())


def test_an_item_with_xhtml() -> None:
    draft = read(item(XHTML, item_meta='<provider qcode="nprov:EXP"><name>Example Press</name></provider>'))
    assert draft.paragraphs == (f"Mombasa (ex) - {FIRST}", "The words", SECOND)
    assert draft.title == "Kenya and Norway sign treaty"
    assert draft.url == "urn:newsml:example.org:20240109:fish"
    assert draft.published == dt.date(2024, 1, 8)
    assert (draft.section, draft.publisher, draft.language) == ("politics", "Example Press", "en-GB")


def test_an_item_with_nitf_and_little_else() -> None:
    draft = read(item(NITF, meta="", start=""))
    assert draft.paragraphs == (FIRST, SECOND)
    assert (draft.title, draft.published, draft.language) == ("Kenya, Norway sign", None, None)


@pytest.mark.parametrize(
    ("dateline", "first"),
    [("New York (ex) - ", f"New York (ex) — {FIRST}"), ("Kenya, (ex) -", FIRST), (" - ", FIRST)],
)
def test_the_dateline(dateline: str, first: str) -> None:
    draft = read(item(NITF, meta=f"<contentMeta><dateline>{dateline}</dateline></contentMeta>"))
    assert draft.paragraphs == (first, SECOND)


def test_an_item_without_namespaces() -> None:
    html = f"<inlineXML><html><body><p>{FIRST}</p></body></html></inlineXML>"
    draft = read(item(html).replace(' xmlns="http://iptc.org/std/nar/2006-10-01/"', ""))
    assert draft.paragraphs == (FIRST,)


@pytest.mark.parametrize(
    "content",
    [
        f'<inlineData contenttype="text/plain">{FIRST}\n\n{SECOND}</inlineData>',
        f'<inlineData contenttype="text/html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</inlineData>',
        f'<inlineData contenttype="text/html"><![CDATA[<div><p>{FIRST}</p><p>{SECOND}</p></div>]]></inlineData>',
        '<inlineData contenttype="text/plain" encoding="http://cv.iptc.org/newscodes/g2encoding/base64">'
        f"{PACKED}</inlineData>",
        f'<inlineXML><div xmlns="http://www.w3.org/1999/xhtml"><p>{FIRST}</p><p>{SECOND}</p></div></inlineXML>',
        f"<inlineXML><body>{FIRST}<br/>{SECOND}</body></inlineXML>",
        f"<inlineData>Short.</inlineData>{NITF}",
        f"<inlineXML/><inlineXML><!-- nothing --></inlineXML>{NITF}",
    ],
)
def test_the_fullest_rendition_is_read(content: str) -> None:
    assert read(item(content)).paragraphs == (FIRST, SECOND)


def test_of_several_languages_english_is_read() -> None:
    german = f'<inlineData xml:lang="de">{GERMAN} {GERMAN}</inlineData>'
    english = f'<inlineData xml:lang="en">{FIRST}</inlineData>'
    meta = '<contentMeta><language tag="de"/><language tag="en"/></contentMeta>'
    draft = read(item(german, english, meta=meta, start='xml:lang="de"'))
    assert (draft.paragraphs, draft.language) == ((FIRST,), "en")
    alone = read(item(german.replace(' xml:lang="de"', ""), meta='<contentMeta><language tag="de"/></contentMeta>'))
    assert alone.language == "de"
    assert read(item(NITF, meta="", start='xml:lang="de"')).language is None
    page = XHTML.replace("<html ", '<html lang="nb" ')
    assert read(item(page)).language == "nb"


@pytest.mark.parametrize(
    ("item_meta", "expected"),
    [
        ("<firstCreated>2024-01-07T10:00:00Z</firstCreated><versionCreated>2025-05-05T00:00:00Z</versionCreated>",
         dt.date(2024, 1, 7)),
        ("<versionCreated>2025-05-05T00:00:00Z</versionCreated>", dt.date(2024, 1, 8)),
    ],
)  # fmt: skip
def test_the_date_is_that_of_the_first_version(item_meta: str, expected: dt.date) -> None:
    assert read(item(NITF, item_meta=item_meta)).published == expected


@pytest.mark.parametrize(
    ("item_meta", "rights", "expected"),
    [
        ('<provider qcode="nprov:AFX"/>', "", "AFX"),
        ('<provider literal="Example"/>', "", "Example"),
        ('<provider qcode="x:17"/>', "<rightsInfo><copyrightHolder><name>Ex LLP</name></copyrightHolder></rightsInfo>",
         "Ex LLP"),
        ('<provider qcode="x:17"/>', "", None),
    ],
)  # fmt: skip
def test_the_publisher(item_meta: str, rights: str, expected: str | None) -> None:
    assert read(item(NITF, item_meta=item_meta, rights=rights)).publisher == expected


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (item(NITF, item_meta='<pubStatus qcode="stat:canceled"/>'), "the agency marks this item as canceled"),
        (item(NITF, item_meta='<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/>'), "withheld"),
        (item('<remoteContent href="a.jpg"/>'), "the news item (ninat:text) holds no text"),
        (item('<inlineData encoding="base64">!!!</inlineData>'), "holds no text"),
        (item(), "holds no text"),
    ],
)
def test_what_is_no_article_is_refused(xml: str, words: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read(xml)
    assert words in str(refusal.value)


def test_a_message_gives_its_items() -> None:
    message = (
        '<?xml version="1.0" encoding="UTF-8"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header>'
        "<sent>2024-01-09T11:17:00Z</sent><sender>example.org</sender></header><itemSet>"
        f'<packageItem guid="p"><groupSet root="g"/></packageItem>{item(XHTML)}{item(NITF)}</itemSet></newsMessage>'
    )
    parts = split_xml(message.encode())
    assert parts is not None
    assert [len(read_xml(part).paragraphs) for part in parts] == [3, 2]


OLD = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE NewsML PUBLIC "urn:newsml:iptc.org:20021018:NewsMLv1.1:1" "http://www.iptc.org/NewsML_1.1.dtd">
<NewsML>
 <NewsEnvelope><DateAndTime>20240109T101010Z</DateAndTime></NewsEnvelope>
 <NewsItem xml:lang="en">
  <Identification><NewsIdentifier>
   <ProviderId>example.org</ProviderId><DateId>20240109</DateId><NewsItemId>fish</NewsItemId>
   <PublicIdentifier>urn:newsml:example.org:20240109:fish:1</PublicIdentifier>
  </NewsIdentifier></Identification>
  <NewsManagement><FirstCreated>20240109T080000Z</FirstCreated><Status FormalName="Usable"/></NewsManagement>
  <NewsComponent>
   <NewsLines><HeadLine>Kenya and Norway sign treaty</HeadLine></NewsLines>
   <AdministrativeMetadata><Provider><Party FormalName="Example Press"/></Provider></AdministrativeMetadata>
   <DescriptiveMetadata><Language FormalName="en"/></DescriptiveMetadata>
   <NewsComponent><ContentItem><DataContent>Two men.</DataContent></ContentItem></NewsComponent>
   <ContentItem><DataContent><p>{FIRST}</p><p>{SECOND}</p></DataContent></ContentItem>
  </NewsComponent>
 </NewsItem>
</NewsML>"""


def test_an_item_of_version_1() -> None:
    draft = read(OLD)
    assert draft.paragraphs == (FIRST, SECOND)
    assert (draft.title, draft.url) == ("Kenya and Norway sign treaty", "urn:newsml:example.org:20240109:fish:1")
    assert (draft.published, draft.publisher, draft.language) == (dt.date(2024, 1, 9), "Example Press", "en")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("Usable", "Canceled", "marks this item as canceled"), ("DataContent", "Empty", "holds no text")],
)
def test_what_is_no_article_in_version_1_is_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read(OLD.replace(old, new))
    assert words in str(refusal.value)
