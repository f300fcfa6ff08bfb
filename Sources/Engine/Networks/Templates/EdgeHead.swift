package import Groundwork

/// A second head on the last features of a template, for losses of edges: for every pixel the logit of
/// "classes meet here". Predictions and metrics do without it.
package enum EdgeHead {
  package static let field = Field.boolean(
    "edge_head", default: false,
    "A second output that learns where classes meet, for the losses edge and edge_attention."
  ).later
  /// Of its node, and so the beginning of its parameters' names.
  package static let node = "edge_head"
}
