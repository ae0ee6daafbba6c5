"""ZIP files whose bytes depend on nothing but what they hold."""

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The day of every file in an archive: the first that ZIP knows."""


def archive(files: Mapping[str, bytes], stored: str = "") -> bytes:
    """Return a ZIP of files, by their names, in their order; ``stored`` is not compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            kind = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, content, compress_type=kind)
    return stream.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP by their names; raise zipfile.BadZipFile where it is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return {name: source.read(name) for name in source.namelist()}
