"""Takes durable steps with dbos as fast as it goes: FOLDER STEPS WIDTH; prints how many seconds they take.

Its file has a write-ahead log, with which it is faster than as it makes one itself.
"""

import contextlib
import sqlite3
import sys
import time

from dbos import DBOS

folder, steps, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with contextlib.closing(sqlite3.connect(f"{folder}/dbos.sqlite")) as database:
    database.execute("PRAGMA journal_mode = WAL")
DBOS(
    config={
        "name": "steps",
        "system_database_url": f"sqlite:///{folder}/dbos.sqlite",
        "log_level": "ERROR",
        "max_executor_threads": width + 1,
        "sys_db_pool_size": width + 1,
    }
)


@DBOS.step()
def step(number):
    return number


@DBOS.workflow()
def take(numbers):
    for number in numbers:
        step(number)


DBOS.launch()
take([0])  # connects
start = time.perf_counter()
runs = [DBOS.start_workflow(take, list(range(first, steps, width))) for first in range(width)]
for run in runs:
    run.get_result()
seconds = time.perf_counter() - start
taken = sum(len(DBOS.list_workflow_steps(run.workflow_id)) for run in runs)
if taken != steps:
    sys.exit(f"{taken} steps are recorded instead of {steps}")
print(seconds)
DBOS.destroy()
