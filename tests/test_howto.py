"""Every call on the how-to pages runs, on the small files of the tests, and answers as the page says."""

import doctest
import re
import shutil
import warnings
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
FILES = Path(__file__).parent / "loaders" / "files"
PAGES = ["bring_your_survey.md", "missing_answers.md", "pseudonyms.md"]
MORE = {
    "typing_errors.csv": "from,to,weight\nAZM,P,1\nAZM,AMZ,2\nP,W,often\n",
    "misspelled.csv": "who,partner 1\nAZM,Welzijnhuis\n",
    "general.csv": "group_a/respondent,goals,variables,dynamics,interconnectedness,informational_uncertainty,"
    "sovereign,unique,aim,alone,contract,cede,goal_same,governed_by,coordinator,agreed_rewards\n"
    "o1,4,4,3,5,4,5,4,effectiveness,0,0,4,5,lead,o1,2\n"
    "o2,4,5,3,4,4,4,5,effectiveness,0,0,3,4,lead,o1,2\n"
    "o3,5,4,2,4,99,6,4,effectiveness,0,0,4,3,shared,,0\n",
    "events.csv": "wave,actor,event,to\n2025,P,joins,\n",
}
BLOCK = re.compile(r"^```yaml\n# (\S+\.yaml)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with every file the pages name."""
    for file in sorted(FILES.rglob("*")):
        if file.is_file() and file.name != "SOURCE.md":
            shutil.copy(file, tmp_path / file.name)
    for name, text in MORE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_every_call_on_the_page_runs(folder: Path, page: str):
    text = (DOCS / page).read_text(encoding="utf-8")
    for name, codebook in BLOCK.findall(text):
        (folder / name).write_text(codebook, encoding="utf-8")
    plain = re.sub(r"^```.*$", "", text, flags=re.MULTILINE)
    test = doctest.DocTestParser().get_doctest(plain, {}, page, page, 0)
    told: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
        failed, tried = runner.run(test, out=told.append)
    assert tried >= 8
    assert failed == 0, "".join(told)


def test_every_python_block_of_the_pages_is_a_doctest():
    for page in PAGES:
        text = (DOCS / page).read_text(encoding="utf-8")
        blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        assert blocks
        assert all(block.startswith(">>> ") for block in blocks)
        assert all(
            BLOCK.match(block) for block in re.findall(r"^```yaml.*?^```", text, re.M | re.S)
        )
