package import Groundwork

/// A second head that tells the classes from a map in the middle of the encoder, which only training
/// looks at (Zhao et al. 2017): K × H × W, as the logits.
package enum AuxiliaryHead {
  package static let name = "auxiliary"
  package static let field = Field.weight(
    "auxiliary", default: 0, Bounds(0...1),
    "Weight of the same losses on a second head in the middle of the encoder; 0 is no such head.")
}
