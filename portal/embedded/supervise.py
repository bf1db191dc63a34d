"""The run: servers up in order, web and worker on top, everything looked after, everything down in order."""

import json
import os
import signal
import sys
import time

from portal.embedded import cluster, commands, given, home, listener, programs
from portal.embedded.children import Child, Register
from portal.embedded.home import BASE
from portal.embedded.problems import CannotStart, StopAsked
from portal.embedded.terminal import Terminal, say

NOTED = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORTAL_HOME", "PORTAL_DEMO", "BASE_URL", "ALLOWED_HOSTS")
STOP_ORDER = (("web", "worker"), ("valkey",), ("postgres",))
LOOK_EVERY = 0.2
WEB_PATIENCE = 120
LEFTOVER_PATIENCE = 5  # a web server whose supervisor was killed needs a moment to let go of the port


class Run:
    """One run of the portal in one folder; ``run()`` returns the exit code."""

    def __init__(self, options):
        self.options = options
        self.children = {}
        self.stop_asked = False
        self.interrupts = 0
        self.environment = {}
        self.terminal = Terminal()

    def run(self):
        self._listen_to_signals()
        code = 0
        try:
            self._start()
            self._look_after()
        except StopAsked:
            pass
        except CannotStart as problem:
            say(problem, sys.stderr)
            code = 1
        finally:
            self._stop()
        return code

    def _listen_to_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup: it was wished to outlive the terminal
            signal.signal(signal.SIGHUP, self._on_signal)
            self.terminal.watch()

    def _on_signal(self, number, frame):
        self.stop_asked = True
        self.interrupts += number == signal.SIGINT
        if self.interrupts > 1:  # the second Ctrl-C does not wait any more
            for child in self.children.values():
                child.kill()

    def _still_fine(self):
        """Raise when somebody wants to stop, or a child ended that should run."""
        if self.stop_asked:
            raise StopAsked
        for child in self.children.values():
            child.demand_alive()

    # -- start ---------------------------------------------------------------------------------
    def _start(self):
        options = self.options
        self.url = listener.url(options.address, options.port)
        self.home = home.open_home(options.home)
        self.lock = home.take_lock(self.home.root, f"{self.url}, process {os.getpid()}")
        self.register = Register(self.home.root / "children.json")
        was_killed = self.register.end_leftovers()
        self.listener = listener.listen(
            options.address, options.port, patience=LEFTOVER_PATIENCE * was_killed
        )
        self._describe()
        self._check_what_is_given()
        self._start_postgres()
        self._start_valkey()
        prepared = self._prepare()
        self._start_web_and_worker()
        self._wait_for_web()
        say(f"\nThe portal is ready: {self.url}/   (Ctrl-C stops it; logs in {self.home.logs})")
        if prepared["accounts"].strip():
            say(prepared["accounts"].rstrip())
            if not listener.is_private(self.options.address):
                say("Whoever reaches this machine can sign in with them; PORTAL_DEMO=0 starts without.")

    def _describe(self):
        """The environment of every Django process of this run."""
        asked = os.environ
        self.environment = {
            **asked,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_HOME": str(self.home.root),
            "SECRET_KEY": asked.get("SECRET_KEY") or home.secret_key(self.home.root),
            "BASE_URL": asked.get("BASE_URL") or self.url,
            "ALLOWED_HOSTS": asked.get("ALLOWED_HOSTS") or listener.names(self.options.address),
            "PYTHONUNBUFFERED": "1",
        }

    def _check_what_is_given(self):
        if url := os.environ.get("REDIS_URL"):
            given.check_redis(url)
        if url := os.environ.get("DATABASE_URL"):
            say(f"PostgreSQL {given.check_database(url)}, as DATABASE_URL says.")

    def _start_postgres(self):
        if os.environ.get("DATABASE_URL"):
            return
        place = self.home
        found = programs.within_reach(place.account, programs.postgres_programs(), place.programs)
        cluster.make(found, place.postgres_data, place.account)
        server = self._child(
            "postgres",
            cluster.command(found, place.postgres_data, place.sockets),
            env=cluster.ENVIRONMENT,
            account=place.account,
            stop_signal=signal.SIGINT,  # ends sessions and writes everything down
            grace=60,
        )
        server.before_start = lambda: cluster.settle(place.postgres_data)
        self._launch(server)
        cluster.wait_until_ready(place.sockets, self._still_fine)
        version = cluster.ensure_database(place.sockets, "portal")
        self.environment["DATABASE_URL"] = cluster.address(place.sockets, "portal")
        say(f"PostgreSQL {version}, embedded.")

    def _start_valkey(self):
        if os.environ.get("REDIS_URL"):
            return
        place = self.home
        found = programs.within_reach(place.account, programs.valkey_program(), place.programs)
        socket = place.sockets / "valkey.sock"
        argv = commands.valkey(found, socket, place.valkey_data)
        self._launch(self._child("valkey", argv, env=cluster.ENVIRONMENT, account=place.account))
        self.environment["REDIS_URL"] = f"redis+socket://{socket}"

    def _prepare(self):
        """Migrate, load, translate, collect; what prepare.main wrote."""
        result = self.home.root / "prepared.json"
        result.unlink(missing_ok=True)
        environment = {**self.environment, "DB_STATEMENT_TIMEOUT": "0"}
        step = Child("preparation", commands.prepare(result), env=environment, log=None, cwd=BASE)
        step.start()
        try:
            while not step.has_ended:
                self._still_fine()
                time.sleep(0.02)
        finally:
            step.stop()
        if not result.exists():
            raise CannotStart("The database could not be prepared; the reason is above.")
        prepared = json.loads(result.read_text())
        self.environment["PORTAL_DEMO"] = "1" if prepared["demonstration"] else "0"
        ours = {name: self.environment[name] for name in NOTED}
        home.write_private(home.environment_file(self.home.root), json.dumps(ours, indent=1))
        return prepared

    def _start_web_and_worker(self):
        descriptor, workers = self.listener.fileno(), self.options.workers
        web = self._child("web", commands.web(descriptor, workers), env=self.environment, cwd=BASE)
        web.keep = (descriptor,)
        self._launch(web)
        argv = commands.worker(self.home.root / "beat-schedule", workers)
        # About one stop in sixty, Celery's pool hangs for half a minute: it gets 12 seconds.
        self._launch(self._child("worker", argv, env=self.environment, cwd=BASE, grace=12))

    def _wait_for_web(self):
        end = time.monotonic() + WEB_PATIENCE
        while time.monotonic() < end:
            self._still_fine()
            if status := listener.status(self.url, "/livez"):
                break
            time.sleep(0.02)
        else:
            raise CannotStart(f"The web server gives no answer for {WEB_PATIENCE} seconds.")
        if status >= 500:
            web = self.children["web"]
            raise CannotStart(f"/livez answers {status}. The end of {web.log}:\n{web.last_words()}")

    def _child(self, name, argv, **how):
        return Child(name, argv, log=self.home.logs / f"{name}.log", **how)

    def _launch(self, child):
        self.children[child.name] = child
        child.start()
        self.register.write(self.children.values())

    # -- go on ---------------------------------------------------------------------------------
    def _look_after(self):
        while not (self.stop_asked or self.terminal.is_closed()):
            for child in self.children.values():
                if sentence := child.revive():
                    say(sentence)
                    self.register.write(self.children.values())
            time.sleep(LOOK_EVERY)

    # -- stop ----------------------------------------------------------------------------------
    def _stop(self):
        if not self.children:
            return
        say("Stopping ...")
        for names in STOP_ORDER:
            together = [self.children[name] for name in names if name in self.children]
            for child in together:
                child.ask_to_stop()
            for child in together:
                if not child.stop():
                    say(f"{child.name} did not stop within {child.grace} seconds and was ended.")
        self.register.path.unlink(missing_ok=True)
        say("Stopped.")
