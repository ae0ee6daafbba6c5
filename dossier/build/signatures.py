"""Signatures of finished files, by OpenSSH's own format and program: FILE.sig beside FILE."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from dossier.build import stamps
from dossier.build.errors import BuildError
from dossier.build.reports import is_signature, lock, signature_file
from dossier.project import Project

NAMESPACE = "dossier"
"""What the signatures are for: one made for another purpose is no signature of a report."""


class SignatureError(RuntimeError):
    """A signature that does not hold, or can't be checked; says why."""


def sign(project: Project, key: Path) -> list[Path]:
    """Sign every finished file in reports/ that a build wrote and nobody changed since.

    ``key`` is a private key of OpenSSH's, or a public one whose private half an agent holds.
    Returns the signatures; raises BuildError or SignatureError, and then none is written.
    """
    key = key.expanduser().resolve()
    if not key.is_file():
        raise SignatureError(f"{key} is no file; name a key, such as ~/.ssh/id_ed25519")
    with lock(project), tempfile.TemporaryDirectory(dir=project.scratch) as folder:
        files = stamps.built(project)
        if not files:
            raise BuildError("reports/ holds nothing that a build here wrote; run make report")
        copies = [Path(folder) / f"{n}{file.suffix}" for n, file in enumerate(files)]
        for file, copy in zip(files, copies, strict=True):
            shutil.copyfile(file, copy)
        done = _run("sign", "-f", str(key), "-n", NAMESPACE, *map(str, copies))
        if done.returncode:
            raise SignatureError(f"ssh-keygen can't sign with {key}: {_said(done)}")
        made = [signature_file(file) for file in files]
        for copy, signature in zip(copies, made, strict=True):
            signature_file(copy).replace(signature)
    return made


def signature_of(file: Path, signer: str, allowed: Path) -> str:
    """Return in words whose signature lies beside a file.

    ``signer`` must have signed it, where a name is given, with a key that ``allowed`` has for it.
    Raises SignatureError where that is not so, or where the signature is of another file.
    """
    signature = signature_file(file)
    if not is_signature(signature):
        if signer:
            raise SignatureError(f"{file.name}: no {signature.name} of OpenSSH's lies beside it")
        return f"no {signature.name} of OpenSSH's lies beside it"
    if shutil.which("ssh-keygen") is None and not signer:
        return f"{signature.name} was not checked: ssh-keygen is missing, install OpenSSH"
    own, content = ("-n", NAMESPACE, "-s", str(signature)), file.read_bytes()
    done = _run("check-novalidate", *own, content=content)
    if done.returncode:
        raise SignatureError(
            f"{signature.name} is no signature of {file.name}: the file was changed after it was "
            f"signed, or the signature was ({_said(done)})"
        )
    key = " ".join(re.findall(r"with (\S+ key SHA256:\S+)", _all_said(done))) or "unknown key"
    if not signer:
        return f"made with the {key}; whose key that is, --signer NAME checks"
    if not allowed.is_file():
        raise SignatureError(
            f"{allowed} is missing: write the signers' names and keys into it, or name another by "
            "--allowed-signers (man ssh-keygen, ALLOWED SIGNERS, tells its format)"
        )
    if _run("verify", "-f", str(allowed), "-I", signer, *own, content=content).returncode:
        raise SignatureError(
            f"{file.name} was not signed by {signer!r}: {allowed} does not give that name the "
            f"{key}; ask for another signature, or add the key if you know whose it is"
        )
    return f"made by {signer}, with the {key}"


def _run(action: str, *given: str, content: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run ssh-keygen for signatures; raise SignatureError where it is not there."""
    command = ["ssh-keygen", "-Y", action, *given]
    try:
        return subprocess.run(command, input=content, capture_output=True)
    except FileNotFoundError:
        raise SignatureError("ssh-keygen is missing: install OpenSSH, 8.1 or later") from None


def _all_said(done: subprocess.CompletedProcess[bytes]) -> str:
    return (done.stdout + done.stderr).decode(errors="replace").strip()


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the last line of what ssh-keygen said."""
    return _all_said(done).rpartition("\n")[2]
