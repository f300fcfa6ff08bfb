/// The part of the image that a value can depend on, as far as the architecture says.
package struct ReceptiveField: Sendable, Hashable {
  /// Pixels along each axis, the outermost first. Beyond the image there is padding, so that they may be
  /// more than the image has.
  package var extents: [Double]
  /// By how many pixels the fields of neighbouring values are apart; below 1 where a map has been
  /// enlarged beyond the image.
  package var jumps: [Double]

  /// A pixel's own.
  package static func pixel(rank: Int) -> ReceptiveField {
    ReceptiveField(
      extents: Array(repeating: 1, count: rank), jumps: Array(repeating: 1, count: rank))
  }
}
