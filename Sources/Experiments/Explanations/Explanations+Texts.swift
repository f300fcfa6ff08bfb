extension DiagnosticExplanation {
  /// What a file is, before any of its keys is looked at.
  static let texts = [
    DiagnosticExplanation(
      .unreadableFile, "file that cannot be read",
      why: """
        A spec is a regular file of UTF-8 text. There is no file of that name, it is a folder, its \
        permissions keep it from being read, or its bytes are no UTF-8.
        """,
      remedy: "Write the path of a YAML file; save it as UTF-8.",
      wrong: "base: [images]",
      right: Example("base: [common.yaml]", files: ["common.yaml": "seed: 7"])),
    DiagnosticExplanation(
      .brokenYAML, "text that is no YAML",
      why: """
        The text cannot be read as YAML: a bracket or a quote is not closed, a line is indented in a way \
        that belongs to nothing, a key is no word, or there is nothing in the file.
        """,
      remedy: "Look at the place, and at the line before it: what is open there must be closed.",
      wrong: "solver: {type: SGD, base_lr: 0.01",
      right: "solver: {type: SGD, base_lr: 0.01}"),
    DiagnosticExplanation(
      .misleadingCharacter, "character that is not what it looks like",
      why: """
        YAML is indented with spaces and knows two kinds of quotes. Tabs, no-break spaces and typographic \
        quotes look alike and mean something else; control characters show as nothing at all.
        """,
      remedy: "Type the character anew; pasted text often brings such characters with it.",
      wrong: "training:\n\tepochs: 3",
      right: "training:\n  epochs: 3"),
    DiagnosticExplanation(
      .unsupportedYAML, "part of YAML that specs do not have",
      why: """
        Anchors, aliases, merge keys, tags, directives and further documents make a text mean more than \
        it shows. A spec is to be read as it stands.
        """,
      remedy: "Write the value out where it is used; share lines between specs with base.",
      wrong: "seed: &number 7",
      right: "seed: 7"),
    DiagnosticExplanation(
      .excess, "more than any spec needs",
      why: """
        Sizes, depths and counts have limits far above what specs need, so that no text can take all memory \
        or all time.
        """,
      remedy:
        "Move what is long into a file that the spec names: a list, or the points of a sweep.",
      wrong: Example(
        "about: nested",
        overrides: [
          "about=" + String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        ]),
      right: "about: nested"),
    DiagnosticExplanation(
      .repeatedKey, "key that is written twice",
      why: "Which of the two values holds could only be guessed.",
      remedy: "Leave one of them out.",
      wrong: "solver: {type: SGD, base_lr: 0.01, base_lr: 0.1}",
      right: "solver: {type: SGD, base_lr: 0.01}"),
  ]
}
