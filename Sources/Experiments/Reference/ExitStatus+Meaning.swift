/// What each exit status tells, for the manual.
extension ExitStatus {
  var meaning: String {
    switch self {
    case .done: "Everything that was asked for is done."
    case .failed: "A trial failed."
    case .differs: "A reproduction differs from its record."
    case .nothingMatched: "No run matches what was asked for."
    case .usage: "The command line is wrong."
    case .badInput:
      "The spec or the data is wrong, or the data is not the data that was trained on."
    case .damagedStore:
      "A record or a packed file is damaged, or the system refused to read, to write or to start something."
    case .interrupted:
      "The command was interrupted, or another launch trains the same trials; it can be repeated and "
        + "continues."
    case .killed: "The command was ended by a second Ctrl-C; it can be repeated and continues."
    }
  }
}
