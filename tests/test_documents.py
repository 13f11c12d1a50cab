"""What the README and docs/ say is what the code does."""

import json
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from flows import attempts, cli, prefect_runs
from flows.cache import store
from flows.settings import History
from tests.audit import CLEAN, WEAK, judged
from tests.documents import DOCS, PAGES
from tests.year import BOOK

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


@pytest.mark.parametrize("by", ["python -m pip", "uv pip"])
def test_the_readme_installs_without_make_what_make_installs(by):
    made = re.findall(r"python -m pip install --quiet (--.+)$", MAKEFILE, re.MULTILINE)
    assert re.findall(rf"{by} install (--.+)$", README, re.MULTILINE) == made[:2]


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_made_from_the_code_is_as_the_code_makes_it(page):
    assert (DOCS / page).read_text("utf-8") == PAGES[page](), "run: make docs"


def test_every_link_of_the_readme_and_the_docs_leads_somewhere():
    for page in [PROJECT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
            assert target.startswith("https:") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_what_is_said_to_be_kept_is_what_is_kept():
    page = (DOCS / "data-kept.md").read_text("utf-8")
    said = [
        int(number)
        for number in re.findall(r"(?:最近|至少最近) (\d+) [夜次]|(\d+) 天没有", page)
        for number in number
        if number
    ]
    assert said == [History().nights, store._FOR_DAYS, prefect_runs.KEPT_RUNS, attempts.KEPT]
    personal = {column.title for column in BOOK.form.filing if column.name in {"contact", "phone"}}
    assert all(f"`{title}`" in page for title in personal)


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


FLAG, SPAN, TEXT = "true|false", r"P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?", r"\S.*"
WINDOWS_TASK = {
    "Task/RegistrationInfo/Description": TEXT,
    "Task/Triggers/BootTrigger/Enabled": FLAG,
    "Task/Triggers/BootTrigger/Delay": SPAN,
    "Task/Principals/Principal/LogonType": "S4U|Password|InteractiveToken|InteractiveTokenOrPassword",
    "Task/Principals/Principal/RunLevel": "LeastPrivilege|HighestAvailable",
    "Task/Settings/MultipleInstancesPolicy": "Parallel|Queue|IgnoreNew|StopExisting",
    "Task/Settings/DisallowStartIfOnBatteries": FLAG,
    "Task/Settings/StopIfGoingOnBatteries": FLAG,
    "Task/Settings/ExecutionTimeLimit": SPAN,
    "Task/Settings/RestartOnFailure/Interval": r"PT(?:[1-9]|[1-5]\d)M",
    "Task/Settings/RestartOnFailure/Count": r"[1-9]\d?|1\d\d|2[0-4]\d|25[0-5]",
    "Task/Settings/StartWhenAvailable": FLAG,
    "Task/Actions/Exec/Command": r"[A-Z]:\\\S+\.exe",
    "Task/Actions/Exec/Arguments": TEXT,
    "Task/Actions/Exec/WorkingDirectory": r"[A-Z]:\\\S+",
}
"""What Microsoft's schema of tasks, version 1.2, lets each element that is used hold; others are not looked for here."""


def test_the_task_for_windows_holds_what_the_schema_of_tasks_allows():
    task = ElementTree.parse(DOCS / "service" / "huizong-task.xml").getroot()
    space = task.tag.removesuffix("Task")
    assert (space, task.get("version")) == ("{http://schemas.microsoft.com/windows/2004/02/mit/task}", "1.2")
    held = dict(leaves(task, "Task", space))
    assert held.keys() == WINDOWS_TASK.keys()
    assert [name for name, kind in WINDOWS_TASK.items() if not re.fullmatch(kind, held[name])] == []
    assert task.find(f"{space}Actions").get("Context") == task.find(f".//{space}Principal").get("id")


def leaves(element, path, space):
    for child in element:
        name = f"{path}/{child.tag.removeprefix(space)}"
        yield from leaves(child, name, space) if len(child) else [(name, child.text)]


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


def test_an_audit_without_an_answer_is_loud_and_one_with_weaknesses_fails(capsys):
    assert judged("", "ConnectionError: no network") == CLEAN
    assert "AUDIT SKIPPED: no answer from the service: ConnectionError" in capsys.readouterr().out
    found = {"id": "CVE-1", "fix_versions": ["2"]}
    assert judged(json.dumps({"dependencies": [{"name": "a", "version": "1", "vulns": [found]}]}), "") == WEAK
    assert "a 1: CVE-1, mended in 2" in capsys.readouterr().out


def test_no_file_names_a_path_of_somebodys_machine():
    kinds = ("*.py", "*.toml", "*.md", "*.sql", "Makefile")
    for folder in ("flows", "schemas", "sql", "tests", "docs"):
        for path in (p for kind in kinds for p in (PROJECT / folder).rglob(kind)):
            assert not re.search(rf"(?<![\w.])({MACHINE})", path.read_text("utf-8")), path
