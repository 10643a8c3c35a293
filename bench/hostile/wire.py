"""What is no HTTP, hardly HTTP, or HTTP for mischief."""

from __future__ import annotations

import random

from hostile.shots import Aim, Kind, Manner, Shot, request

_PATIENCE = 5.0  # much of this is no whole request, and gets no answer
_QUERY = "/sparql?query=ASK%7B%7D"


def break_http(rng: random.Random, aim: Aim) -> Shot:
    host = f"Host: {aim.host}\r\n"
    post = f"POST /sparql HTTP/1.1\r\n{host}Content-Type: application/sparql-query\r\n"
    text = rng.choice((
        "GET / HTTP/9.9\r\n\r\n", "GET /\r\n\r\n", "GET  /  HTTP/1.1\r\n\r\n", f"GET / HTTP/1.1\r\n{host}: x\r\n\r\n",
        f"{post}Transfer-Encoding: chunked\r\n\r\nzz\r\nASK{{}}\r\n0\r\n\r\n",
        f"{post}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
        f"{post}Transfer-Encoding: chunked\r\n\r\n-5\r\n",
        f"{post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n5\r\nASK{{}}\r\n0\r\n\r\n",
        f"{post}Content-Length: 5\r\nContent-Length: 50\r\n\r\nASK{{}}", f"{post}Content-Length: -1\r\n\r\nASK{{}}",
        f"{post}Content-Length: 99999999999999999999\r\n\r\nASK{{}}", f"{post}Content-Length: 5, 5\r\n\r\nASK{{}}",
        f"{post}Content-Length: ٥\r\n\r\nASK{{}}", f"{post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        f"{post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        f"{post}Expect: 100-continue\r\nContent-Length: 5\r\n\r\nASK{{}}",
        f"{post}Transfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n" * 999 + "0\r\nTrailer: " + "x" * 70_000 + "\r\n\r\n",
        f"{post}Transfer-Encoding: chunked\r\n\r\n1;{'x' * 100_000}\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00", "\x00" * 200, "\r\n" * 5000,
        f"GET / HTTP/1.1\r\n{host}X: {'x' * 70_000}\r\n\r\n", f"GET /{'x' * 70_000} HTTP/1.1\r\n{host}\r\n",
        f"GET / HTTP/1.1\r\n{host}" + "X: y\r\n" * 9000 + "\r\n",
        f"GET / HTTP/1.1\r\n{host}" + "X" * 66_000 + ": y\r\n\r\n",
        f"GET / HTTP/1.1\r\n{host}X: a\r\n b\r\n\tc\r\n\r\n", f"GET / HTTP/1.1\n{host}\n",
        f"GET / HTTP/1.1\r{host}\r\r",
        f"GET / HTTP/1.1\r\n{host}X: \x00\x01\x7f\r\n\r\n", f"GET / HTTP/1.1\r\n{host}X\x00: y\r\n\r\n",
        f"GET / HTTP/1.1\r\n{host}Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n",
        f"GET / HTTP/1.1\r\n{host}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", f"GET / HTTP/1.1\r\n{host}{host}\r\n",
        f"{post}Content-Type: x;\"{';' * 60_000}\r\nContent-Length: 0\r\n\r\n",
        f"{post.replace('application/sparql-query', 'text/plain; charset*=x')}Content-Length: 0\r\n\r\n",
    ))  # fmt: skip
    return Shot(text.encode())


def odd_method(rng: random.Random, aim: Aim) -> Shot:
    method = rng.choice(("TRACE", "CONNECT", "PROPFIND", "get", "G E T", "", "DELETE", "PUT", "PATCH", "OPTIONS",
    "PURGE",
                         "M-SEARCH", "SOURCE", "X" * 5000, "GET\x00", "LOCK", "HEAD", "QUERY", "BREW"))  # fmt: skip
    target = rng.choice(("/", "/sparql", "/graphs", "/articles", "*", "/static/style.css", "/healthz", "/openapi.json",
                         "/state/USA", f"{aim.trap}"))  # fmt: skip
    return Shot(request(method, target, aim, {"Content-Length": "0"}))


def odd_target(rng: random.Random, aim: Aim) -> Shot:
    """Paths that climb, hide or confuse."""
    target = rng.choice((
        "/static/../../../../etc/passwd", "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2f..%2fetc%2fpasswd",
        "/static/..%5c..%5cetc", "/static/%00", "/static/style.css%00.html", "/static//etc/passwd",
        "/static/....//app.py",
        "/static/%252e%252e%252f", "/static/" + "a" * 5000, "/static/" + "a/" * 5000, "/%2e%2e/%2e%2e/etc/passwd",
        "/article/..%2f..%2fetc", "/article/%00", "/article/.", "/article/..", "/article/%2e%2e%2f",
        "/graph/reference%00",
        "/state/USA%2f", "/state/USA/", "//state/USA", "/state/USA.ttl.ttl.html", "/state/.ttl", "/state/%ED%A0%80",
        "/state/%C0%AF", "/state/%FF%FE", "/state/%", "/state/%zz", "/state/" + "%F0%9F%98%80" * 400, "/state/é",
        "/" * 5000, "/?" + "&" * 20_000, "/?" + "a=1&" * 10_000, "/search?q=" + "%00" * 200, "/search?q=%ED%A0%80",
        "/search?q=" + "a" * 30_000, "/search?q=%22%20%7D%20SERVICE%20%3Cx:%3E%20%7B", "/search?q=%5C",
        "/search?q=%5C%22",
        f"http://{aim.trap}/", f"http://{aim.trap}/state/USA", f"https://{aim.trap}@{aim.host}/", "http://", "///",
        "/#x",
        "/state/USA?format=../../etc", "/;/state/USA", "/state;x=y/USA", "/./state/USA", "/..;/state/USA",
        "/openapi.json/..",
        "/healthz/../articles", "/graphs/..%2farticle%2fx", "/graphs/%2e%2e/article/x", "/graphs/" + "x" * 30_000,
        "/graphs?graph=%00", "/graphs?graph=x:%ED%A0%80", "/graphs?default&default", "/graphs?default=1&graph=x:y",
        "/graphs?graph=" + "x:" * 10_000, "/graphs?graph=%3Chttp%3A%2F%2Fx%3E%20%7D", "/sparql?query=%ED%A0%80",
        "/sparql?query=%C0%AF", "/sparql?query=%", "/sparql?query", "/sparql?&", "/sparql?query=ASK{}&query=ASK{}",
        "/sparql?query=%00", "/sparql?query=ASK%7B%7D%00", "/sparql?query=SELECT%20(%22%EF%BF%BF%22%20AS%20%3Fx)%7B%7D",
        "/sparql?query=SELECT%20(%22%5CuD800%22%20AS%20%3Fx)%7B%7D",
        "/sparql?query=ASK%7B%7D&default-graph-uri=" + "x:" * 9000,
        "/sparql?query=ASK%7B%7D" + "&default-graph-uri=x:" * 1500, "/sparql?" + "a=1&" * 5000 + "query=ASK%7B%7D",
    ))  # fmt: skip
    return Shot(request("GET", target, aim, {"Accept": rng.choice(("text/html", "*/*", "text/turtle"))}))


def odd_header(rng: random.Random, aim: Aim) -> Shot:
    headers = rng.choice((
        {"Host": "evil.example"}, {"Host": ""}, {"Host": "a b"}, {"Host": "[::1"}, {"Host": "x" * 30_000},
        {"Host": f"{aim.host}@{aim.trap}"}, {"Host": "\u0000"}, {"Host": f"{aim.host}:99999"}, {"Host": "../../x"},
        {"X-Forwarded-For": "127.0.0.1, " * 2000, "X-Forwarded-Proto": "javascript",
        "X-Forwarded-Host": "evil.example"},
        {"X-HTTP-Method-Override": "DELETE", "X-Method-Override": "PUT", "X-HTTP-Method": "PATCH"},
        {"X-Original-URL": "/articles", "X-Rewrite-URL": "/graphs"}, {"Forwarded": "for=127.0.0.1;host=evil;proto=x"},
        {"Range": "bytes=" + ",".join("0-" for _ in range(10_000))}, {"Range": "bytes=99999999999-"},
        {"Range": "bytes=" + ",".join(f"{i}-{i}" for i in range(5000))}, {"If-Range": "x", "Range": "bytes=0-0,1-1"},
        {"If-None-Match": ", ".join(f'W/"{i:032x}"' for i in range(1500))}, {"If-None-Match": '"' * 50_000},
        {"If-None-Match": "*"}, {"If-Modified-Since": "x" * 10_000}, {"Accept": "," * 60_000},
        {"Accept": "text/html;q=" * 4000},
        {"Accept": ", ".join(f"a/b{i};q=0.{i % 999}" for i in range(3000))}, {"Accept": "*/*;q=NaN"},
        {"Accept": ";" * 60_000},
        {"Accept-Encoding": ", ".join(("gzip", "br", "zstd", "*") * 3000)}, {"Accept-Language": "x" * 30_000},
        {"Origin": "null", "Access-Control-Request-Method": "DELETE",
        "Access-Control-Request-Headers": "authorization"},
        {"Origin": "http://evil.example" * 1000}, {"Cookie": "a=b; " * 9000}, {"Content-Type": '"' * 60_000},
        {"Content-Length": "0", "Content-Encoding": "gzip," * 10_000}, {"Connection": "close, " * 5000},
        {"Te": "trailers"},
        {"Upgrade-Insecure-Requests": "1" * 30_000}, {"X": "\u00e9\ud800" * 100},
        {"Authorization": "Bearer " + '"' * 60_000},
        {"Sec-Fetch-Site": "cross-site", "Referer": "http://evil.example/" + "x" * 30_000},
        {"Proxy": f"http://{aim.trap}"},
    ))  # fmt: skip
    method, target = rng.choice((("GET", "/"), ("GET", _QUERY), ("GET", "/state/USA"), ("GET", "/static/style.css"),
                                 ("OPTIONS", "/sparql"), ("GET", "/graphs"), ("GET", "/context.jsonld"),
                                 ("POST", "/sparql"), ("HEAD", "/state/USA.ttl"), ("GET", "/graphs/x")))  # fmt: skip
    return Shot(request(method, target, aim, headers))


def odd_bytes(rng: random.Random, aim: Aim) -> Shot:
    """Encodings that break."""
    piece = rng.choice((b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x00", b"\xef\xbb\xbf",
    b"\xfe\xff\x00A",
                        b"%u0041", b"%C3%28", b"\xe2\x80\xae", rng.randbytes(40)))  # fmt: skip
    media_type = rng.choice(("application/sparql-query", "application/x-www-form-urlencoded", "text/plain",
                             "application/sparql-query; charset=utf-16",
                             "application/sparql-query; charset=utf-7"))  # fmt: skip
    body = rng.choice((b"ASK {} # ", b"query=ASK{}", b"", b"query=SELECT+*+{+?s+?p+%22")) + piece * rng.choice(
        (1, 1000)
    )
    return Shot(request("POST", "/sparql", aim, {"Content-Type": media_type}, body))


def pipeline(rng: random.Random, aim: Aim) -> Shot:
    """Many requests in one go."""
    size = rng.choice((5, 50, 400))
    targets = [rng.choice(("/healthz", _QUERY, "/state/USA.ttl", "/", "/nothing", "*")) for _ in range(size)]
    payload = b"".join(request("GET", target, aim) for target in targets)
    return Shot(payload, rng.choice((Manner.PLAIN, Manner.DEAF, Manner.GONE)), answers=size)


def half_open(rng: random.Random, aim: Aim) -> Shot:
    """Connections that are begun and left."""
    payload = rng.choice(
        (b"", b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"POST /sparql HTTP/1.1\r\n")
    )
    return Shot(payload, rng.choice((Manner.IDLE, Manner.GONE, Manner.GONE, Manner.DRIP)))


def noise(rng: random.Random, aim: Aim) -> Shot:
    """A request as it should be, with some bytes of it changed."""
    payload = bytearray(request("GET", rng.choice((_QUERY, "/state/USA", "/search?q=a")), aim, {"Range": "bytes=0-9"}))
    for _ in range(rng.randint(1, 8)):
        payload[rng.randrange(len(payload))] = rng.randrange(256)
    return Shot(bytes(payload))


KINDS = (
    Kind("bad HTTP", break_http, 8, _PATIENCE),
    Kind("odd methods", odd_method, 5, _PATIENCE),
    Kind("odd targets", odd_target, 10, _PATIENCE),
    Kind("odd headers", odd_header, 9, _PATIENCE),
    Kind("broken encodings", odd_bytes, 5, _PATIENCE),
    Kind("pipelining", pipeline, 0.6, _PATIENCE),
    Kind("half-open and slow heads", half_open, 1, _PATIENCE),
    Kind("random bytes changed", noise, 6, _PATIENCE),
)
