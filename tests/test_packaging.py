"""What is installed: the libraries that are named, the extras, and the wheel."""

from __future__ import annotations

import ast
import os
import re
import runpy
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections import defaultdict
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config.extras import LIBRARIES
from tests.session import README, ROOT, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SETUP = runpy.run_path(str(ROOT / "setup.py"))
HOME, MOVED, moved_imports = SETUP["HOME"], SETUP["MOVED"], SETUP["moved_imports"]
ENTRY = "bot/cli/clipping"
DISTRIBUTIONS = packages_distributions()
# The extra that a package may import from, besides what every installation has.
EXTRA_OF = {"retrieval/evaluation": "evaluate", "retrieval/training": "train"}
# What no answering module imports: why it is needed stands beside it in pyproject.toml.
NOT_IMPORTED = {"onnx", "python-dotenv"}
# Runs a module as `python -m` would, in an installation that lacks a library.
WITHOUT = """
import runpy, sys
library, *sys.argv = sys.argv[1:]
sys.modules[library] = None
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def named(requirements: Iterable[str]) -> set[str]:
    """Returns the names of some requirements, in the form in which names are compared."""
    return {canonicalize_name(Requirement(text).name) for text in requirements}


def pinned(lock: str) -> set[str]:
    """Returns the names that a lock file pins."""
    lines = (ROOT / lock).read_text().splitlines()
    return named(line.removesuffix(" \\") for line in lines if "==" in line)


def imported(path: Path) -> Iterator[str]:
    """Yields the distributions whose modules a file imports."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            modules = [str(node.module)]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        else:
            continue
        for top in {module.partition(".")[0] for module in modules}:
            if top not in sys.stdlib_module_names and top not in MOVED:
                yield from map(canonicalize_name, DISTRIBUTIONS[top])


def sources(*folders: str) -> Iterator[Path]:
    """Yields the source files of some packages."""
    for folder in folders:
        yield from (ROOT / folder).rglob("*.py")


def test_every_library_that_is_imported_is_named_and_the_other_way_round() -> None:
    base, extras = named(PROJECT["dependencies"]), PROJECT["optional-dependencies"]
    used: dict[str | None, set[str]] = defaultdict(set)
    for path in sources(*MOVED):
        used[EXTRA_OF.get(path.relative_to(ROOT).parent.as_posix())] |= set(imported(path))
    assert used[None] == base - NOT_IMPORTED
    for extra in EXTRA_OF.values():
        assert used[extra] - base == named(extras[extra])


def test_what_answers_installs_no_extra() -> None:
    runtime = pinned("requirements.lock") | pinned("torch.lock")
    extras = PROJECT["optional-dependencies"]
    assert named(PROJECT["dependencies"]) <= runtime
    assert not runtime & pinned("requirements-dev.lock")
    assert not runtime & (named(extras["postgres"]) | named(extras["evaluate"]))
    for extra in extras.values():
        assert named(extra) - {HOME} <= runtime | pinned("requirements-dev.lock")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_has_the_hashes_of_every_package_but_torch(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z-])", (ROOT / lock).read_text())[1:]
    packages = [entry for entry in entries if not entry.startswith("--requirement")]
    assert len(packages) == len(pinned(lock))
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in packages)
    assert pinned("torch.lock") == {"torch"}
    assert "torch" not in pinned(lock)


def test_the_image_takes_the_extras_from_the_hashed_list_by_their_names() -> None:
    (extras,) = re.findall(r'ARG EXTRAS="(.*)"', (ROOT / "Dockerfile").read_text())
    assert set(extras.split()) == {"psycopg", "psycopg-binary"} <= pinned("requirements-dev.lock")


def test_the_extras_of_the_messages_are_those_of_the_project() -> None:
    extras = PROJECT["optional-dependencies"]
    assert {extra: set(modules) for extra, modules in LIBRARIES.items()} == {
        extra: named(extras[extra]) for extra in extras if extra != "dev"
    }


# The two that train import torch first.
@pytest.mark.parametrize(
    ("library", "command", "sentence"),
    [
        ("psycopg", "bot gaps", "A PostgreSQL address in DATABASE_URL needs the extra `postgres`"),
        (
            "matplotlib",
            "retrieval.evaluation questions.json",
            "`python -m retrieval.evaluation` needs the extra `evaluate`",
        ),
        pytest.param(
            "safetensors",
            "retrieval.training --data . --work . prepare",
            "`python -m retrieval.training` needs the extra `train`",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "scipy",
            "retrieval.training.fitting .",
            "`python -m retrieval.training.fitting` needs the extra `train`",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_command_whose_extra_is_missing_names_it_in_one_sentence(
    tmp_path: Path, library: str, command: str, sentence: str
) -> None:
    (tmp_path / "questions.json").touch()
    done = subprocess.run(  # noqa: S603  -- our own commands
        [sys.executable, "-c", WITHOUT, library, *command.split()],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
        env=os.environ
        | {"PYTHONPATH": str(ROOT), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
    )
    extra = sentence.split("`")[-2]
    way_out = f'run `make install` in a checkout, elsewhere `pip install "clipping[{extra}]"`.'
    assert done.stderr == f"{sentence}: {way_out}\n"
    assert (done.returncode, done.stdout) == (2, "")


def test_a_wheel_s_imports_point_into_its_one_package() -> None:
    source = """
from bot.page import layout
é = "from bot.page"; from index.models.encoder import Encoder
def late():
    from config import settings  # from config
"""
    assert (
        moved_imports(source.encode()).decode()
        == """
from clipping.bot.page import layout
é = "from bot.page"; from clipping.index.models.encoder import Encoder
def late():
    from clipping.config import settings  # from config
"""
    )

    others = b"from botany import leaf\nfrom .bot import x\nimport configparser\n"
    assert moved_imports(others) == others


def test_an_import_that_a_wheel_cannot_move_is_refused() -> None:
    with pytest.raises(ValueError, match="line 2: write `from … import …`"):
        moved_imports(b"import json\nimport bot.page\n")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Builds the wheel from a copy of what it is made of, so that the checkout stays clean."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    for name in MOVED:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    # What a build of an older version left behind.
    (copy / "build" / "lib" / "bot").mkdir(parents=True)
    (copy / "build" / "lib" / "bot" / "stale.py").touch()
    out = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(copy))
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Installs the wheel where modules of the same names as our packages lie already.

    The environment sees the libraries of the tests' own through a .pth file. Python follows no .pth
    file of a folder that another one names, so an editable install of the checkout stays unseen.
    """
    environment = tmp_path_factory.mktemp("environment")
    subprocess.run(  # noqa: S603  -- a fixed command
        [sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True
    )
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    for name in MOVED:
        (site / f"{name}.py").write_text("raise RuntimeError('someone else lives here')\n")
    pip("--python", str(environment / "bin" / "python"), "install", "--no-deps", str(wheel))
    return environment


def pip(*arguments: str) -> None:
    """Runs pip offline, quietly."""
    quiet = ("--quiet", "--disable-pip-version-check", "--no-index")
    subprocess.run([sys.executable, "-m", "pip", *arguments, *quiet], check=True)  # noqa: S603  -- our own arguments


def run(installed: Path, *command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a program of an environment in a folder that is not the checkout."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(  # noqa: S603  -- our own programs
        [str(installed / "bin" / command[0]), *command[1:]],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env=environment | {"ARTICLES": str(ROOT / "seeds"), "READER_MODEL": "clipping"},
    )


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_our_packages_inside_one(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    files = {
        path.relative_to(ROOT).as_posix()
        for name in MOVED
        for path in (ROOT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == {f"{HOME}/{name.removeprefix(f'{ENTRY}/')}" for name in files}
    assert {f"{HOME}/bot/slack/manifest.yaml", f"{HOME}/retrieval/model/reader.onnx"} <= held


@pytest.mark.slow
def test_the_wheel_adds_one_name_at_top_level(installed: Path) -> None:
    (site,) = installed.glob("lib/python*/site-packages")
    before = {"libraries.pth", *(f"{name}.py" for name in MOVED)}
    added = {path.name for path in site.iterdir()} - before - {"__pycache__"}
    assert {name.partition("-")[0] for name in added} == {HOME}
    (listed,) = site.glob("*.dist-info/top_level.txt")
    assert listed.read_text(encoding="utf-8").split() == [HOME]


@pytest.mark.slow
def test_every_module_of_the_wheel_can_be_imported(installed: Path, tmp_path: Path) -> None:
    modules = [
        ".".join((HOME, *path.relative_to(ROOT).with_suffix("").parts))
        for path in sources(*MOVED)
        # Alembic runs the migrations itself; the way in stands at the top of the wheel.
        if "migrations" not in path.parts and ENTRY not in path.as_posix()
    ]
    imports = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    done = run(installed, "python", "-c", imports, *sorted(modules), folder=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.model
def test_an_installed_wheel_answers_from_any_folder(
    installed: Path, tmp_path: Path, encoders: Path
) -> None:
    (tmp_path / ".clipping").mkdir()
    (tmp_path / ".clipping" / "encoders").symlink_to(encoders)
    expected = steps(README.read_text(encoding="utf-8"))[0]
    done = run(installed, "clipping", "ask", "where is the HQ?", folder=tmp_path)
    assert (done.returncode, done.stdout.strip("\n")) == (0, expected.output), done.stderr
    for command in (("index", "check"), ("doctor",)):
        done = run(installed, "python", "-m", "clipping", *command, folder=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
