/// What the axes of arrays are, in their order: `czyx` for channels first.
///
/// `y` and `x` are the height and the width of a slice, `c` its channels; every other axis counts slices, the
/// last of them the fastest.
package struct VolumeAxes: Sendable, Hashable {
  /// In lower case.
  package let letters: String

  /// - Returns: `nil` where `y` or `x` is missing, a letter stands twice or is none of the alphabet.
  package init?(_ text: String) {
    let letters = text.lowercased()
    guard letters.allSatisfy({ ("a"..."z").contains($0) }), Set(letters).count == letters.count,
      letters.contains("y"), letters.contains("x"), letters.count <= Self.maximumRank
    else { return nil }
    self.letters = letters
  }

  /// The axes of arrays of which nothing is said: slices × height × width × channels.
  ///
  /// - Returns: `nil` for other ranks than 2…4.
  static func standard(rank: Int) -> VolumeAxes? {
    [2: "yx", 3: "zyx", 4: "zyxc"][rank].flatMap(VolumeAxes.init)
  }

  /// The same without channels, as masks of images that have some are.
  var withoutChannels: VolumeAxes? { VolumeAxes(letters.filter { $0 != "c" }) }

  /// That an array may have.
  private static let maximumRank = 8
}
