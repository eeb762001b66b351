#!/usr/bin/python3
"""What a file browser is to the window: a small square from which files are dragged.

Shows itself above everything at X, Y, writes "ready" once it is on the screen, and ends with
"dropped" once a drop was taken, or "refused" where nobody took it.

    drag_source.py X Y FILE...
"""

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

SIDE = 40


def say(word):
    print(word, flush=True)


def main(x, y, files):
    # a popup: no window manager is needed to put it in its place, and it stays above
    square = Gtk.Window(type=Gtk.WindowType.POPUP)
    square.set_default_size(SIDE, SIDE)
    square.move(x, y)
    square.add(Gtk.EventBox())
    square.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    square.drag_source_add_uri_targets()
    uris = [Path(file).resolve().as_uri() for file in files]
    failed = []

    def refused(*_):
        failed.append(True)
        return True

    def ended(*_):
        say("refused" if failed else "dropped")
        Gtk.main_quit()

    square.connect("drag-data-get", lambda _w, _c, data, _i, _t: data.set_uris(uris))
    square.connect("drag-failed", refused)
    square.connect("drag-end", ended)
    square.connect("map-event", lambda *_: say("ready"))
    square.show_all()
    Gtk.main()


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
