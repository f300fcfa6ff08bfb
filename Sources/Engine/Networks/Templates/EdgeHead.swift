package import Groundwork

/// A second head on the last features of a template, for losses of edges: 1 × H × W, for every pixel
/// the logit of "classes meet here", before any sigmoid. Predictions and metrics do without it.
package enum EdgeHead {
  package static let name = "edges"
  package static let field = Field.boolean(
    "edge_head", default: false,
    "A second output that learns where classes meet, for the losses edge and edge_attention."
  ).later
  /// The name of its node, with which the names of its parameters begin.
  package static let node = "edge_head"
  /// What a person does whose network lacks it.
  package static let remedy = "add \(field.declaration.name): true to the template"
}
