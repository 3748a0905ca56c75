"""The background worker: procrastinate over all queues."""

import argparse
import asyncio
import os
from typing import cast

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

SECONDS_TO_FINISH = 20
NICENESS = 10  # nice(2): where both want the processor, the web process gets nine parts of ten


def execute(options: argparse.Namespace) -> int:
    """Take jobs until told to stop; a running job is finished first, or given back.

    A person waits for a page and nobody for a PDF: the worker leaves the processor to the web process.
    """
    os.nice(NICENESS)
    asyncio.run(work(options.concurrency))
    return 0


async def work(concurrency: int) -> None:
    """Run one worker over all queues."""
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector) as worker_app:
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                concurrency=concurrency,
                fetch_job_polling_interval=2,
                shutdown_graceful_timeout=SECONDS_TO_FINISH,
                listen_notify=True,
                delete_jobs="never",
            )
