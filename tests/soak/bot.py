"""The bot of the soak, in a process of its own: patient as in reality, with a stub that answers.

python -m tests.soak.bot ACCESS DATABASE_FOLDER
"""

from __future__ import annotations

import asyncio
import sys

from bot.cli.logs import set_up_logs
from bot.cli.serving import serve
from bot.desk.service import Options
from tests.scenarios.articles import Expert
from tests.scenarios.process import platforms_of
from tests.scenarios.rig import options_in


def main() -> None:
    """Serves until told to stop."""
    set_up_logs(as_json=False)
    options = options_in(sys.argv[2], Options())
    asyncio.run(serve(platforms_of(sys.argv[1]), Expert(), options=options))


if __name__ == "__main__":
    main()
