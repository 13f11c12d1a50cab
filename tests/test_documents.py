"""What the README and docs/ say is what the code does."""

import json
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from flows import cli
from tests.documents import DOCS, PAGES

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text("utf-8")
MAKEFILE = (PROJECT / "Makefile").read_text("utf-8")
MACHINE = "|".join(("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"))


def test_the_readme_lists_every_command_with_its_own_words():
    told = dict(re.findall(r"^\| `huizong (\w+)` \| (.+?) \|$", README, re.MULTILINE))
    assert told == cli.commands()


def test_the_readme_lists_every_make_target():
    told = set(re.findall(r"^\| `make (\w+)` \|", README, re.MULTILINE))
    targets = set(re.findall(r"^(\w+):.*## ", MAKEFILE, re.MULTILINE))
    assert told == targets - {"help"}


def test_the_readme_for_windows_installs_what_make_installs():
    installs = [re.findall(r"pip install(?: --quiet)? (--.+)$", text, re.MULTILINE) for text in (README, MAKEFILE)]
    assert installs[0] == installs[1][: len(installs[0])]


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_made_from_the_code_is_as_the_code_makes_it(page):
    assert (DOCS / page).read_text("utf-8") == PAGES[page](), "run: make docs"


def test_every_link_of_the_readme_and_the_docs_leads_somewhere():
    for page in [PROJECT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
            assert target.startswith("https:") or (page.parent / target).exists(), f"{page.name}: {target}"


PATH = re.compile(r"`((?:flows|schemas|sql|tests|docs)/[^`\s*<>…]*)`")


def test_what_starts_the_service_elsewhere_starts_a_command_that_is_there(tmp_path):
    service = (DOCS / "service" / "huizong.service").read_text("utf-8")
    task = ElementTree.parse(DOCS / "service" / "huizong-task.xml").getroot()
    container = (DOCS / "service" / "Containerfile").read_text("utf-8")
    written = [
        re.search(r"^ExecStart=\S+/huizong (.+)$", service, re.MULTILINE)[1].split(),
        task.find(".//{*}Arguments").text.split(),
        json.loads(re.search(r"^CMD (.+)$", container, re.MULTILINE)[1])[1:],
    ]
    for command, *options in written:
        known = {name for option in cli.command(command).params for name in option.opts}
        assert set(options) <= known
    assert all((PROJECT / name).exists() for name in re.findall(r"^COPY (\w+) ", container, re.MULTILINE))


def test_every_path_that_the_readme_and_the_docs_name_is_there():
    """The pages of ``docs/changes`` name what is to be made as well: ``tests/test_changes.py``."""
    for page in [PROJECT / "README.md", *DOCS.glob("*.md")]:
        missing = [path for path in PATH.findall(page.read_text("utf-8")) if not (PROJECT / path).exists()]
        assert missing == [], page.name


def test_every_room_stands_in_the_architecture():
    page = (DOCS / "architecture.md").read_text("utf-8")
    rooms = sorted(path.name for path in (PROJECT / "flows").iterdir() if not path.name.startswith("_"))
    assert [room for room in rooms if f"`flows/{room}" not in page] == [], "say in docs/architecture.md what it is for"


def test_every_dependency_is_pinned_with_hashes_and_without_an_address():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    plain, scale = (_pinned(name) for name in ("constraints.txt", "constraints-scale.txt"))
    assert _named([*project["dependencies"], *extras["dev"]]) <= plain
    assert _named([*extras["dask"], *extras["spark"]]) <= scale
    assert plain & scale == set(), "what a cluster needs is no part of the plain install, and moves nothing in it"


def _named(dependencies: list[str]) -> set[str]:
    return {re.match(r"[\w.-]+", dependency)[0].lower() for dependency in dependencies}


def _pinned(name: str) -> set[str]:
    constraints = (PROJECT / name).read_text("utf-8")
    assert not re.search(r"://|--index|--extra-index|--find-links", constraints)
    assert not re.findall(r"^[\w.-]+==.*[^\\]$", constraints, re.MULTILINE), "a version without a hash"
    return {name.lower() for name in re.findall(r"^([\w.-]+)==\S+", constraints, re.MULTILINE)}


def test_no_file_names_a_path_of_somebodys_machine():
    kinds = ("*.py", "*.toml", "*.md", "*.sql", "Makefile")
    for folder in ("flows", "schemas", "sql", "tests", "docs"):
        for path in (p for kind in kinds for p in (PROJECT / folder).rglob(kind)):
            assert not re.search(rf"(?<![\w.])({MACHINE})", path.read_text("utf-8")), path
