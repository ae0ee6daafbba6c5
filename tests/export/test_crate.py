"""The crate: valid by its profile, whole, the same each time, and its derivation as PROV."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT, forked

from dossier.export.archives import unpacked
from dossier.export.crate import METADATA, swhid

HERE = Path(__file__).parent / "crate"


def _built(folder: Path) -> Path:
    forked(folder, "report", "formats=html,pdf,crate").check_returncode()
    return folder / "reports" / "seagrass.crate.zip"


@pytest.fixture
def crate(seagrass):
    """The small dossier, and the files of its crate."""
    return seagrass, unpacked(_built(seagrass).read_bytes())


def _graph(files):
    return {entity["@id"]: entity for entity in json.loads(files[METADATA])["@graph"]}


def _listed(value):
    return value if isinstance(value, list) else [value]


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    """Python in an environment of its own: the validator wants an older rich than we have."""
    folder = tmp_path_factory.mktemp("checker") / "env"
    uv = [Path(sys.executable).with_name("uv")]
    python = folder / "bin" / "python"
    lock = HERE / "requirements.txt"
    for words in (
        ["venv", "--python", sys.executable, folder],
        ["pip", "install", "--python", python, "--require-hashes", "-r", lock],
    ):
        done = subprocess.run([*uv, *words], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    return python


UNMET = {
    "process-run-crate-0.5_8.4": "an end: the same input gives the same bytes at any time",
    "process-run-crate-0.5_8.6": "an agent: a build does not know who runs it",
    "ro-crate-1.1_22.2": "an author, as well",
    "ro-crate-1.1_22.3": "a publisher, as well",
}
"""What is recommended and left out, by the validator's identifiers, each with its reason."""


@pytest.mark.slow
@pytest.mark.build
def test_a_validator_that_knows_the_profile_finds_it_valid(crate, checker, tmp_path):
    _, files = crate

    def issues():
        done = subprocess.run(
            [checker, HERE / "validate.py", tmp_path, "RECOMMENDED"],
            capture_output=True,
            text=True,
        )
        *lines, checks = done.stdout.splitlines()
        assert int(checks.split()[0]) > 50, done.stderr
        return {tuple(line.split(": ")[:2]) for line in lines}

    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert issues() == {("RECOMMENDED", check) for check in UNMET}
    (tmp_path / METADATA).write_bytes(files[METADATA].replace(b'"CreateAction"', b'"Action"'))
    (tmp_path / "seagrass.html").unlink()
    assert {severity for severity, _ in issues()} > {"RECOMMENDED"}


@pytest.mark.build
def test_it_names_every_file_with_its_digest_and_no_other(crate):
    root, files = crate
    graph = _graph(files)
    named = {id for id, entity in graph.items() if entity["@type"] == "File"}
    assert named == set(files) - {METADATA}
    for name in named:
        assert graph[name]["sha256"] == hashlib.sha256(files[name]).hexdigest()
        here = root / name if (root / name).exists() else root / "reports" / name
        assert here.read_bytes() == files[name]
    build = graph["#build"]
    read, wrote = ({part["@id"] for part in build[kind]} for kind in ("object", "result"))
    assert {"data/article.txt", "data/sources.csv", "dossier.toml"} < read
    assert wrote == {f.name for f in (root / "reports").glob("seagrass.*")} - {"seagrass.crate.zip"}
    assert {"#parameter-as_of", "#parameter-units"} < read
    (software,) = _listed(build["instrument"])
    told = json.loads(files["seagrass.facts.json"])["versions"]
    names = [software, *graph[software["@id"]]["softwareRequirements"]]
    assert {graph[n["@id"]]["name"]: graph[n["@id"]]["softwareVersion"] for n in names} == told


@pytest.mark.build
def test_every_reference_within_it_leads_to_an_entity(crate):
    graph = _graph(crate[1])
    outside = {"https://w3id.org/ro/crate/1.1"}

    def references(value):
        if isinstance(value, dict):
            yield from [value["@id"]] if set(value) == {"@id"} else []
            for part in value.values():
                yield from references(part)
        elif isinstance(value, list):
            for part in value:
                yield from references(part)

    for entity in graph.values():
        assert set(references(list(entity.values()))) <= set(graph) | outside
        assert set(_listed(entity.get("wasDerivedFrom", []))) <= set(graph), entity["@id"]


@pytest.mark.build
def test_its_derivation_is_that_of_the_facts(crate):
    """Read by rdflib as PROV: from each fact to its inputs and rows, from a row to its source."""
    import rdflib

    _, files = crate
    metadata = json.loads(files[METADATA])
    terms = metadata["@context"][1] | {"@vocab": "http://schema.org/"}
    data = json.dumps({"@context": terms, "@graph": metadata["@graph"]})
    graph = rdflib.Graph().parse(data=data, format="json-ld", publicID="http://crate/")
    derived, entity = rdflib.PROV.wasDerivedFrom, rdflib.PROV.Entity
    told = json.loads(files["seagrass.facts.json"])["facts"]
    for fact in told:
        node = rdflib.URIRef(f"http://crate/#fact-{fact['id']}")
        assert (node, rdflib.RDF.type, entity) in graph
        behind = {str(o).partition("#")[2] for o in graph.objects(node, derived)}
        assert {f"fact-{id}" for id in fact.get("inputs", ())} <= behind
        sources = {
            str(o).partition("#source-")[2]
            for o in graph.transitive_objects(node, derived)
            if "#source-" in str(o)
        }
        assert set(fact["sources"]) <= sources, fact["id"]


@pytest.mark.build
def test_a_second_build_has_the_same_bytes(crate):
    root, files = crate
    for name in ("reports", ".build"):
        subprocess.run(["rm", "-r", name], cwd=root, check=True)
    assert unpacked(_built(root).read_bytes()) == files


def test_a_folder_is_named_as_git_names_it(tmp_path):
    """Files, a file that sorts between a folder and its slash, a folder in a folder."""
    files = {
        "b.csv": b"1\n",
        "a.csv": "\u00e9\n".encode(),
        "sub/deep/x": b"",
        "sub/y.txt": b"y",
        "sub.txt": b"",
        "sub0": b"0",
    }
    for name, content in files.items():
        (tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / name).write_bytes(content)

    def git(*words):
        done = subprocess.run(["git", *words], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    git("init", "-q")
    git("-c", "core.autocrlf=false", "add", "data")
    tree = git("write-tree")
    assert swhid(files) == f"swh:1:dir:{git('rev-parse', f'{tree}:data')}"


@pytest.mark.slow
def test_a_brief_has_no_crate(tmp_path):
    done = forked(PROJECT.root, "briefs", "formats=html,crate")
    assert done.returncode == 1
    assert "formats names 'crate', which is made of a report" in done.stderr
