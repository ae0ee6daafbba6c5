"""Every computed fact follows from the rows and facts that it names, and from nothing else."""

from dossier.facts.proof import prove
from dossier.gates import Finished


def find(finished: Finished) -> list[str]:
    return prove(finished.report.facts)
