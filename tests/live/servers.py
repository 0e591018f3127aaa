"""Databases with a vendor's tables: SQLite files, a MariaDB and a PostgreSQL of one's own on loopback."""
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import subprocess
import time

DATE = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$")
DECIMAL = re.compile(r"-?\d+\.\d+$")
WAIT_S = 60


def columns_of(lines):
    return list(dict.fromkeys(column for line in lines for column in line))


def type_of(lines, column, types):
    """What a column holds says of what type it is: instants, amounts, texts."""
    values = [line[column] for line in lines if line.get(column)]
    if values and all(DATE.match(v) for v in values):
        return types[0]
    if values and all(DECIMAL.match(v) or v.lstrip("-").isdigit() for v in values) and any("." in v for v in values):
        return types[1]
    return types[2]


def literal(text):
    return "NULL" if not text else "'" + text.replace("'", "''") + "'"


def script(tables, quote, types):
    for name, lines in tables.items():
        columns = columns_of(lines)
        shown = ", ".join(f"{quote}{c}{quote} {type_of(lines, c, types)}" for c in columns)
        yield f"CREATE TABLE {quote}{name}{quote} ({shown});"
        for begin in range(0, len(lines), 200):
            rows = ",\n".join("(" + ", ".join(literal(line.get(c, "")) for c in columns) + ")" for line in lines[begin:begin + 200])
            yield f"INSERT INTO {quote}{name}{quote} VALUES\n{rows};"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Sqlite:
    """One file a database."""

    def __init__(self, directory):
        self.directory = directory

    def make(self, name, tables):
        self.file = self.directory / f"{name}.sqlite"
        with sqlite3.connect(self.file) as db:
            db.executescript("\n".join(script(tables, '"', ("TEXT", "TEXT", "TEXT"))))
        db.close()
        return f"Driver={{SQLite3}};Database={self.file}", {}

    def stop(self):
        pass


class Server:
    """Started in the foreground with a data directory of its own, stopped by its process."""

    def start(self, command, ready, **options):
        self.log = open(self.directory / "log", "wb")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT, **options)
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            if ready():
                return
            time.sleep(0.1)
        self.stop()
        raise AssertionError((self.directory / "log").read_text(errors="replace")[-2000:])

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(WAIT_S)
        self.log.close()


class MariaDb(Server):
    PASSWORD = "reader};pwd={x"

    def __init__(self, directory):
        self.directory, self.port = directory, free_port()
        self.socket = f"/tmp/settle-mariadb-{os.getpid()}-{self.port}.sock"
        data = directory / "data"
        directory.mkdir()
        subprocess.run(["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal",
                        "--skip-test-db", *self.user()], check=True, capture_output=True)
        self.start(["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={self.socket}", f"--port={self.port}",
                    "--bind-address=127.0.0.1", "--general-log=1", f"--general-log-file={directory}/statements", "--character-set-server=utf8mb4",
                    f"--pid-file={directory}/pid", "--skip-name-resolve", *self.user()], lambda: self.sql("SELECT 1") is not None)

    @staticmethod
    def user():
        return ["--user=root"] if os.geteuid() == 0 else []

    def sql(self, text, database=""):
        done = subprocess.run(["mariadb", "--no-defaults", f"--socket={self.socket}", "-uroot", "--default-character-set=utf8mb4", "-N",
                               *([database] if database else [])], input=text.encode(), capture_output=True)
        return done.stdout.decode() if done.returncode == 0 else None

    def make(self, name, tables):
        made = self.sql(f"CREATE DATABASE {name} CHARACTER SET utf8mb4;\n"
                        f"CREATE USER IF NOT EXISTS reader@'127.0.0.1' IDENTIFIED BY '{self.PASSWORD}'; GRANT SELECT ON {name}.* TO reader@'127.0.0.1';")
        assert made is not None
        assert self.sql("\n".join(script(tables, "`", ("DATETIME", "DECIMAL(20,6)", "VARCHAR(200)"))), name) is not None
        return (f"Driver={{MariaDB Unicode}};Server=127.0.0.1;Port={self.port};Database={name};UID=reader;charset=utf8mb4",
                {"password": self.PASSWORD})

    def statements(self):
        return (self.directory / "statements").read_text(encoding="utf-8", errors="replace")


class Postgres(Server):
    """SQL_ASCII: bytes are kept as they come, as in systems that hold GBK in a database that does not know it."""
    CHARSET = "gb18030"

    def __init__(self, directory):
        self.directory, self.port = directory, free_port()
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        self.programs = found[-1].parent
        directory.mkdir()
        self.become = {}
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            shutil.chown(directory, "postgres")
            for parent in [directory, *directory.parents]:
                if parent != pathlib.Path("/") and not parent.stat().st_mode & 0o001:
                    parent.chmod(parent.stat().st_mode | 0o011)
            self.become = {"user": "postgres", "group": "postgres", "extra_groups": []}
        data = directory / "data"
        self.environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PGCLIENTENCODING": "SQL_ASCII"}
        subprocess.run([self.programs / "initdb", "-D", data, "-E", "SQL_ASCII", "--locale=C", "-U", "owner", "-A", "trust"], check=True,
                       capture_output=True, env=self.environment, **self.become)
        self.start([self.programs / "postgres", "-D", data, "-p", str(self.port), "-c", "listen_addresses=127.0.0.1", "-k", str(directory),
                    "-c", "log_statement=all", "-c", "fsync=off"], lambda: self.sql("SELECT 1", "postgres") is not None, env=self.environment, **self.become)

    def sql(self, text, database, encoding="gb18030"):
        done = subprocess.run([self.programs / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "owner", "-q", "-v", "ON_ERROR_STOP=1", database],
                              input=text.encode(encoding), capture_output=True, env=self.environment)
        return done.stdout if done.returncode == 0 else None

    def make(self, name, tables):
        self.sql("CREATE ROLE reader LOGIN;", "postgres")
        assert self.sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'SQL_ASCII';", "postgres") is not None
        text = "\n".join(script(tables, '"', ("TIMESTAMP", "NUMERIC(20,6)", "VARCHAR(400)")))
        assert self.sql(text + "\nGRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;", name) is not None
        return (f"Driver={{PostgreSQL ANSI}};Servername=127.0.0.1;Port={self.port};Database={name};Username=reader;"
                "MaxVarcharSize=1000;UnknownSizes=2", {"charset": "GB18030"})

    def statements(self):
        return (self.directory / "log").read_bytes().decode("gb18030", errors="replace")
