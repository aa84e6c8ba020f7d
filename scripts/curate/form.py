"""The settings of a form for those who do not write YAML: `admin/config.yml` of Decap CMS.

They are made from the schemas of the data files (`schemas.py`): a collection for each kind of
record, a field for each of its fields. JSON is YAML, so the file is written as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from curate import new_record, schemas
from curate.form_fields import Field, Fields, label, shown_of
from curate.mend import LAST
from sitegen.model import KINDS, Identity, Record, RecordForm
from sitegen.model.values import SLUG
from sitegen.read.load import DRAWINGS
from sitegen.read.vocabulary import read_vocabulary
from sitegen.read.yamlfile import GUESSED

ID = "id"
"""The field of the form that names the file; no file of a record has it."""
LOCAL_SERVER = "http://localhost:8081/api/v1"
"""Where `decap-server` listens, which saves to files of the machine that it runs on."""
LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        "site": "its settings change every page, and are for those who can build the site",
        "vocabulary": "what it says changes how every other file is read",
    }
)
"""The sorts of files that the form does not have, with the reason."""
_HEAD = "# Made by build.py from the schemas of the data (JSON, which is YAML); never edited.\n"
_GITHUB = "github.com"
_API = {"github": "/api/v3", "gitlab": "/api/v4", "gitea": "/api/v1"}
"""Where programs reach a forge on a host of its own."""
_FOR_REVIEW = ("github", "gitlab")
"""The backends that propose a change; the others save it at once."""


def config(data: Path, identity: Identity, form: RecordForm) -> bytes:
    """Return the settings of the form of a data folder, with its own units and routes.

    Raise DataError where its vocabulary.yml cannot be read.
    """
    with read_vocabulary(data).in_use():
        collections = [collection(kind, form.folder) for kind in KINDS]
    settings = {
        "backend": backend(identity, form),
        **({"publish_mode": "editorial_workflow"} if form.backend in _FOR_REVIEW else {}),
        **({"site_url": identity.address} if identity.address else {}),
        "media_folder": f"{form.folder}/{DRAWINGS}",
        "public_folder": "/",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "editor": {"preview": False},
        "show_preview_links": False,
        "quoted": GUESSED.pattern,
        "collections": collections,
    }
    return (_HEAD + json.dumps(settings, ensure_ascii=False) + "\n").encode()


def backend(identity: Identity, form: RecordForm) -> dict[str, Any]:
    """Return where the form reads and saves, as Decap has it."""
    if form.backend == "local":
        return {"name": "proxy", "proxy_url": LOCAL_SERVER, "branch": form.branch}
    forge = urlsplit(identity.repository or "")
    path = "" if forge.netloc == _GITHUB else _API[form.backend]
    place = {
        "name": form.backend,
        "repo": forge.path.strip("/"),
        "branch": form.branch,
        "api_root": saves_to(identity, form) + path,
    }
    if form.backend == "github":
        login = urlsplit(form.login or "")
        endpoint = {"auth_endpoint": login.path.strip("/")} if login.path else {}
        return {**place, "base_url": f"https://{login.netloc}", **endpoint}
    kind = {"auth_type": "pkce"} if form.backend == "gitlab" else {}
    return {**place, **kind, "app_id": form.app_id, "base_url": f"https://{forge.netloc}"}


def saves_to(identity: Identity, form: RecordForm) -> str:
    """Return the origin that the form sends its requests to."""
    address = urlsplit(LOCAL_SERVER if form.backend == "local" else identity.repository or "")
    host = f"api.{_GITHUB}" if address.netloc == _GITHUB else address.netloc
    return f"{address.scheme}://{host}"


def collection(kind: type[Record], folder: str) -> dict[str, Any]:
    """Return the collection of a kind of record, whose files are in `folder`."""
    schema = schemas.schema(kind.folder, kind)
    fields = sorted(Fields(schema["$defs"]).of(schema), key=lambda one: one["name"] in LAST)
    return {
        "name": kind.folder,
        "label": label(kind.folder),
        "label_singular": label(new_record.name_of(kind)),
        "description": schema["description"],
        "folder": f"{folder}/{kind.folder}",
        "create": True,
        "delete": False,
        "extension": "yml",
        "format": f"record-{kind.folder}",
        "slug": f"{{{{{ID}}}}}",
        "identifier_field": ID,
        "summary": f"{{{{filename}}}}: {{{{{shown_of(kind.folder)}}}}}",
        "sortable_fields": [],
        "fields": [_id(), *fields],
    }


def _id() -> Field:
    """Return the field that names the file of a new record, and shows that of another."""
    return {
        "name": ID,
        "label": "Id",
        "widget": "record-id",
        "required": True,
        "pattern": [f"^{SLUG.pattern}$", "must be small letters, digits and single hyphens"],
        "hint": "The name of the file, and part of the address of the page: small letters, digits "
        "and hyphens, such as 'two-words'. It stays when the record is changed.",
    }
