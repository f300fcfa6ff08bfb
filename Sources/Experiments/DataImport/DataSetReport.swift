internal import DataLayouts
internal import Groundwork

/// What became of a data set that was imported.
struct DataSetReport: Encodable {
  let layout: String
  let source: String
  let folder: String
  let spec: String
  let classes: [String]
  /// Labelled images of each part.
  let images: [String: Int]
  let unlabelled: Int
  let masksDrawn: Int
  let imagesTurned: Int
  let hasInstances: Bool
  let coveredObjects: Int
  let warnings: [String]

  init(_ written: WrittenDataSet, of run: DataSetImport) {
    (layout, source) = (run.layout.name, run.source.path)
    folder =
      run.destination.count > 1 && run.destination.hasSuffix("/")
      ? String(run.destination.dropLast()) : run.destination
    spec = "\(folder)/\(run.name).yaml"
    classes = written.classes.map(\.name)
    images = Dictionary(uniqueKeysWithValues: written.counts.map { ($0.rawValue, $1) })
    (unlabelled, masksDrawn, imagesTurned) = (written.unlabelled, written.drawn, written.turned)
    (hasInstances, warnings) = (written.hasInstances, written.warnings)
    coveredObjects = written.coveredObjects
  }

  func text(style: Style = .output) -> String {
    var facts = FactList()
    facts.add("layout", layout)
    let parts = Part.allCases.compactMap { part in
      images[part.rawValue].map { "\(Units.count($0)) for \(part.rawValue)" }
    }
    let split = images[Part.validation.rawValue] == nil ? ", of which a part validates" : ""
    facts.add("images", parts.joined(separator: ", ") + split)
    if unlabelled > 0 { facts.add("unlabelled", "\(Units.count(unlabelled)) in unlabelled.txt") }
    facts.add(
      "classes",
      "\(classes.count): \(classes.prefix(30).joined(separator: ", "))\(classes.count > 30 ? ", …" : "")"
    )
    facts.add(
      "masks",
      masksDrawn == 0
        ? "used where they lie"
        : "\(Units.count(masksDrawn)) drawn\(hasInstances ? ", and numbers of objects in instances/" : "")"
    )
    if coveredObjects > 0 {
      facts.add(
        "covered",
        "\(Units.count(coveredObjects, "object")) in part, by later ones, which lie on top")
    }
    if imagesTurned > 0 {
      facts.add("turned", "\(Units.count(imagesTurned, "image")), upright in images/ now")
    }
    facts.add("spec", spec)
    facts.add(
      "next",
      "experiments check \(ShellWord.quoted(spec))\nexperiments run \(ShellWord.quoted(spec))")
    return facts.text(style: style)
  }
}
