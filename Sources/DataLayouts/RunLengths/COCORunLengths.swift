/// Masks as COCO stores them: how many pixels are outside, inside, outside and so on, column by column.
enum COCORunLengths {
  /// What is wrong with one.
  struct Problem: Error {
    let message: String
  }

  static func fill(_ counts: some Sequence<Int>, into region: inout Region) throws(Problem) {
    var place = 0
    var isInside = false
    for count in counts {
      guard count >= 0, count <= region.size.area - place else {
        throw Problem(
          message: "its counts are of more than the \(region.size.area) pixels of a mask of "
            + "\(region.size)")
      }
      if isInside { region.fill(columnwise: place..<place + count) }
      place += count
      isInside.toggle()
    }
    guard place == region.size.area else {
      throw Problem(
        message: "its counts are of \(place) pixels, and a mask of \(region.size) has "
          + "\(region.size.area)")
    }
  }

  /// The counts that a text of COCO means: each number is the difference to the one two before, from the
  /// fourth on, in digits of five bits, the lowest first, with a sixth bit where more follow, as characters
  /// from '0' on.
  static func counts(_ text: String) throws(Problem) -> [Int] {
    var counts: [Int] = []
    var (value, shift) = (0, 0)
    for byte in text.utf8 {
      let digit = Int(byte) - 48
      guard (0..<64).contains(digit), shift < 40 else {
        throw Problem(message: "its counts '\(text.prefix(20))' are no text of COCO")
      }
      value |= (digit & 31) << shift
      shift += 5
      guard digit & 32 == 0 else { continue }
      if digit & 16 != 0 { value |= -1 << shift }
      if counts.count > 2 { value += counts[counts.count - 2] }
      guard value >= 0, value < 1 << 40 else {
        throw Problem(message: "its counts '\(text.prefix(20))' hold a number below 0")
      }
      counts.append(value)
      (value, shift) = (0, 0)
    }
    guard shift == 0 else { throw Problem(message: "its counts end within a number") }
    return counts
  }
}
