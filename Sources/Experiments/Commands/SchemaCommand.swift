import ArgumentParser

/// Prints the JSON Schema of a spec, for editors.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema of a spec, for completion and checks in an editor.",
    discussion: """
      experiments schema > spec.schema.json

      With this line at the top of a spec beside that file, editors that use the YAML language server show \
      what each key means and underline what is wrong while it is typed:

        # yaml-language-server: $schema=spec.schema.json

      The schema knows keys, types, ranges and names. What only shows in several values together, in the data \
      or in the network is found by 'experiments check'.
      """)

  func run() throws {
    print(SpecSchema.text, terminator: "")
  }
}
