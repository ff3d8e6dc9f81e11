"""Backup, restore and upgrade: the loaded demo destroyed, brought back, and broken on the way."""

import json
import os
import shutil
import signal
import subprocess
import threading
import zipfile
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from handrail.foundation.backup.archive import Unusable, verified
from handrail.foundation.backup.catalog import LEFT_OUT
from tests.faults.installation import Installation
from tests.faults.test_demo import READY

JOBS = ("procrastinate_jobs", "procrastinate_events", "procrastinate_workers")


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A loaded installation and its backup, made once; tests work on copies."""
    made = Installation(tmp_path_factory.mktemp("original") / "data")
    made.fill()
    kept = made.data.parent / "kept.handrail"
    done = made.handrail("backup", kept)
    made.stop()
    assert done.returncode == 0, done.stderr
    return made, kept


@pytest.fixture
def kept(original) -> Path:
    """The backup of the loaded installation."""
    return original[1]


@pytest.fixture
def place(original, tmp_path):
    """A copy of the loaded installation."""
    shutil.copytree(original[0].data, tmp_path / "data", symlinks=True)
    made = Installation(tmp_path / "data")
    yield made
    made.stop()


@pytest.fixture
def empty(tmp_path):
    """A machine where nothing was ever installed."""
    made = Installation(tmp_path / "elsewhere")
    yield made
    made.stop()


# ---- destroyed and brought back ----------------------------------------------------------------


def test_a_destroyed_installation_comes_back_with_every_row(place, tmp_path):
    before, shape, counters = place.rows(), place.shape(), dict(place.counters())
    assert place.handrail("backup", tmp_path / "kept.handrail").returncode == 0
    place.destroy()
    done = place.handrail("restore", tmp_path / "kept.handrail")
    assert done.returncode == 0, done.stderr
    after = place.rows()
    audit, told = before.pop("audit_auditentry"), after.pop("audit_auditentry")
    assert all(before[name] for name in ("organizations_staffsession", "later_note", *JOBS))
    for name in LEFT_OUT:
        assert after.pop(name) == []
        before.pop(name)
    assert after == before
    assert place.shape() == shape
    assert set(audit) < set(told)
    assert len(told) - len(audit) == len(before["organizations_organization"])
    assert dict(place.counters()) | {"audit_auditentry_id_seq": 0} == counters | {
        "audit_auditentry_id_seq": 0
    }
    assert (place.data / "secret_key").read_text() == "the key of second factors"
    assert (place.data / "secret_key").stat().st_mode & 0o777 == 0o600


def test_the_audit_trail_of_each_organization_says_so_and_refuses_change_as_before(empty, kept):
    empty.handrail("restore", kept)
    empty.cluster.start()
    with empty.app() as app:
        organizations = app.execute("select id from organizations_organization").fetchall()
        for (key,) in organizations:
            app.execute("select set_config('app.organization', %s, false)", [str(key)])
            told = app.execute(
                "select actor_name, detail ->> 'kept_at' from audit_auditentry"
                " where action = 'installation.restore'"
            ).fetchall()
            assert [who for who, _ in told] == ["System: installation"]
            assert told[0][1] == manifest(kept)["made_at"]
        with pytest.raises(InsufficientPrivilege):
            app.execute("delete from audit_auditentry")
    with empty.owner() as owner, pytest.raises(psycopg.errors.UndefinedObject):
        owner.execute("select * from later_note")  # no organization was set
    with (
        empty.superuser() as superuser,
        pytest.raises(InsufficientPrivilege, match="only be added to"),
    ):
        superuser.execute("delete from audit_auditentry")


def test_restored_twice_it_is_the_same(place, kept):
    once = place.handrail("restore", "--replace", kept)
    first, shape = place.rows(), place.shape()
    twice = place.handrail("restore", "--replace", kept)
    assert (once.returncode, twice.returncode) == (0, 0)
    second = place.rows()
    assert len(first.pop("audit_auditentry")) == len(second.pop("audit_auditentry"))
    assert (first, shape) == (second, place.shape())


def test_the_demo_itself_backed_up_while_it_serves_destroyed_restored_and_served(
    demo, tmp_path, monkeypatch
):
    one = demo("--date", "2026-11-24")
    one.wait_for(READY)
    plain = {"DJANGO_SETTINGS_MODULE": "handrail.config.settings"}
    place = Installation(one.data, environment=plain)
    before = place.rows()
    done = place.handrail("backup", tmp_path / "kept.handrail")
    assert done.returncode == 0, done.stderr
    running = place.handrail("restore", "--replace", tmp_path / "kept.handrail")
    assert running.returncode == 2
    assert "The site is running" in running.stderr
    assert one.get("/healthz") == (200, "ok\n")
    assert one.ctrl_c() == 0
    assert not place.cluster.running()
    shutil.rmtree(one.data)
    assert place.handrail("restore", tmp_path / "kept.handrail").returncode == 0
    assert not place.cluster.running()
    again = demo()
    # Its clock goes on from the evening of the backup.
    assert "It is Tuesday, November 24, 2026, 17:5" in again.wait_for(READY)
    assert again.get("/sign-in")[0] == 200
    after = place.rows()
    # Its worker goes on working between one look and the next.
    for name in ("audit_auditentry", *JOBS, "procrastinate_periodic_defers", *LEFT_OUT):
        before.pop(name)
        after.pop(name)
    assert after == before


# ---- while people work -------------------------------------------------------------------------


def test_a_backup_while_people_write_holds_whole_transactions(place, empty, tmp_path):
    place.cluster.start()
    enough, written = threading.Event(), [0]

    def write() -> None:
        with place.app() as app:
            while not enough.is_set():
                with app.transaction():
                    written[0] += 1
                    app.execute("insert into later_right values (%s)", [written[0]])
                    app.execute("insert into later_left values (%s)", [written[0]])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while written[0] < 10:
            assert writer.is_alive()
        begun = written[0]
        done = place.handrail("backup", tmp_path / "kept.handrail")
        ended = written[0]
    finally:
        enough.set()
        writer.join()
    assert done.returncode == 0, done.stderr
    assert ended > begun
    assert empty.handrail("restore", tmp_path / "kept.handrail").returncode == 0
    rows = empty.rows()
    assert rows["later_left"] == rows["later_right"]
    assert begun <= len(rows["later_left"]) <= ended + 1


# ---- files that cannot be trusted --------------------------------------------------------------


def cut_short(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path):
    path.write_bytes(b"")


def a_letter(path):
    path.write_text("Dear Sir or Madam")


def without_a_table(path):
    rewrite(path, lambda name, content: None if name == "tables/later_note.copy" else content)


def a_changed_row(path):
    rewrite(path, lambda name, content: content.replace(b"Alder", b"Elder"))


def another_format(path):
    rewrite(path, lambda name, content: content.replace(b'"format": 1', b'"format": 99'))


def no_manifest(path):
    rewrite(path, lambda name, content: None if name == "manifest.json" else content)


def a_list_for_a_manifest(path):
    rewrite(path, lambda name, content: b"[]" if name == "manifest.json" else content)


@pytest.mark.parametrize(
    "damage",
    [
        cut_short,
        emptied,
        a_letter,
        without_a_table,
        a_changed_row,
        another_format,
        no_manifest,
        a_list_for_a_manifest,
        Path.unlink,
    ],
)
def test_a_file_that_is_not_whole_is_not_trusted(kept, tmp_path, damage):
    broken = tmp_path / "broken.handrail"
    shutil.copy(kept, broken)
    assert verified(broken).manifest.rows > 0
    damage(broken)
    with pytest.raises(Unusable, match=str(broken)):
        verified(broken)


def test_no_wrong_bit_changes_what_would_be_restored(kept, tmp_path):
    broken, whole = tmp_path / "broken.handrail", kept.read_bytes()
    manifest_of_whole, refused = verified(kept).manifest, 0
    places = range(0, len(whole), max(1, len(whole) // 400))
    for place in places:
        content = bytearray(whole)
        content[place] ^= 1
        broken.write_bytes(content)
        try:
            # Whole it may still be: a zip holds times and other things that nobody reads.
            assert verified(broken).manifest == manifest_of_whole
        except Unusable:
            refused += 1
    assert refused > len(places) / 2


@pytest.mark.parametrize("damage", [cut_short, a_changed_row])
def test_a_restore_from_a_broken_file_touches_nothing(place, kept, tmp_path, damage):
    broken = tmp_path / "broken.handrail"
    shutil.copy(kept, broken)
    damage(broken)
    before = place.rows()
    done = place.handrail("restore", "--replace", broken)
    assert done.returncode == 2
    assert "is not a whole backup" in done.stderr
    assert place.rows() == before


def test_a_table_that_its_migrations_do_not_make_is_refused(place, empty, tmp_path):
    place.cluster.start()
    with place.owner() as owner:
        owner.execute("create table made_by_hand (words text)")
    place.handrail("backup", tmp_path / "kept.handrail")
    done = empty.handrail("restore", tmp_path / "kept.handrail")
    assert done.returncode == 2
    assert "something besides Handrail changed the tables" in done.stderr
    assert empty.rows() == {}


# ---- what is there already ---------------------------------------------------------------------


def test_organizations_that_are_there_are_not_given_up_unasked(place, kept):
    before = place.rows()
    done = place.handrail("restore", kept)
    assert done.returncode == 2
    assert "--replace" in done.stderr
    assert place.rows() == before


def test_a_site_that_runs_is_not_restored_under(place, kept):
    before = place.rows()
    with place.app():
        done = place.handrail("restore", "--replace", kept)
    assert done.returncode == 2
    assert "The site is running" in done.stderr
    assert place.rows() == before


def test_a_backup_is_for_its_owner_alone_and_never_replaces_a_file_unasked(place, tmp_path):
    file = tmp_path / "kept.handrail"
    file.write_text("mine")
    refused = place.handrail("backup", file)
    assert refused.returncode == 2
    assert "is there already and was left alone" in refused.stderr
    assert file.read_text() == "mine"
    assert place.handrail("backup", "--overwrite", file).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert manifest(file)["tables"]
    assert [path.name for path in tmp_path.glob("kept*")] == ["kept.handrail"]


def test_a_backup_without_the_key_says_what_else_to_keep(place, empty, tmp_path):
    done = place.handrail("backup", "--without-key", tmp_path / "kept.handrail")
    assert "Keep HANDRAIL_SECRET_KEY" in done.stdout
    assert manifest(tmp_path / "kept.handrail")["files"] == {}
    assert b"the key of second factors" not in (tmp_path / "kept.handrail").read_bytes()
    again = empty.handrail("restore", tmp_path / "kept.handrail")
    assert again.returncode == 0
    assert "The secret key here is not the one of the backup" in again.stdout


def test_where_nothing_is_there_is_nothing_to_back_up(empty, tmp_path):
    done = empty.handrail("backup", tmp_path / "kept.handrail")
    assert done.returncode == 2
    assert "There is no database in" in done.stderr
    assert not (tmp_path / "kept.handrail").exists()


@pytest.mark.parametrize("at", ["nowhere/kept.handrail", "data"])
def test_a_place_that_cannot_be_written_is_said_plainly(place, tmp_path, at):
    done = place.handrail("backup", tmp_path / at)
    assert done.returncode == 2
    assert str(tmp_path / at) in done.stderr


def test_a_full_disk_leaves_no_half_backup(place, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    small = ["mount", "-t", "tmpfs", "-o", "size=4k", "handrail-test", disk]
    if subprocess.run(small, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        done = place.handrail("backup", disk / "kept.handrail")
        assert done.returncode == 2
        assert "No space left" in done.stderr
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", disk], check=True)


# ---- broken on the way -------------------------------------------------------------------------

# Everything is dropped and half the tables are filled when this happens.
HALF_WAY = """
import os, signal
from handrail.foundation.backup import archive
read = archive.Archive.table
def table(self, name):
    if name == "organizations_membership":
        {happens}
    return read(self, name)
archive.Archive.table = table
"""


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("os.kill(os.getpid(), signal.SIGINT)", 130),
        ("os.kill(os.getpid(), signal.SIGTERM)", 130),
        ("os.kill(__import__('django.conf').conf.settings.EMBEDDED.pid(), signal.SIGKILL)", 1),
    ],
    ids=["killed", "Ctrl-C", "asked to stop", "the database killed"],
)
def test_a_restore_that_ends_half_way_leaves_the_old_state(place, kept, happens, code):
    place.cluster.start()
    with place.owner() as owner:
        owner.execute("insert into later_left values (77)")
    before, shape = place.rows(), place.shape()
    key = place.data / "secret_key"
    key.write_text("a newer key")
    done = place.handrail("restore", "--replace", kept, before=HALF_WAY.format(happens=happens))
    assert done.returncode == code, done.stderr
    assert (place.rows(), place.shape()) == (before, shape)
    assert key.read_text() == "a newer key"
    assert place.handrail("restore", "--replace", kept).returncode == 0
    assert "(77)" not in place.rows()["later_left"]
    assert key.read_text() == "the key of second factors"


def test_a_backup_that_was_killed_leaves_no_file_of_that_name(place, tmp_path):
    file = tmp_path / "kept.handrail"
    killed = """
import os, signal
from handrail.foundation.backup import archive
archive.Writer.manifest = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
"""
    assert place.handrail("backup", file, before=killed).returncode == -signal.SIGKILL
    assert not file.exists()
    assert place.handrail("backup", file).returncode == 0
    assert [path.name for path in tmp_path.glob("kept*")] == ["kept.handrail"]


# ---- versions ----------------------------------------------------------------------------------


def test_an_upgrade_keeps_every_row_and_a_backup_of_before(place, tmp_path):
    before = place.rows()
    place.later = "second"
    file = tmp_path / "before.handrail"
    done = place.handrail("upgrade", "--backup", file)
    assert done.returncode == 0, done.stderr
    assert f"restore --replace '{file}'" in done.stdout
    after = place.rows()
    same = [name for name in before if name not in CHANGED]
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert [row.removesuffix(",f)") + ")" for row in after["later_note"]] == before["later_note"]
    assert sum("installation.upgrade" in row for row in after["audit_auditentry"]) == 2
    assert manifest(file)["tables"]["later_left"]["content"]["rows"] == 1
    # And back again, as it says.
    place.later = "first"
    assert place.handrail("restore", "--replace", file).returncode == 0
    assert place.rows()["later_note"] == before["later_note"]


CHANGED = {
    "later_note",
    "later_left",
    "later_right",
    "audit_auditentry",
    "django_migrations",
    *LEFT_OUT,
}


def test_a_second_upgrade_does_nothing(place):
    place.later = "second"
    assert place.handrail("upgrade").returncode == 0
    before = place.rows()
    again = place.handrail("upgrade")
    assert (again.returncode, again.stderr) == (0, "")
    assert "Nothing to do" in again.stdout
    assert place.rows() == before
    assert len(list((place.data / "backups").iterdir())) == 1


def test_an_upgrade_that_breaks_leaves_the_old_state_and_names_the_backup(place, empty):
    before, shape = place.rows(), place.shape()
    place.later = "broken"
    done = place.handrail("upgrade")
    assert done.returncode == 1
    (file,) = (place.data / "backups").iterdir()
    assert str(file) in done.stderr
    assert "later.two broke: CheckViolation (later_left, small)" in done.stderr
    assert (place.rows(), place.shape()) == (before, shape)
    assert empty.handrail("restore", file).returncode == 0
    assert empty.rows()["later_note"] == before["later_note"]


def test_an_upgrade_makes_the_tables_where_there_are_none(empty):
    done = empty.handrail("upgrade")
    assert done.returncode == 0, done.stderr
    assert "organizations_user" in empty.rows()
    assert not (empty.data / "backups").exists()


def test_an_older_backup_is_brought_up_to_date(empty, kept, original):
    before = original[0].rows()
    original[0].stop()
    empty.later = "second"
    done = empty.handrail("restore", kept)
    assert done.returncode == 0, done.stderr
    after = empty.rows()
    assert [row.removesuffix(",f)") + ")" for row in after["later_note"]] == before["later_note"]
    assert after["later_left"] == ["(-1)", "(0)"]
    assert "Nothing to do" in empty.handrail("upgrade").stdout


def test_what_a_newer_version_wrote_is_refused(place, tmp_path):
    place.later = "second"
    place.handrail("upgrade")
    assert place.handrail("backup", tmp_path / "newer.handrail").returncode == 0
    before = place.rows()
    place.later = "first"
    for words in (("restore", "--replace", tmp_path / "newer.handrail"), ("upgrade",)):
        done = place.handrail(*words)
        assert done.returncode == 2
        assert "later.two" in done.stderr
        assert "Nothing was touched" in done.stderr
    assert place.rows() == before


def test_data_of_0_1_0_is_refused_by_name(empty):
    empty.handrail("upgrade")
    empty.cluster.start()
    with empty.owner() as owner:
        owner.execute(
            "insert into django_migrations (app, name, applied)"
            " values ('programs', '0001_initial', now())"
        )
    before = empty.rows()
    done = empty.handrail("upgrade")
    assert done.returncode == 2
    assert "Handrail 0.1.0" in done.stderr
    assert "Nothing was touched" in done.stderr
    assert empty.rows() == before


# ---- helpers of this file ----------------------------------------------------------------------


def manifest(path):
    """What a backup says of itself."""
    with zipfile.ZipFile(path) as zipped:
        return json.loads(zipped.read("manifest.json"))


def rewrite(path, change):
    """Write a zip anew, with good checksums of its own; None leaves a member out."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            changed = change(name, content)
            if changed is not None:
                new.writestr(name, changed)
