extension DiagnosticExplanation {
  /// What a single value is.
  static let values = [
    DiagnosticExplanation(
      .wrongType, "value of another type",
      why:
        "A number, text, true or false, a list or a mapping stands where another of them is meant.",
      remedy: """
        Write what the message asks for. Numbers have no quotes; a list is written as [a, b]; no, yes and \
        on are text in YAML 1.2.
        """,
      wrong: "seed: '7'",
      right: "seed: 7"),
    DiagnosticExplanation(
      .outOfRange, "number out of its range",
      why: "The number is one that the setting cannot have.",
      remedy: "Write a number in the range that the message and the reference name.",
      wrong: "template: {name: unet, depth: 0}",
      right: "template: {name: unet, depth: 3}"),
    DiagnosticExplanation(
      .unknownName, "name that there is not",
      why:
        "Losses, templates, solvers, classes of values and the like are chosen by names, in these letters.",
      remedy: "Write one of the names; 'experiments components' lists them.",
      wrong: "losses: dise",
      right: "losses: dice"),
    DiagnosticExplanation(
      .wrongNotation, "value that is written in another way",
      why: "Times, amounts of memory, sizes and words have one way in which they are written.",
      remedy: "Write it as the message shows it.",
      wrong: "evaluation: {every: 2 steps}",
      right: "evaluation: {every: 2 iterations}"),
    DiagnosticExplanation(
      .emptyCollection, "list or mapping with nothing in it",
      why: "It must have an element, or else nothing is done where something is meant.",
      remedy: "Write an element, or leave the key out.",
      wrong: "losses: []",
      right: "losses: [dice]"),
    DiagnosticExplanation(
      .repeatedName, "element that is written twice",
      why: "The second of two equal elements does nothing, or counts double where nobody sees it.",
      remedy: "Leave one of them out.",
      wrong: "losses: [dice, dice]",
      right: "losses: [dice, cross_entropy]"),
    DiagnosticExplanation(
      .refusedValue, "value that its key does not take",
      why:
        "The value is of the right type and in its range, but with what stands beside it it means nothing.",
      remedy: "Follow the message; the reference says what the key takes.",
      wrong: """
        data: {train: a.txt, validation: 0.5, classes: [sky, road], patches: {size: [32, 32], stride: [64, 64]}}
        """,
      right: Example(
        """
        data: {train: a.txt, validation: 0.5, classes: [sky, road], patches: {size: [32, 32], stride: [16, 16]}}
        """, files: ["a.txt": pairs])),
  ]
}
