"""Validate a crate in a folder by roc-validator, without the network; run in an environment apart.

The address of the context of RO-Crate is not fetched: the package rocrate brings the context of
RO-Crate 1.3, which has every term of 1.1. Prints an issue a line.
"""

import sys
from importlib.resources import files

import requests
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.utils.http import HttpRequester

CONTEXT = (files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()


def answer(self, url, **more):
    assert url == "https://w3id.org/ro/crate/1.1/context", url
    found = requests.Response()
    found.status_code, found._content, found.url = 200, CONTEXT, url
    found.headers["Content-Type"] = "application/ld+json"
    return found


HttpRequester.get = HttpRequester.head = answer
result = services.validate(
    ValidationSettings(
        rocrate_uri=sys.argv[1],
        profile_identifier="process-run-crate-0.5",
        requirement_severity=Severity[sys.argv[2]],
        skip_availability_check=True,
    )
)
for issue in result.get_issues():
    print(f"{issue.severity.name}: {issue.check.identifier}: {issue.message}")
print(f"{len(result.executed_checks)} checks")
