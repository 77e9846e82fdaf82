"""A TCP proxy on loopback that makes a server seem far away.

Half of the delay is added each way, and one whole round trip more on each new connection, as a
handshake would. There is no loss, no limit of bandwidth and no TLS.

python benchmarks/delay.py --to 127.0.0.1:8333 --delay 40
Prints the address it listens on, and serves until it is ended.
"""

import argparse
import asyncio
import contextlib
import subprocess
import sys
from asyncio import Queue, StreamReader, StreamWriter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

CHUNK = 1 << 16


async def carry(reader: StreamReader, writer: StreamWriter, seconds: float) -> None:
    """Carry every byte one way, each as late as the others and in order."""
    now = asyncio.get_running_loop().time
    under_way: Queue[tuple[float, bytes]] = Queue()

    async def deliver() -> None:
        while True:
            due, chunk = await under_way.get()
            await asyncio.sleep(due - now())
            if not chunk:
                break
            writer.write(chunk)
            await writer.drain()
        with contextlib.suppress(OSError):
            writer.write_eof()

    async def collect() -> None:
        chunk = b"first"
        while chunk:
            chunk = await reader.read(CHUNK)
            under_way.put_nowait((now() + seconds, chunk))

    with contextlib.suppress(ConnectionError):
        await asyncio.gather(collect(), deliver())


async def connect(
    near_reader: StreamReader,
    near_writer: StreamWriter,
    *,
    to: tuple[str, int],
    delay: float,
) -> None:
    await asyncio.sleep(delay)
    try:
        far_reader, far_writer = await asyncio.open_connection(*to)
        await asyncio.gather(
            carry(near_reader, far_writer, delay / 2), carry(far_reader, near_writer, delay / 2)
        )
        far_writer.close()
    finally:
        near_writer.close()


async def serve(to: tuple[str, int], delay: float) -> None:
    server = await asyncio.start_server(partial(connect, to=to, delay=delay), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    print(f"{host}:{port}", flush=True)
    async with server:
        await server.serve_forever()


@contextmanager
def delayed(to: str, milliseconds: float) -> Iterator[str]:
    """Yield the HOST:PORT of a proxy in front of another one, in a process of its own."""
    command = [sys.executable, __file__, "--to", to, "--delay", str(milliseconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as proxy:
        try:
            if proxy.stdout is None or not (address := proxy.stdout.readline().strip()):
                message = "The delay proxy did not start."
                raise RuntimeError(message)
            yield address
        finally:
            proxy.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", required=True, metavar="HOST:PORT")
    parser.add_argument("--delay", type=float, required=True, metavar="MILLISECONDS")
    given = parser.parse_args()
    host, _, port = given.to.rpartition(":")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve((host, int(port)), given.delay / 1000))


if __name__ == "__main__":
    main()
