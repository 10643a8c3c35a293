"""Redirects, robots.txt, pace, and what is wrong with answers."""

from __future__ import annotations

import datetime as dt
import email.utils
import gzip
import socket
import threading

import pytest

from fetch.conftest import Clock, MakeClient
from kg.errors import FetchError
from kg.fetch.address import parse_address
from kg.fetch.client import Validators
from kg.fetch.reach import Reach
from publishing import Asked, Page, Publisher


def redirect(to: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": to})


def get(make_client: MakeClient, publisher: Publisher, path: str, **settings: object) -> bytes | None:
    return make_client(**settings).get(parse_address(publisher.url(path))).content


def test_who_asks_is_said(make_client: MakeClient, publisher: Publisher) -> None:
    publisher["/a"] = b"news"
    assert get(make_client, publisher, "/a", user_agent="news@example.org") == b"news"
    assert [one.path for one in publisher.asked] == ["/robots.txt", "/a"]
    for one in publisher.asked:
        assert one.headers["user-agent"] == "geokg/0.1.0 (news@example.org)"
        assert one.headers["host"] == f"127.0.0.1:{publisher.port}"
        assert "cookie" not in one.headers


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(make_client: MakeClient, publisher: Publisher, status: int) -> None:
    publisher["/a"] = redirect("/b?x=é#part", status)
    publisher["/b?x=%C3%A9"] = redirect(publisher.url("/c"), status)
    publisher["/c"] = b"news"
    answer = make_client().get(parse_address(publisher.url("/a")))
    assert (answer.content, str(answer.url)) == (b"news", publisher.url("/c"))


@pytest.mark.parametrize(
    "pages, message",
    [
        ({"/a": redirect("/a")}, "its redirects lead in a circle"),
        ({"/a": redirect("/b"), "/b": redirect("/a")}, "its redirects lead in a circle"),
        ({"/a": redirect("ftp://x/")}, "it redirects to what is not fetched: .* is no http or https address"),
        ({"/a": redirect("file:///etc/passwd")}, "it redirects to what is not fetched"),
        ({"/a": redirect("http://[::")}, "it redirects to what is no address"),
        ({"/a": redirect("http://x:0/")}, "it redirects to what is not fetched"),
        ({"/a": Page(status=302)}, r"127.0.0.1 answers 302 \(Found\)"),
        ({"/a": Page(status=404)}, r"127.0.0.1 answers 404 \(Not Found\)"),
        ({"/a": Page(status=410)}, r"127.0.0.1 answers 410 \(Gone\)"),
        ({"/a": Page(status=500)}, r"127.0.0.1 answers 500 \(Internal Server Error\)"),
        ({"/a": Page(status=304)}, r"127.0.0.1 answers 304 \(Not Modified\)"),
        ({"/a": Page(b"%PDF", type="application/pdf")}, "it is application/pdf, and no page, text or feed"),
        ({"/a": Page(b"x", type="application/vnd.ms-excel")}, "it is application/vnd.ms-excel, and no page"),
        ({"/a": Page(b"x", type="image/svg+xml")}, r"it is image/svg\+xml, and no page"),
        ({"/a": Page(b"x", type="video/mp4")}, "it is video/mp4, and no page, text or feed"),
        ({"/a": Page(b"x", headers={"Content-Encoding": "br"})}, "it comes in the coding br"),
        ({"/a": Page(b"x" * 2000)}, "it is over the limit of 0.001 MB; raise KG_MAX_BODY_MB"),
        ({"/a": Page(gzip.compress(b"x" * 2000), headers={"Content-Encoding": "gzip"})}, "it is over the limit"),
        ({"/a": Page(b"x", length=1_000_000_000)}, "it is over the limit"),
        ({"/a": Page(b"x", length=100)}, "127.0.0.1 broke off its answer, or speaks no HTTP: peer closed connection"),
    ],
)
def test_what_cannot_be_had(
    make_client: MakeClient, publisher: Publisher, pages: dict[str, Page], message: str
) -> None:
    publisher.pages |= pages
    with pytest.raises(FetchError, match=message) as raised:
        get(make_client, publisher, "/a", max_body_mb=0.001)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "kind", [None, "application/rss", "application/octet-stream", "unknown/unknown", "application/vnd.zip+json", "x"]
)
def test_what_may_be_text_is_read(make_client: MakeClient, publisher: Publisher, kind: str | None) -> None:
    publisher["/a"] = Page(b"news", type=kind)
    assert get(make_client, publisher, "/a") == b"news"


def test_redirects_come_to_an_end(make_client: MakeClient, publisher: Publisher) -> None:
    for number in range(20):
        publisher[f"/{number}"] = redirect(f"/{number + 1}")
    with pytest.raises(FetchError, match="it redirects more than 9 times"):
        get(make_client, publisher, "/0")
    publisher["/3"] = b"news"
    assert get(make_client, publisher, "/0") == b"news"


def test_compressed_answers_are_unpacked(make_client: MakeClient, publisher: Publisher) -> None:
    publisher["/a"] = Page(gzip.compress(b"news"), headers={"Content-Encoding": "gzip"})
    assert get(make_client, publisher, "/a") == b"news"


@pytest.mark.parametrize("page", [Page(b"x" * 200, pause=0.05), Page(b"x" * 200, pause=30)])
def test_a_slow_answer_is_given_up(make_client: MakeClient, publisher: Publisher, page: Page) -> None:
    publisher["/a"] = page
    with pytest.raises(FetchError, match=r"no whole answer came within 0\.5 s; raise KG_FETCH_TIMEOUT"):
        get(make_client, publisher, "/a", fetch_timeout=0.5)


def test_slow_headers_are_given_up(make_client: MakeClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        ended = threading.Event()

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\n")
                try:
                    while not ended.wait(0.05):
                        connection.sendall(b"X-A: b\r\n")
                except OSError:
                    return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        with pytest.raises(FetchError, match=r"no whole answer came within 0.5 s|broke off"):
            make_client(fetch_timeout=0.5).get(parse_address(f"http://127.0.0.1:{port}/a"))
        ended.set()
        thread.join()


def test_what_is_not_there_or_speaks_no_http(make_client: MakeClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(FetchError, match=r"127.0.0.1 cannot be reached: Connection refused"):
        make_client().get(parse_address(f"http://127.0.0.1:{port}/"))
    with pytest.raises(FetchError, match=r"there is no host nowhere.invalid: "):
        make_client().get(parse_address("http://nowhere.invalid/"))
    with pytest.raises(FetchError, match="cannot be reached: "):
        make_client().get(parse_address(f"https://127.0.0.1:{port}/"))


def test_certificates_are_checked(make_client: MakeClient, publisher: Publisher) -> None:
    publisher["/a"] = b"news"
    with pytest.raises(FetchError, match=r"127.0.0.1 cannot be reached|broke off"):
        make_client().get(parse_address(publisher.url("/a").replace("http:", "https:")))
    assert make_client()._requester.tls.check_hostname


# What robots.txt says, or its status, and whether /news/1 may be fetched.
@pytest.mark.parametrize(
    "robots, allowed",
    [
        (Page(b"User-agent: *\nDisallow: /news", type="text/plain"), False),
        (Page(b"User-agent: *\nDisallow: /news\nAllow: /news/1", type="text/plain"), True),
        (Page(b"User-agent: *\nDisallow: /*/1$", type="text/plain"), False),
        (Page(b"User-agent: GEOKG\nDisallow: /\n\nUser-agent: *\nDisallow:", type="text/plain"), False),
        (Page(b"User-agent: *\nDisallow: /\n\nUser-agent: geokg\nDisallow: /x", type="text/plain"), True),
        (Page(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /", type=None), False),
        (Page(b"<html>not found</html>"), True),
        (Page(b"\xff\xfe\x00garbage", type=None), True),
        (Page(b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /", type=None), True),
        (Page(status=404), True),
        (Page(status=403), True),
        (Page(status=500), False),
        (redirect("/other.txt"), False),
        (redirect("/robots.txt"), True),
    ],
)
def test_robots_are_told_what_they_may(
    make_client: MakeClient, publisher: Publisher, robots: Page, allowed: bool
) -> None:
    publisher["/robots.txt"] = robots
    publisher["/other.txt"] = Page(b"User-agent: *\nDisallow: /")
    publisher["/news/1"] = b"news"
    client = make_client()
    for _ in range(2):
        if allowed:
            assert client.get(parse_address(publisher.url("/news/1"))).content == b"news"
        else:
            reason = "its robots.txt cannot be had" if robots.status == 500 else "the robots.txt of 127.0.0.1 does not"
            with pytest.raises(FetchError, match=reason):
                client.get(parse_address(publisher.url("/news/1")))
    assert ("/news/1" in publisher.paths()) is allowed
    # Asked once, whatever came of it.
    assert [one.path for one in publisher.asked].count("/robots.txt") == (6 if robots.status == 302 and allowed else 1)


def test_a_redirect_is_asked_of_robots_too(make_client: MakeClient, publisher: Publisher) -> None:
    publisher["/robots.txt"] = Page(b"User-agent: *\nDisallow: /b")
    publisher["/a"] = redirect("/b")
    with pytest.raises(FetchError, match="does not allow it"):
        get(make_client, publisher, "/a")
    assert publisher.paths() == ["/a"]


def test_a_host_is_asked_slowly(make_client: MakeClient, publisher: Publisher, clock: Clock) -> None:
    for name in "abc":
        publisher[f"/{name}"] = b"news"
    client = make_client(delay=1.5)
    for name in "abc":
        client.get(parse_address(publisher.url(f"/{name}")))
    assert clock.slept == [1.5, 1.5, 1.5]


@pytest.mark.parametrize("asked, delay", [("3", 3), ("0.2", 1), ("86400", 60), ("soon", 1)])
def test_a_crawl_delay_is_kept(
    make_client: MakeClient, publisher: Publisher, clock: Clock, asked: str, delay: float
) -> None:
    publisher["/robots.txt"] = Page(f"User-agent: *\nCrawl-delay: {asked}\nDisallow:".encode())
    publisher["/a"] = b"news"
    client = make_client(delay=1)
    for _ in range(3):
        client.get(parse_address(publisher.url("/a")))
    assert clock.slept == [1, delay, delay]


class Busy:
    """Answers `status` so many times, then the page."""

    def __init__(self, times: int, status: int = 429, after: str | None = None) -> None:
        self.left = times
        self.page = Page(status=status, headers={} if after is None else {"Retry-After": after})

    def __call__(self, _: Asked) -> Page:
        self.left -= 1
        return self.page if self.left >= 0 else Page(b"news")


@pytest.mark.parametrize(
    "busy, slept",
    [
        (Busy(1, after="7"), [7]),
        (Busy(2, status=503, after="100"), [100, 100]),
        (Busy(2), [5, 10]),
        (Busy(1, after="soon"), [5]),
        (Busy(1, after=email.utils.format_datetime(dt.datetime(2001, 1, 1, tzinfo=dt.UTC), usegmt=True)), []),
    ],
)
def test_a_busy_host_is_left_alone(
    make_client: MakeClient, publisher: Publisher, clock: Clock, busy: Busy, slept: list[float]
) -> None:
    publisher["/a"] = busy
    assert get(make_client, publisher, "/a") == b"news"
    assert clock.slept == slept


def test_a_host_that_stays_busy_is_given_up(make_client: MakeClient, publisher: Publisher, clock: Clock) -> None:
    publisher["/a"] = Busy(99)
    with pytest.raises(FetchError, match=r"127.0.0.1 is busy \(429\), also after 3 tries; try again later"):
        get(make_client, publisher, "/a")
    assert publisher.paths() == ["/a"] * 3


@pytest.mark.parametrize("after", ["3600", email.utils.format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(1))])
def test_who_wants_a_long_pause_gets_it(
    make_client: MakeClient, publisher: Publisher, clock: Clock, after: str
) -> None:
    publisher["/a"] = Busy(1, after=after)
    publisher["/b"] = b"news"
    client = make_client()
    with pytest.raises(FetchError, match=r"127.0.0.1 is busy \(429\) and asks for \d+ s; try again then"):
        client.get(parse_address(publisher.url("/a")))
    with pytest.raises(FetchError, match=r"127.0.0.1 asks to be left alone for \d+ s more; try again then"):
        client.get(parse_address(publisher.url("/b")))
    assert (publisher.paths(), clock.slept) == (["/a"], [])
    clock.now += 90_000
    assert client.get(parse_address(publisher.url("/b"))).content == b"news"


@pytest.mark.parametrize(
    "page, sent",
    [
        (Page(b"news", etag='"1"'), {"if-none-match": '"1"'}),
        (
            Page(b"news", modified="Mon, 03 Mar 2031 00:00:00 GMT"),
            {"if-modified-since": "Mon, 03 Mar 2031 00:00:00 GMT"},
        ),
        (Page(b"news"), {}),
    ],
)
def test_what_has_not_changed_is_not_sent_again(
    make_client: MakeClient, publisher: Publisher, page: Page, sent: dict[str, str]
) -> None:
    publisher["/a"] = redirect("/b")
    publisher["/b"] = page
    client = make_client()
    url = parse_address(publisher.url("/a"))
    first = client.get(url)
    assert first.validators == Validators(publisher.url("/b"), page.etag, page.modified)
    second = client.get(url, validators=first.validators)
    assert second.content == (None if sent else b"news")
    asked = publisher.asked[-1].headers
    assert {name: asked[name] for name in ("if-none-match", "if-modified-since") if name in asked} == sent
    # What leads there is not asked about a version of something else.
    assert not {"if-none-match", "if-modified-since"} & publisher.asked[-2].headers.keys()


def test_a_password_goes_to_its_host_alone(make_client: MakeClient, publisher: Publisher) -> None:
    publisher["/a"] = redirect("/b")
    publisher["/b"] = redirect(f"http://localhost:{publisher.port}/c")
    publisher["/c"] = b"news"
    url = parse_address(publisher.url("/a").replace("//", "//me:s%40fe@"))
    answer = make_client().get(url)
    assert answer.content == b"news"
    assert "@" not in str(answer.url)
    sent = [(one.path, one.headers.get("authorization")) for one in publisher.asked]
    basic = "Basic bWU6c0BmZQ=="
    assert sent == [("/robots.txt", None), ("/a", basic), ("/b", basic), ("/robots.txt", None), ("/c", None)]


def test_what_is_outside_leads_to_nothing_inside(make_client: MakeClient, publisher: Publisher) -> None:
    publisher["/a"] = b"secret"
    for limit in (Reach.PUBLIC, Reach.PRIVATE):
        for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"):
            with pytest.raises(FetchError, match="a private address, to which nothing from outside may lead"):
                make_client().get(parse_address(f"http://{host}:{publisher.port}/a"), limit=limit)
    assert publisher.asked == []
    assert make_client().get(parse_address(publisher.url("/a")), limit=Reach.LOCAL).content == b"secret"


def test_a_proxy_of_the_environment_is_used(
    make_client: MakeClient, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", publisher.address)
    monkeypatch.setenv("NO_PROXY", "inside.invalid")
    publisher["http://news.invalid/a"] = b"news"
    assert make_client().get(parse_address("http://news.invalid/a")).content == b"news"
    assert [one.path for one in publisher.asked] == ["http://news.invalid/robots.txt", "http://news.invalid/a"]
    with pytest.raises(FetchError, match=r"there is no host inside.invalid"):
        make_client().get(parse_address("http://inside.invalid/a"))
    # As far as a name can be looked up without the proxy, nothing from outside leads inside by it.
    publisher["/b"] = b"secret"
    with pytest.raises(FetchError, match="a private address"):
        make_client().get(parse_address(f"http://127.0.0.2:{publisher.port}/b"), limit=Reach.PUBLIC)
    monkeypatch.setenv("HTTP_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(FetchError, match="set in the environment, cannot be used: only http and https proxies"):
        make_client().get(parse_address("http://news.invalid/a"))
