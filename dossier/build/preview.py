"""The preview: the report in a browser, made anew on every save; reports/ is not touched.

Serves on the loopback alone, and only to who has the token in the address. The finished file is
shown as it is, in a frame of the preview's own page, and stays free of the preview's script.
"""

import asyncio
import contextlib
import hmac
import json
import multiprocessing
import os
import re
import secrets
import signal
import sys
import tempfile
import time
import webbrowser
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pypdfium2
import watchfiles
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from dossier.build import stamps
from dossier.build.errors import BuildError
from dossier.build.processes import start
from dossier.build.warm import Event, Job, Request, hold_libraries
from dossier.data.schema import DataError
from dossier.parameters import ParameterError
from dossier.project import Project
from dossier.show.report import check_parameters

FOLDER = Path(__file__).resolve().parent
HOST = "127.0.0.1"
SHARPNESS = 2
"""Pixels of a page's picture for each point of the page, which is shown a pixel wide."""
QUALITY = 95
"""Of a page's picture, as JPEG: made in a sixth of the time of a PNG, and no eye sees where."""
SETTLED = 30
"""Milliseconds without a further change after which a save is taken to be whole."""

BEGUN = 0.5
"""Seconds in which the watching has begun."""
LAST_WAIT = 2
"""Seconds in which killed processes are taken to be gone."""

PLACES = (
    (r"#([\w:.-]*\w)", ""),
    (r"\bfact '?([a-z][\w./]*\w)", "fact-"),
    (r"\bfigure ([\w-]+)", "figure-"),
    (r"\btable ([\w-]+)", "table-"),
    (r"\b(\d+-[\w-]+), (?:block|cell)", "chapter-"),
)
"""What names a place of the page in a finding, and how the id of that place begins."""


@dataclass
class State:
    """What the page shows: ``page`` and ``pdf`` count the versions of the files."""

    page: int = 0
    pdf: int = 0
    status: str = "Building …"
    error: str = ""
    findings: list[dict[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def place_of(finding: str) -> str:
    """Return the id, in the page, of the place that a finding names; empty where it names none.

    >>> place_of("#table-pledges: the number '3' has no fact"), place_of("01-summary, block 2: …")
    ('table-pledges', 'chapter-01-summary')
    """
    for pattern, prefix in PLACES:
        if found := re.search(pattern, finding):
            return prefix + found[1]
    return ""


def port_of(text: str) -> int:
    """Return the port; 0, where none is given, lets the system choose. Raises ParameterError."""
    if not (text or "0").isdecimal() or int(text or 0) > 65535:
        raise ParameterError(f"port is {text!r}: write a number up to 65535, such as PORT=8000")
    return int(text or 0)


def preview(project: Project, given: dict[str, str], port: int) -> None:
    """Build, serve and watch until interrupted; then nothing of it is left.

    Raises ParameterError, or BuildError where the port can't be had.
    """
    with contextlib.suppress(DataError):  # it is told on the page, where it can be mended
        check_parameters(project, given)
    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as folder:
        session = Session(project, Job(project.root, given, Path(folder)))
        with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
            asyncio.run(session.serve(port))


def end_group(process: Any) -> None:
    """End a process with all that descend from it, and wait until they are gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()  # which may have had no time to lead a group
    process.join()
    until = time.monotonic() + LAST_WAIT
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < until:
            os.killpg(process.pid, 0)
            time.sleep(0.01)


class Session:
    """One preview: its processes, its state, and the browsers that show it."""

    def __init__(self, project: Project, job: Job):
        self.project, self.job = project, job
        self.state = State()
        self.sockets: set[WebSocketHandler] = set()
        self.token = secrets.token_urlsafe(24)
        self.hosts: set[str] = set()
        self.page = b""
        self.document: pypdfium2.PdfDocument | None = None
        self.save, self.saved = 0, time.perf_counter()
        self.parts: dict[str, str] = {}

    async def serve(self, port: int) -> None:
        """Serve until the task is cancelled."""
        loop = asyncio.get_running_loop()
        task = asyncio.current_task()
        assert task is not None
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
        server = HTTPServer(self.application())
        sockets = self.bind(port)
        server.add_sockets(sockets)
        self.parts = stamps.parts(self.project)
        with self.processes():
            self.request(set())
            address = f"http://{HOST}:{sockets[0].getsockname()[1]}/{self.token}/"
            print(f"Preview: {address}\nCtrl-C ends it.", flush=True)
            if sys.stdout.isatty() and _has_browser():
                webbrowser.open(address)
            async for _ in self.saves():
                self.take_in()

    def bind(self, port: int) -> list[Any]:
        """Return the sockets to listen on; note under which names they may be asked for."""
        try:
            sockets = bind_sockets(port, HOST)
        except OSError as error:
            raise BuildError(
                f"port {port} can't be listened on: {error.strerror}; give another as PORT=, "
                "or none, and one is chosen"
            ) from None
        number = sockets[0].getsockname()[1]
        self.hosts = {f"{name}:{number}" for name in (HOST, "localhost")}
        return sockets

    # ---- the processes

    @contextlib.contextmanager
    def processes(self) -> Iterator[None]:
        self.begin()
        try:
            yield
        finally:
            self.end()

    def begin(self) -> None:
        """Begin the first process, in an interpreter of its own: of the engine as it is now."""
        context = multiprocessing.get_context("spawn")
        there, self.requests = context.Pipe(duplex=False)
        self.events, back = context.Pipe(duplex=False)
        job = replace(self.job, engine=self.parts["engine"])
        self.process = context.Process(target=hold_libraries, args=(there, back, job))
        start(self.process)
        there.close()
        back.close()
        asyncio.get_running_loop().add_reader(self.events.fileno(), self.hear)

    def end(self) -> None:
        asyncio.get_running_loop().remove_reader(self.events.fileno())
        end_group(self.process)
        self.requests.close()
        self.events.close()

    def request(self, changed: set[str]) -> None:
        """Have the report built; ``changed`` are the parts that have changed."""
        self.save, self.saved = self.save + 1, time.perf_counter()
        self.state.status = "Building …"
        self.send()
        with contextlib.suppress(BrokenPipeError):
            self.requests.send(Request(frozenset(changed), self.save))

    # ---- what is saved

    async def saves(self) -> AsyncIterator[None]:
        """Yield whenever a file may have been saved."""
        project = self.project
        folders = [f for f in (project.notebooks, project.analysis, project.data) if f.is_dir()]
        saved = asyncio.Event()
        more: dict[str, Any] = {"step": SETTLED, "debounce": 10 * SETTLED}

        async def watch(*places: Path, recursive: bool) -> None:
            async for _ in watchfiles.awatch(*places, recursive=recursive, **more):
                saved.set()

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(watch(*folders, stamps.PACKAGE, recursive=True))
            tasks.create_task(watch(project.root, recursive=False))
            await asyncio.sleep(BEGUN)  # what was saved before the watching began is taken in, too
            while True:
                yield
                await saved.wait()
                saved.clear()

    def take_in(self) -> None:
        """Have built what depends on the files that changed, if any did."""
        try:
            parts = stamps.parts(self.project)
        except OSError:  # a file is just being exchanged: another change will be told
            return
        changed = {name for name in parts if parts[name] != self.parts[name]}
        self.parts = parts
        if "engine" in changed:
            self.end()
            self.begin()
        if changed:
            self.request(changed)

    # ---- what became of it

    def hear(self) -> None:
        """Take in an event of the processes, and tell it: in the terminal, and on the page.

        Of a save before the last one, the files are taken in, and the rest is told no more.
        """
        try:
            event: Event = self.events.recv()
        except EOFError:
            asyncio.get_running_loop().remove_reader(self.events.fileno())
            ended = "the build's process has ended; end the preview, begin anew"
            event = Event("error", self.save, (ended,))
        self.take_files(event.kind)
        if event.kind == "missing":
            self.state.missing = list(event.problems)
        elif event.save == self.save:
            self.tell(event)
        self.send()

    def take_files(self, kind: str) -> None:
        state = self.state
        if kind == "page":
            state.page += 1
            self.page = (self.job.folder / "report.html").read_bytes()
        elif kind == "pdf":
            state.pdf += 1
            self.document = pypdfium2.PdfDocument((self.job.folder / "report.pdf").read_bytes())

    def tell(self, event: Event) -> None:
        state = self.state
        seconds = time.perf_counter() - self.saved
        state.status = f"{time.strftime('%H:%M:%S')} · {event.kind} in {seconds:.1f} s"
        if event.kind == "page":
            state.error, state.findings = "", []
        elif event.kind == "findings":
            state.findings = [{"text": p, "place": place_of(p)} for p in event.problems]
        elif event.kind == "error":
            state.error = "\n".join(event.problems)
        print("\n  ".join([f"  {state.status}", *event.problems]), flush=True)

    def send(self) -> None:
        message = json.dumps(asdict(self.state))
        for socket in self.sockets:
            with contextlib.suppress(WebSocketClosedError):
                socket.write_message(message)

    def pages(self) -> list[dict[str, int]]:
        """Return the sizes of the PDF's pages in points."""
        if self.document is None:
            return []
        sizes = map(self.document.get_page_size, range(len(self.document)))
        return [{"width": round(width), "height": round(height)} for width, height in sizes]

    # ---- what is served

    def application(self) -> Application:
        of_session = {"session": self}
        own = r"/[^/]+/"
        return Application(
            [
                (own + r"(?:preview\.(html|css|js))?", _Own, of_session),
                (own + r"report\.html", _Page, of_session),
                (own + r"report\.pdf", _Pdf, of_session),
                (own + r"pages\.json", _Pages, of_session),
                (own + r"pages/\d+/(\d+)\.jpeg", _Picture, of_session),
                (own + r"pages/(\d+)/(\d+)\.txt", _Text, of_session),
                (own + "socket", _Socket, of_session),
            ],
            default_handler_class=_Nothing,
            default_handler_args=of_session,
            log_function=lambda handler: None,
        )


def _has_browser() -> bool:
    """Return whether a browser with windows can be opened."""
    return sys.platform == "darwin" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ))


class _Handler(RequestHandler):
    """Serves nothing but to who knows the token, and asks for it under the server's own name."""

    session: Session

    def initialize(self, session: Session) -> None:
        self.session = session

    def prepare(self) -> None:
        token = self.request.path.split("/")[1].encode()
        known = hmac.compare_digest(token, self.session.token.encode())
        # another name that leads to this machine is a foreign page's
        if not known or self.request.host not in self.session.hosts:
            raise HTTPError(403)

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")  # it would tell the token
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "SAMEORIGIN")

    def give(self, kind: str, content: bytes) -> None:
        self.set_header("Content-Type", kind)
        self.finish(content)


KINDS = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}


class _Nothing(_Handler):
    def get(self) -> None:
        raise HTTPError(404)


class _Own(_Handler):
    """The preview's own page, its style and its script."""

    def get(self, suffix: str = "") -> None:
        hosts = " ".join(f"ws://{host}" for host in sorted(self.session.hosts))
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            f"frame-src 'self'; connect-src 'self' {hosts}; base-uri 'none'; form-action 'none'"
        )
        self.set_header("Content-Security-Policy", policy)
        suffix = suffix or "html"
        self.give(KINDS[suffix], (FOLDER / f"preview.{suffix}").read_bytes())


class _Page(_Handler):
    """The finished page; of a version that is asked for, that one and no other."""

    def get(self) -> None:
        version = str(self.session.state.page)
        if (self.request.query or version) != version or not self.session.page:
            raise HTTPError(404)
        self.give(KINDS["html"], self.session.page)


class _Pdf(_Handler):
    def get(self) -> None:
        file = self.session.job.folder / "report.pdf"
        if not file.is_file():
            raise HTTPError(404)
        self.give(KINDS["pdf"], file.read_bytes())


class _Pages(_Handler):
    def get(self) -> None:
        self.give("application/json", json.dumps(self.session.pages()).encode())


class _OfPdf(_Handler):
    """Tells of one page of the PDF, counted from 1."""

    def page(self, number: str) -> pypdfium2.PdfPage:
        document = self.session.document
        if document is None or not 1 <= int(number) <= len(document):
            raise HTTPError(404)
        return document[int(number) - 1]


class _Text(_OfPdf):
    """What a page says, of the version that is asked for and no other."""

    def get(self, version: str, number: str) -> None:
        if version != str(self.session.state.pdf):
            raise HTTPError(404)
        self.give(KINDS["txt"], self.page(number).get_textpage().get_text_bounded().encode())


class _Picture(_OfPdf):
    """A page as a picture."""

    def get(self, number: str) -> None:
        picture = self.page(number).render(scale=SHARPNESS).to_pil()
        self.set_header("Content-Type", "image/jpeg")
        picture.save(self, "jpeg", quality=QUALITY, subsampling=0)
        self.finish()


class _Socket(_Handler, WebSocketHandler):
    """Tells a browser the state, now and whenever it changes."""

    def open(self) -> None:
        self.session.sockets.add(self)
        self.write_message(json.dumps(asdict(self.session.state)))

    def on_close(self) -> None:
        self.session.sockets.discard(self)

    def on_message(self, message: str | bytes) -> None:
        """A browser has nothing to say."""
