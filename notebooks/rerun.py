"""Run the notebooks named (or all) from a clean kernel and store their outputs."""

import os
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent
os.environ["TQDM_DISABLE"] = "1"  # a progress bar shows on a slow machine only
KERNEL_FILE = r"\S*ipykernel_\d+[/\\]\d+\.py"  # where a warning came from differs per run


def rerun(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    NotebookClient(book, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute()
    book.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in book.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = re.sub(KERNEL_FILE, "ipykernel_0/0.py", output["text"])
    nbformat.write(book, path)
    print(path.name)


if __name__ == "__main__":
    named = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.ipynb"))
    for notebook in named:
        rerun(notebook)
