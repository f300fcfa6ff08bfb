"""Asks a language server, which knows nothing of specs but their JSON Schema, what may be typed at a place.

It is Red Hat's yaml-language-server where that is on the PATH. Where it is not, it is tombi (PyPI), a server
for TOML, which is given the same documents as TOML: completion comes from the schema in both.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
SCHEMA = (ROOT / "Documentation/spec.schema.json").as_uri()
# What is typed as YAML and as TOML, where | is the cursor, with some of what must be offered there.
CASES = [
    ("so|", "so|", ["solver"]),
    ("che|", "che|", ["checkpoints"]),
    ("solver:\n  t|", "[solver]\nt|", ["type"]),
    ("solver:\n  type: |", 'solver = {type = "|"}', ["SGD", "ADAM", "LION"]),
    ("template: |", 'template = "|"', ["unet", "pspnet_vgg16", "deeplabv3plus"]),
    ("data:\n  |", "[data]\n|", ["train", "classes", "patches", "normalize"]),
    ("training:\n  ep|", "[training]\nep|", ["epochs"]),
    ("training:\n  early_stopping:\n    |", "[training.early_stopping]\n|", ["patience", "monitor"]),
    ("limits:\n  |", "[limits]\n|", ["memory", "threads", "on_failure"]),
]


class Server:
    def __init__(self, command, language):
        self.language = language
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.requests = 0

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while header := self.process.stdout.readline().strip():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            sys.exit("the language server has ended")
        return json.loads(self.process.stdout.read(length))

    def answer(self, message):
        """Answers what the server asks for itself: its settings above all."""
        settings = {"yaml": {"schemas": {SCHEMA: "*.yaml"}, "completion": True}}
        result = None
        if message["method"] == "workspace/configuration":
            result = [settings.get(item.get("section")) for item in message["params"]["items"]]
        self.send(id=message["id"], result=result)

    def request(self, method, params):
        self.requests += 1
        number = self.requests
        self.send(id=number, method=method, params=params)
        while True:
            message = self.receive()
            if "method" in message and "id" in message:
                self.answer(message)
            elif message.get("id") == number:
                return message.get("result")

    def close(self):
        self.process.kill()
        self.process.wait()


def completions(server, folder, number, text):
    place = text.index("|")
    before = text[:place]
    path = folder / f"{number}.{server.language}"
    path.write_text(text.replace("|", ""))
    document = {"uri": path.as_uri()}
    server.send(method="textDocument/didOpen", params={"textDocument": {
        **document, "languageId": server.language, "version": 1, "text": path.read_text()}})
    position = {"line": before.count("\n"), "character": place - before.rfind("\n") - 1}
    for _ in range(20):
        found = server.request(
            "textDocument/completion", {"textDocument": document, "position": position})
        items = found["items"] if isinstance(found, dict) else found
        if items:
            return [item["label"].strip('"') for item in items]
    return []


def main():
    yaml = shutil.which("yaml-language-server")
    tombi = shutil.which("tombi", path=pathlib.Path(sys.executable).parent) or shutil.which("tombi")
    if not yaml and not tombi:
        sys.exit("neither yaml-language-server nor tombi is here: 'pip install tombi'")
    server = Server([yaml, "--stdio"], "yaml") if yaml else Server([tombi, "lsp"], "toml")
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        server.request("initialize", {
            "processId": None, "rootUri": folder.as_uri(),
            "capabilities": {"workspace": {"configuration": True}}})
        server.send(method="initialized", params={})
        for number, (as_yaml, as_toml, expected) in enumerate(CASES):
            head = "" if yaml else f"#:schema {SCHEMA}\n"
            labels = completions(server, folder, number, head + (as_yaml if yaml else as_toml))
            missing = [label for label in expected if label not in labels]
            if missing:
                wrong.append(f"{as_yaml!r}: {missing} not among {labels}")
        server.close()
    name = "yaml-language-server" if yaml else "tombi"
    print(f"{name}: {len(CASES) - len(wrong)} of {len(CASES)} places completed")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
