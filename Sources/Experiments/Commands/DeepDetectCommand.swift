import ArgumentParser
import Foundation

/// Makes a spec of a training call of DeepDetect.
struct DeepDetectCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "deepdetect",
    abstract: "Turn a training call of DeepDetect into a spec.",
    discussion: """
      experiments deepdetect train.json
      experiments deepdetect train.ipynb -o city.yaml

      The file holds the JSON of PUT /services and POST /train, curl commands, Python with dd.put_service and \
      dd.post_train, or a notebook with a widget Segmentation(…). Settings that have no counterpart are listed \
      in comments with the reason. Nothing in the file is run.
      """)

  @Argument(help: "The file with the call.", completion: .file())
  var file: String

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "The spec to write; the service's name with .yaml in the working directory if not given.",
      valueName: "spec"), completion: .file(extensions: ["yaml", "yml"]))
  var output: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func run() throws {
    let call = DeepDetectText(try text())
    guard !call.settings.isEmpty else { throw nothing(call) }
    var made = DeepDetectSpec(call.settings)
    for part in call.unread.prefix(5) {
      made.note("line \(part.line) could not be read: \(part.message)")
    }
    let place = StarterFile(path: output ?? "\(made.name).yaml", machine: .current)
    try place.checkPlace()
    let text = made.text(origin: "experiments deepdetect \(ShellWord.quoted(file))")
    let problems = try place.problems(of: text)
    try place.write(text)
    let report = DeepDetectReport(
      spec: place.path, experiment: made.name, notes: made.notes, leftOut: made.leftOut,
      left: problems)
    print(try json ? JSONOutput.text(report) : report.text())
  }

  private func text() throws(Failure) -> String {
    if let text = SmallFile.text(of: file, atMost: DeepDetectText.mostBytes) { return text }
    let isThere = FileManager.default.fileExists(atPath: file)
    throw Failure(
      .badInput,
      "error: \(file): "
        + (isThere
          ? "cannot be read, or is no file of at most \(DeepDetectText.mostBytes >> 20) MiB: name the file with the call"
          : "there is no such file"))
  }

  private func nothing(_ call: DeepDetectText) -> Failure {
    let remedy =
      "save the JSON of PUT /services and POST /train, the curl commands, or the Python with dd.put_service and "
      + "dd.post_train in the file"
    guard let first = call.unread.first else {
      return Failure(.badInput, "error: \(file) holds no training call of DeepDetect: \(remedy)")
    }
    return Failure(
      .badInput,
      "error: \(file):\(first.line): \(first.message), and no other part is a training call: \(remedy)"
    )
  }
}
