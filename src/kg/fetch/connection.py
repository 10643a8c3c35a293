"""One request on a connection of its own: to an address that may be asked, in bounded time and size.

The transport is httpcore, the one under httpx, since it lets us choose what is connected to: the name of a host is
looked up once, checked, and that very address is asked. To check first and leave the look-up to the library would let
a name answer once with a public address and then with a private one.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from kg.errors import FetchError
from kg.fetch.reach import Reach, reach_of
from kg.fetch.unpacking import too_large, unpack

# What the errors of sockets and of OpenSSL begin and end with.
_NUMBER = re.compile(r"^\[(?:Errno -?\d+|SSL: \w+)\] | \(_ssl\.c:\d+\)$")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answers; `content` is unpacked. `reach` says where the server is."""

    status: int
    headers: httpx.Headers
    content: bytes
    reach: Reach


class _Stream(httpcore.NetworkStream):
    """A connection on which nothing takes longer than what is left of the time for the whole."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._left()), self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Guard(httpcore.NetworkBackend):
    """Connects to addresses that are no nearer than `limit`, and within `seconds`; `reach` is where it connected to."""

    def __init__(self, limit: Reach | None, seconds: float) -> None:
        self._limit = limit
        self._until = time.monotonic() + seconds
        self._backend = httpcore.SyncBackend()
        self.reach = Reach.PUBLIC

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError("it has no address")
        for address in look_up(host, port, self._limit):
            self.reach = reach_of(address)
            try:
                return _Stream(self._backend.connect_tcp(address, port, self._left(), None, socket_options), self._left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("its time is over")
        return left


@dataclass(frozen=True, slots=True)
class Requester:
    """Sends requests; `seconds` and `max_bytes` bound each answer as a whole."""

    seconds: float
    max_bytes: int
    tls: ssl.SSLContext

    def get(
        self,
        url: httpx.URL,
        headers: Mapping[str, str],
        limit: Reach | None,
        check: Callable[[httpx.Headers], None] = lambda _: None,
    ) -> Reply:
        """The answer to a GET of `url`; its body is read where its status is 200 and `check` of its headers passes.

        Raises:
            FetchError: there is no answer, or none that may be read; also what `check` raises.
        """
        return self._exchange("GET", url, headers, limit, check=check)

    def post(self, url: httpx.URL, headers: Mapping[str, str], content: bytes) -> Reply:
        """The answer to a POST of `content`, with its body, whatever its status.

        Raises:
            FetchError: there is no answer, or none that can be read.
        """
        return self._exchange("POST", url, headers, None, content=content)

    def _exchange(
        self,
        method: str,
        url: httpx.URL,
        headers: Mapping[str, str],
        limit: Reach | None,
        content: bytes | None = None,
        check: Callable[[httpx.Headers], None] = lambda _: None,
    ) -> Reply:
        proxy = find_proxy(url)
        if proxy is not None:
            _require_proxied(url, limit)
        # Who runs the proxy chose where that is.
        guard = _Guard(None if proxy else limit, self.seconds)
        try:
            with (
                httpcore.ConnectionPool(self.tls, proxy=proxy, network_backend=guard) as pool,
                pool.stream(method, _to_core(url), headers=list(headers.items()), content=content) as response,
            ):
                found = httpx.Headers(response.headers)
                body = b""
                if response.status == httpx.codes.OK:
                    check(found)
                if response.status == httpx.codes.OK or method == "POST":
                    body = self._read(found, response.iter_stream())
                return Reply(response.status, found, body, Reach.PUBLIC if proxy else guard.reach)
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise FetchError(f"no whole answer came within {self.seconds:g} s; raise KG_FETCH_TIMEOUT") from error
        except (httpcore.ConnectError, httpcore.ProxyError, OSError) as error:
            raise FetchError(f"{url.host} cannot be reached: {_reason(error)}") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise FetchError(f"{url.host} broke off its answer, or speaks no HTTP: {_reason(error)}") from error

    def _read(self, headers: httpx.Headers, chunks: Iterable[bytes]) -> bytes:
        length = headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > self.max_bytes:
            raise too_large(self.max_bytes)
        return unpack(chunks, headers.get("Content-Encoding", ""), self.max_bytes)


def look_up(host: str, port: int, limit: Reach | None) -> list[str]:
    """The IP addresses of `host` that are no nearer than `limit`, at least one.

    Raises:
        FetchError: it has none, or only nearer ones.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"there is no host {host}: {_reason(error)}") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [address for address in addresses if limit is None or reach_of(address) <= limit]
    if not allowed:
        raise FetchError(
            f"{host} is at {addresses[0]}, a private address, to which nothing from outside may lead; "
            "name it yourself if you mean it"
        )
    return allowed


def find_proxy(url: httpx.URL) -> httpcore.Proxy | None:
    """The proxy that the environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY) sets for `url`, None where it sets none."""
    address = urllib.request.getproxies().get(url.scheme)
    if not address or urllib.request.proxy_bypass(url.host) or _is_local(url.host):
        return None
    try:
        proxy = httpx.URL(address if "://" in address else f"http://{address}")
        if proxy.scheme not in ("http", "https") or not proxy.host:
            raise httpx.InvalidURL("only http and https proxies can be used")
    except httpx.InvalidURL as error:
        raise FetchError(f"the proxy {address}, set in the environment, cannot be used: {error}") from error
    auth = (proxy.username, proxy.password) if proxy.userinfo else None
    return httpcore.Proxy(_to_core(proxy.copy_with(userinfo=b"")), auth=auth)


def _require_proxied(url: httpx.URL, limit: Reach | None) -> None:
    """As far as names can be looked up here, what holds without a proxy holds with one."""
    try:
        socket.getaddrinfo(url.host, None)
    except (OSError, UnicodeError):
        return
    look_up(url.host, url.port or 0, limit)


def _is_local(host: str) -> bool:
    try:
        return host == "localhost" or reach_of(host) is Reach.LOCAL
    except ValueError:
        return False


def _to_core(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _reason(error: BaseException) -> str:
    """Why, in one line, without what only programs want to know."""
    text = getattr(error, "strerror", None) or _NUMBER.sub("", str(error))
    return text.split("\n")[0][:200].strip() or type(error).__name__
