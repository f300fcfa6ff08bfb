extension DiagnosticExplanation {
  /// Which keys are written.
  static let keys = [
    DiagnosticExplanation(
      .unknownKey, "unknown key",
      why: """
        A key that nothing reads would be ignored, and what it was to do would silently not be done. Which \
        fields there are depends on what they stand beside: momentum is a field of SGD and none of ADAM.
        """,
      remedy: """
        Write one of the keys that the message names. 'experiments components KIND NAME' lists the fields \
        of a component.
        """,
      wrong: "solver: {type: SGD, base_lr: 0.01, momentun: 0.9}",
      right: "solver: {type: SGD, base_lr: 0.01, momentum: 0.9}"),
    DiagnosticExplanation(
      .missingKey, "missing key",
      why:
        "Some keys have no value that would be right for everybody, so that they must be written.",
      remedy: "Write the key that the message names.",
      wrong: "solver: {type: SGD}",
      right: "solver: {type: SGD, base_lr: 0.01}"),
    DiagnosticExplanation(
      .excludingKeys, "keys that exclude each other",
      why: "Both say the same thing in two ways, and they need not agree.",
      remedy: "Leave one of them out.",
      wrong: "training: {epochs: 3, iterations: 9}",
      right: "training: {epochs: 3}"),
    DiagnosticExplanation(
      .missingValue, "key without a value",
      why:
        "A key is written, but nothing stands behind it, or what was to be in it is not indented.",
      remedy: "Write the value, or leave the key out.",
      wrong: "training:",
      right: "training: {epochs: 3}"),
    DiagnosticExplanation(
      .idleKey, "key that has nothing to act on",
      why: "The key says how something is done that this spec does not do.",
      remedy: "Leave it out, or write what it is about.",
      wrong: """
        data: {train: a.txt, validation: 0.5, classes: [sky, road], interpolation: opencv_linear}
        """,
      right: Example(
        """
        data: {train: a.txt, validation: 0.5, classes: [sky, road], size: [32, 32], interpolation: opencv_linear}
        """, files: ["a.txt": pairs])),
  ]

  /// A list of the images that stand beside an example.
  static let pairs = (0..<11).map { "images/\($0).png masks/\($0).png\n" }.joined()
}
