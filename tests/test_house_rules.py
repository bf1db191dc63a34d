"""Rules of the house that a reader would otherwise have to remember."""

import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from portal.audit.verbs import VERBS
from reviews.verbs import STEPS
from studios.permissions import ROLES, ROLES_AT

ROOT = Path(__file__).resolve().parent.parent
OURS = ("portal", "studios", "reviews", "tests", "bench", "deploy")


def files(*patterns):
    """Committed and new files of the working copy that match a git pathspec."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def long_files(paths, budget):
    return {
        str(path.relative_to(ROOT)): n for path in paths if (n := len(path.read_text().splitlines())) > budget
    }


def test_python_files_keep_their_budget():
    code = [path for path in files("*.py") if "migrations" not in path.parts]
    assert long_files(code, 400) == {}


def test_templates_keep_their_budget():
    assert long_files(files("*.html"), 150) == {}


def test_functions_keep_their_budget():
    import ast

    long = {}
    for path in files("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = node.end_lineno - node.lineno + 1
                if length > 40:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = length
    assert long == {}


def test_no_module_is_a_junk_drawer():
    banned = {"utils", "common", "helpers", "util", "helper", "misc"}
    assert [path for path in files("*.py") if path.stem in banned or banned & set(path.parts)] == []


def test_every_module_says_what_it_is():
    import ast

    silent = [
        str(path.relative_to(ROOT))
        for path in files("*.py")
        if path.read_text().strip()
        and "migrations" not in path.parts
        and ast.get_docstring(ast.parse(path.read_text())) is None
    ]
    assert silent == []


def test_no_signals_of_our_own():
    # ``pre_save(`` is the method of a field, not the signal
    pattern = re.compile(r"\b((post_save|pre_save|post_delete|pre_delete|m2m_changed)\b(?!\()|Signal\()")
    found = [
        str(path.relative_to(ROOT))
        for path in files("portal/*.py", "studios/*.py", "reviews/*.py")
        if pattern.search(path.read_text())
    ]
    assert found == []


def test_guardian_is_met_in_two_places_only():
    found = {
        str(path.relative_to(ROOT))
        for path in files("portal/*.py", "studios/*.py", "reviews/*.py")
        if re.search(r"^\s*(from|import) guardian", path.read_text(), re.M) and "migrations" not in path.parts
    }
    assert found <= {"studios/models/grants.py", "studios/permissions.py"}


def test_only_the_engines_effects_write_a_state():
    pattern = re.compile(r"\.(state|tier)\s*=[^=]|update\([^)]*\b(state|tier)=")
    found = {
        str(path.relative_to(ROOT))
        for path in files("reviews/*.py")
        if pattern.search(path.read_text()) and "migrations" not in path.parts
    }
    effects = {"effects", "verifying", "assessing", "revoking", "changing", "subsidising"}
    assert found <= {f"reviews/workflow/{name}.py" for name in effects}


@pytest.mark.django_db
def test_no_migration_is_missing():
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)


def test_migrations_are_named():
    automatic = [
        path.name
        for path in files("portal/*/migrations/*.py", "studios/migrations/*.py", "reviews/migrations/*.py")
        if re.search(r"_auto_|_and_more|_\d{8}", path.name)
    ]
    assert automatic == []


@pytest.mark.django_db
def test_every_grant_names_a_real_permission():
    from studios.services.people import permission_named

    for names in ROLES.values():
        for name in names:
            assert permission_named(name)


def test_every_role_exists_somewhere():
    assert set().union(*map(set, ROLES_AT.values())) == set(ROLES)


def test_every_recorded_verb_is_registered_and_every_registered_one_used():
    used = set()
    for path in files("portal/*.py", "studios/*.py", "reviews/*.py"):
        used |= set(re.findall(r'record\(\s*"([a-z_]+\.[a-z_]+)"', path.read_text()))
    assert used <= set(VERBS)
    by_engine = {f"{noun}.{action}" for noun, actions in STEPS.items() for action in actions}
    assert set(VERBS) - used - by_engine == set()


def test_every_constraint_has_a_name_a_person_can_read():
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]
    names = [c.name for model in ours for c in model._meta.constraints if "guardian" not in c.name]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", name)] == []


def test_no_address_of_a_package_index_and_no_path_of_a_machine():
    pattern = re.compile(
        r"(--(extra-)?index-url|--find-links|\"resolved\": *\"http|(?<![\w.\"])/(work|root|farm)/)", re.I
    )
    this = Path(__file__).resolve()
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in files("*")
        if path != this
        and path.suffix not in {".png", ".jpg", ".otf", ".ttf", ".woff2"}
        and (match := pattern.search(path.read_text(errors="ignore")))
    ]
    assert found == []
