"""`:edit`: the text in an editor of the user's own."""

import os
import stat
import tempfile

from registry import case, on_each_screen, prompt


def with_editor(program, script, folder, **screen):
    path = os.path.join(folder, "editor")
    with open(path, "w") as file:
        file.write("#!/bin/sh\n" + script)
    os.chmod(path, stat.S_IRWXU)
    return prompt(program, EDITOR=f"{path} --wait", TMPDIR=folder, **screen)


@on_each_screen
def edited(program, **screen):
    with tempfile.TemporaryDirectory() as folder:
        script = f"""
            stat -c %a "$2" "$(dirname "$2")" > {folder}/modes
            stty -a | grep -q -w -e -icanon && echo raw >> {folder}/modes
            touch "$2~"
            echo 'third row' >> "$2"
        """
        session = with_editor(program, script, folder, **screen)
        session.type("first\x1b\rsecond\x1b\r:edit\r")
        session.wait_for(lambda lines: lines[-3:] == ["demo> first", "second", "third row"])
        with open(os.path.join(folder, "modes")) as file:
            assert file.read() == "600\n700\n"
        assert sorted(os.listdir(folder)) == ["editor", "modes"]
        session.type("!\r")
        session.wait_for(lambda lines: lines[-2:] == ["read 23 <first^Jsecond^Jthird row!>", "demo>"])
        return session


@on_each_screen
def a_paste_is_edited(program, **screen):
    with tempfile.TemporaryDirectory() as folder:
        session = with_editor(program, """sed -i 's/two/TWO/' "$2"\n""", folder, **screen)
        session.type("\x1b[200~each {\none\n}\ntwo\x1b[201~:edit")
        session.wait_for(["2 statements, Enter runs, :edit edits", "demo> each {", "one", "}", "two:edit"])
        session.type("\r")
        session.wait_for(lambda lines: lines[-4:] == ["demo> each {", "one", "}", "TWO"])
        session.type("\x15each {\r:edit\r")
        session.wait_for(lambda lines: lines[-1] == "demo> each {")
        return session


@case
def edited_in_vain(program):
    with tempfile.TemporaryDirectory() as folder:
        session = with_editor(program, "exit 3\n", folder, columns=160)
        session.type("first\x1b\r:edit\r")
        session.wait_for(lambda lines: lines[-1] == "demo> first" and lines[-2].startswith("failed: the editor "))
        assert session.lines()[-2].endswith("failed, so the text stays as it was")
        assert os.listdir(folder) == ["editor"]
        return session
