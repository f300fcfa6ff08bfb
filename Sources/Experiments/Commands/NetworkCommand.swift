import ArgumentParser
import Foundation
internal import Groundwork

/// Shows the network that a spec trains.
struct NetworkCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "network",
    abstract: "Show what the network of a spec is made of: shapes, parameters, FLOPs, memory.",
    discussion: """
      The network is that of the first trial, for the images that training sees, or one that the \
      options name. A row is a block of operations whose names begin alike. The receptive field is \
      the part of the image that a value can depend on, in pixels.

        experiments network experiments/quickstart.yaml
        experiments network my.yaml --operations
        experiments network --template enet --size 352 480 --classes 12
        experiments network my.yaml --svg network.svg
        experiments network my.yaml --diff other.yaml
      """)

  @Argument(help: "The spec file.", completion: .file(extensions: ["yaml", "yml"]))
  var spec: String?

  @Option(help: "The template, with its own numbers by --set template.base_channels=32.")
  var template: String?

  @Option(parsing: .upToNextOption, help: "Height and width of the images.")
  var size: [Int] = []

  @Option(help: "The number of classes, where there is no spec.")
  var classes: Int?

  @Option(help: "Images of a batch; by default those of the spec.")
  var batch: Int?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Replace a value of the spec. May be repeated.", valueName: "path=value"))
  var set: [String] = []

  @Option(help: "How many parts of a name make a block: the more, the finer.")
  var depth: Int?

  @Flag(help: "Show every operation by itself.")
  var operations = false

  @Option(
    help: ArgumentHelp("Draw the network into this SVG file.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var svg: String?

  @Option(
    help: ArgumentHelp("Show what differs in the network of another spec.", valueName: "spec"),
    completion: .file(extensions: ["yaml", "yml"]))
  var diff: String?

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func validate() throws {
    guard spec != nil || template != nil else {
      throw ValidationError("name a spec file, or a network with --template")
    }
    guard size.isEmpty || size.count == 2, size.allSatisfy({ $0 > 0 }) else {
      throw ValidationError("--size takes height and width, as in --size 352 480")
    }
    guard batch ?? 1 >= 1 else {
      throw ValidationError("--batch must be at least 1, not \(batch ?? 0)")
    }
    guard depth ?? 1 >= 1 else {
      throw ValidationError("--depth must be at least 1, not \(depth ?? 0)")
    }
    if depth != nil, operations {
      throw ValidationError("--operations shows everything by itself: leave --depth out")
    }
    if let classes {
      guard spec == nil else {
        throw ValidationError("the spec says which classes there are: leave --classes out")
      }
      guard (2...256).contains(classes) else {
        throw ValidationError("--classes must be from 2 to 256, not \(classes)")
      }
    }
    if diff != nil, svg != nil {
      throw ValidationError("--diff compares and --svg draws one network: leave one of them out")
    }
  }

  func run() throws {
    let subject = try subject(spec, template: template, set: set)
    if let diff {
      let other = try self.subject(diff, template: nil, set: [])
      let difference = NetworkDifference(subject.network, other.network)
      print(try json ? JSONOutput.text(difference) : difference.text(style: .output))
      return
    }
    let level =
      operations ? .operations : NetworkBlocks.Level.depth(depth ?? NetworkBlocks.standardDepth)
    if let svg {
      let drawing = NetworkDrawing(NetworkBlocks(subject.network, level: level))
      try FileBytes.write(Array(drawing.svg.utf8), to: svg)
      Screen.standardError().print("drawn in \(svg)")
      if !json { return }
    }
    let report = NetworkReport(subject, level: level)
    print(try json ? JSONOutput.text(report) : report.text(style: .output))
  }

  private func subject(_ spec: String?, template: String?, set: [String]) throws -> NetworkSubject {
    let names = classes.map { (1...$0).map { "class\($0)" }.joined(separator: ", ") }
    let classList = spec == nil ? names.map { ["data.classes=[\($0)]"] } ?? [] : []
    let plan = try BenchSubject(
      spec: spec, template: template, size: size, batchSize: batch, precision: nil,
      overrides: classList + set, results: results.store.root
    ).plan()
    return try NetworkSubject(plan, batch: batch, results: results.store.root)
  }
}
