import ArgumentParser
internal import Datasets

/// What a spec can name, with every setting.
struct ComponentsCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "components",
    abstract: "List the templates, losses, solvers, … that a spec can name.",
    discussion: """
      experiments components                        every kind and its names
      experiments components loss                   the losses, a line each
      experiments components loss cross_entropy     its definition, fields, defaults, ranges and an example
      """)

  @Argument(help: "A kind: \(ComponentKind.all.map(\.name).joined(separator: ", ")).")
  var kind: String?

  @Argument(help: "The name of a component of that kind.")
  var name: String?

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(
    help: "Print all keys and components of a spec as Markdown: Documentation/Spec-reference.md.")
  var reference = false

  @OptionGroup var color: ColorOption

  func validate() throws {
    if reference, json || kind != nil {
      throw ValidationError("--reference prints everything, as Markdown: leave the rest out")
    }
  }

  func run() throws {
    if reference {
      print(SpecReference.markdown, terminator: "")
      return
    }
    let kinds = try kind.map { [try ComponentKind.find($0)] } ?? ComponentKind.all
    let component = try name.map { try kinds[0].find($0) }
    if json {
      print(try JSONOutput.text(ComponentDescription.list(component.map { [$0] }, of: kinds)))
    } else if let component {
      print(ComponentDescription(component, of: kinds[0]).text(style: .output))
    } else {
      print(ComponentDescription.overview(of: kinds, style: .output))
    }
  }
}
