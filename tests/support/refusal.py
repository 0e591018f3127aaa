"""What every refusal owes: its exit code, its place, no personal value, and nothing changed."""
import contextlib
import sqlite3

from planted import PERSONAL, clean


def ledger_rows(file):
    """Every row of every table, wherever it lies: in the file or in its log."""
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        tables = [t for (t,) in db.execute("SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")]
        return {t: db.execute(f"SELECT * FROM {t}").fetchall() for t in tables}


def state_of(home):
    """Files with bytes and modes, the ledger by its rows. cache/ is disposable, -wal and -shm are SQLite's."""
    state = {}
    for file in sorted(home.rglob("*")):
        name = str(file.relative_to(home))
        if name.split("/")[0] == "cache" or name.endswith(("-wal", "-shm")):
            continue
        state[name] = (oct(file.stat().st_mode), file.read_bytes() if file.is_file() else None)
    ledger = home / "ledger.db"
    if ledger.is_file():
        try:
            state["ledger.db"] = (state["ledger.db"][0], ledger_rows(ledger))
        except sqlite3.DatabaseError:
            pass  # no database: its bytes are compared
    return state


def personal_values(stays):
    return [v for s in stays for v in s.personal_values()]


def no_personal(run, values):
    for value in values:
        assert value not in run.out, ("standard output tells a personal value", value)
        assert value not in run.err, ("standard error tells a personal value", value)


def refuse(bench, home, code, *args, says=(), people=(), secrets=(), stdin=None):
    """Runs in both languages: the same code, the same place, nothing told, nothing changed."""
    before, runs = state_of(home), {}
    for lang in ("zh", "en"):
        run = runs[lang] = bench.run(*args, "--lang", lang, "-C", home, expect=code, stdin=stdin)
        assert "settle: " in run.err, run.err
        for text in says:
            assert text in run.err, (text, run.err)
        no_personal(run, personal_values(people) + list(secrets))
    assert runs["zh"].err != runs["en"].err
    assert any("一" <= c <= "鿿" for c in runs["zh"].err)
    after = state_of(home)
    assert before.keys() == after.keys(), before.keys() ^ after.keys()
    changed = [name for name in before if before[name] != after[name]]
    assert not changed, changed
    return runs


def spoiled(field, value, kind="stays"):
    """A clean stay with one bad value; a personal one must not be told."""
    stay = clean()
    stay.rows[kind][-1][field] = value
    return stay, [value] if field in PERSONAL and value else []
