"""Crate: a build as a Process Run Crate, by which other tools know what was made of what.

A ZIP of what the build read and wrote, with ro-crate-metadata.json (RO-Crate 1.1, Process Run
Crate 0.5): every file with its SHA-256, the software with its versions, the parameters, and for
each fact, by the terms of W3C PROV, the facts and rows that it was derived from, and the rows'
sources.

It names no commit and no time, so that the same input gives the same bytes. Its folders bear
SWHIDs instead (ISO/IEC 18670), which follow from their files alone and are those of git: in a
checkout, ``git rev-parse HEAD:data`` prints that of data/ where nothing was changed.
"""

import hashlib
import json
import mimetypes
import urllib.parse
from collections.abc import Iterable, Mapping
from typing import Any

from dossier.document.model import Document
from dossier.export.archives import archive
from dossier.export.claims import Claims, dump

SUFFIX = ".crate.zip"
METADATA = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
PROV = "http://www.w3.org/ns/prov#"
CONTEXT = [
    "https://w3id.org/ro/crate/1.1/context",
    {
        "sha256": "https://w3id.org/ro/terms/workflow-run#sha256",
        "Entity": f"{PROV}Entity",
        "wasDerivedFrom": {"@id": f"{PROV}wasDerivedFrom", "@type": "@id"},
    },
]
"""The terms of RO-Crate 1.1 and those that it lacks: Workflow Run Crate's digest, and PROV."""

Entity = dict[str, Any]
Files = Mapping[str, bytes]


def bundle(
    document: Document,
    claims: Claims,
    inputs: Files,
    outputs: Files,
    cited: Mapping[str, Iterable[str]],
) -> bytes:
    """Return the crate of a build that read ``inputs`` and wrote ``outputs``, by their names.

    ``cited`` are the sources of each row, by ``table:key``.
    """
    told = json.loads(claims.facts)
    files = {**inputs, **outputs}
    graph = [
        *_head(document, files),
        *_action(told, list(inputs), list(outputs)),
        *_folders(inputs),
        *(_file(name, content) for name, content in files.items()),
        *(_source(source) for source in document.sources),
        *_derivation(told["facts"], cited),
    ]
    metadata = dump({"@context": CONTEXT, "@graph": graph}).encode("utf-8")
    return archive({METADATA: metadata} | files)


def _ref(id: str) -> dict[str, str]:
    return {"@id": id}


def _refs(ids: Iterable[str]) -> Any:
    return _one([_ref(id) for id in ids])


def _one(items: list[Any]) -> Any:
    """Return a list, or its only item: as RO-Crate recommends."""
    return items[0] if len(items) == 1 else items


def _head(document: Document, files: Files) -> list[Entity]:
    """Return the crate itself, the profile that it conforms to, and the terms of use."""
    day = document.parameters.get("as_of", "2000-01-01")
    tops = dict.fromkeys(_top(name) for name in files)
    return [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "about": _ref("./"),
            "conformsTo": _ref("https://w3id.org/ro/crate/1.1"),
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": document.title,
            "description": f"A report on the article “{document.headline}”, as known by "
            f"{document.as_of}, with all that it was built from",
            "datePublished": day,
            "license": _ref("#terms"),
            "conformsTo": _ref(PROFILE),
            "hasPart": _refs(tops),
            "mentions": _ref("#build"),
        },
        {
            "@id": PROFILE,
            "@type": "CreativeWork",
            "name": "Process Run Crate",
            "version": "0.5",
        },
        {
            "@id": "#terms",
            "@type": "CreativeWork",
            "name": "The terms of each source",
            "description": "Each source has terms of its own; the column licence of sources.csv "
            "tells them as far as they were read.",
        },
    ]


def _top(name: str) -> str:
    """Return the folder at the root that a file is in, or the file."""
    folder, slash, _ = name.partition("/")
    return folder + slash if slash else _path(name)


def _path(name: str) -> str:
    return urllib.parse.quote(name)


def _action(told: dict[str, Any], inputs: list[str], outputs: list[str]) -> list[Entity]:
    """Return the build, the software that ran it, and its parameters.

    It has no times: they would differ from build to build.
    """
    versions = dict(told["versions"])
    parameters = [
        {"@id": f"#parameter-{name}", "@type": "PropertyValue", "name": name, "value": value}
        for name, value in told["parameters"].items()
    ]
    packages = [_software(name, version) for name, version in versions.items()]
    packages[0]["softwareRequirements"] = _refs(p["@id"] for p in packages[1:])
    build = {
        "@id": "#build",
        "@type": "CreateAction",
        "name": "dossier report " + " ".join(f"{p['name']}={p['value']}" for p in parameters),
        "description": "Runs the chapters, sets the document in every format, and runs the gates",
        "instrument": _ref(packages[0]["@id"]),
        "object": _refs([*map(_path, inputs), *(p["@id"] for p in parameters)]),
        "result": _refs(map(_path, outputs)),
    }
    return [build, *packages, *parameters]


def _software(name: str, version: str) -> Entity:
    return {
        "@id": f"https://pypi.org/project/{_DISTRIBUTIONS.get(name, name)}/{version}/",
        "@type": "SoftwareApplication",
        "name": name,
        "softwareVersion": version,
        "url": f"https://pypi.org/project/{_DISTRIBUTIONS.get(name, name)}/{version}/",
    }


_DISTRIBUTIONS = {"dossier": "dossier-report"}


def _file(name: str, content: bytes) -> Entity:
    kind = mimetypes.guess_type(name)[0] or _KINDS.get(name.rpartition(".")[2], "text/plain")
    return {
        "@id": _path(name),
        "@type": "File",
        "name": name.rpartition("/")[2],
        "contentSize": str(len(content)),
        "encodingFormat": kind,
        "sha256": hashlib.sha256(content).hexdigest(),
    }


_KINDS = {"ipynb": "application/x-ipynb+json", "geojson": "application/geo+json"}


# ---- folders, by the identifiers of git and Software Heritage

_ABOUT = {
    "data": "The article, and the tables with the record",
    "notebooks": "The chapters",
    "analysis": "What the chapters compute",
}


def _folders(files: Files) -> list[Entity]:
    names: dict[str, list[str]] = {}
    for name in files:
        if "/" in name:
            names.setdefault(name.partition("/")[0], []).append(name)
    return [
        {
            "@id": f"{folder}/",
            "@type": "Dataset",
            "name": folder,
            "description": _ABOUT.get(folder, folder),
            "identifier": swhid({n.partition("/")[2]: files[n] for n in own}),
            "hasPart": _refs(map(_path, own)),
        }
        for folder, own in names.items()
    ]


def swhid(files: Files) -> str:
    """Return the SWHID of a folder: git's id of the tree of these files.

    >>> swhid({})
    'swh:1:dir:4b825dc642cb6eb9a060e54bf8d69288fbee4904'
    """
    return f"swh:1:dir:{_tree(files).hex()}"


def _tree(files: Files) -> bytes:
    """Return git's id of a tree: of its entries by name, a folder's as if it ended with a slash."""
    folders: dict[str, dict[str, bytes]] = {}
    entries: dict[str, bytes] = {}
    for name, content in files.items():
        first, slash, rest = name.partition("/")
        if slash:
            folders.setdefault(first, {})[rest] = content
        else:
            entries[first] = f"100644 {first}\0".encode() + _object("blob", content)
    for name, inside in folders.items():
        entries[f"{name}/"] = f"40000 {name}\0".encode() + _tree(inside)
    ordered = sorted(entries, key=lambda name: name.encode())
    return _object("tree", b"".join(entries[name] for name in ordered))


def _object(kind: str, content: bytes) -> bytes:
    head = f"{kind} {len(content)}\0".encode()
    return hashlib.sha1(head + content, usedforsecurity=False).digest()


# ---- derivation


def _source(source: Any) -> Entity:
    found: Entity = {
        "@id": f"#source-{source.id}",
        "@type": ["CreativeWork", "Entity"],
        "name": source.title,
        "publisher": source.publisher,
        "description": f"{source.when}. Read: {source.read}.",
    }
    return found | ({"url": source.url} if source.url else {})


def _derivation(facts: list[dict[str, Any]], cited: Mapping[str, Iterable[str]]) -> list[Entity]:
    """Return each fact with the facts, rows and sources behind it, and each row with its own."""
    rows = dict.fromkeys(row for fact in facts for row in fact["rows"])
    return [
        *(_fact(fact) for fact in facts),
        *(
            {
                "@id": _row(row),
                "@type": "Entity",
                "name": row,
                "wasDerivedFrom": _one([f"#source-{source}" for source in cited.get(row, ())]),
            }
            for row in rows
        ),
    ]


def _row(row: str) -> str:
    return f"#row-{urllib.parse.quote(row)}"


def _fact(fact: dict[str, Any]) -> Entity:
    behind = [f"#fact-{id}" for id in fact.get("inputs", ())]
    behind += [_row(row) for row in fact["rows"]]
    if not behind:
        behind = [f"#source-{source}" for source in fact["sources"]]
    found: Entity = {
        "@id": f"#fact-{fact['id']}",
        "@type": ["PropertyValue", "Entity"],
        "name": fact["label"],
        "propertyID": fact["id"],
        "value": fact["text"],
        "wasDerivedFrom": _one(behind),
    }
    return found | ({"description": fact["rule"]} if fact.get("rule") else {})
