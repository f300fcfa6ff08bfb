/// How the name of a mask follows from that of its image, both without their endings: what differs from
/// sample to sample stands between texts that are the same in all names.
struct NameRule: Hashable, Sendable {
  var image: Affixes
  var mask: Affixes

  struct Affixes: Hashable, Sendable {
    var before = ""
    var after = ""

    /// What stands between; `nil` where a name is not of this form, or nothing stands there.
    func key(of stem: String) -> String? {
      guard stem.utf8.count > before.utf8.count + after.utf8.count, stem.hasPrefix(before),
        stem.hasSuffix(after)
      else { return nil }
      return String(stem.dropFirst(before.count).dropLast(after.count))
    }

    func stem(of key: String) -> String { before + key + after }

    fileprivate var count: Int { before.utf8.count + after.utf8.count }
  }

  private var count: Int { image.count + mask.count }

  /// The mask that an image has by this rule, whether it is there or not.
  func mask(of image: String) -> String? { self.image.key(of: image).map(mask.stem) }
}

extension NameRule {
  /// The rule by which most images have a mask, and of several the one with the shortest texts.
  ///
  /// - Returns: `nil` where names have nothing in common.
  static func best(images: [String], masks: [String]) -> (rule: NameRule, matches: Int)? {
    let known = Set(masks)
    let step = max(1, masks.count / asked)
    var candidates: Set<NameRule> = []
    for index in stride(from: 0, to: masks.count, by: step) {
      for image in images.prefix(mostImages) { candidates.formUnion(rules(image, masks[index])) }
    }
    let ordered = candidates.sorted {
      ($0.count, $0.mask.after, $0.mask.before, $0.image.after, $0.image.before)
        < ($1.count, $1.mask.after, $1.mask.before, $1.image.after, $1.image.before)
    }
    var best: (rule: NameRule, matches: Int)?
    for rule in ordered.prefix(mostRules) {
      let matches = images.count { image in
        rule.mask(of: image).map { known.contains($0) && $0 != image } ?? false
          || rule.count == 0 && known.contains(image)
      }
      if matches > (best?.matches ?? 0) { best = (rule, matches) }
      if matches == min(images.count, masks.count) { break }
    }
    return best
  }

  /// Of so many masks it is asked which images may be theirs.
  private static let asked = 8
  private static let mostImages = 20_000
  private static let mostRules = 500

  /// The rules by which one name follows from another.
  private static func rules(_ image: String, _ mask: String) -> [NameRule] {
    if image == mask { return [NameRule(image: Affixes(), mask: Affixes())] }
    let (first, second) = (Array(image.utf8), Array(mask.utf8))
    var rules: [NameRule] = []
    let start = wordEnd(first, zip(first, second).prefix { $0 == $1 }.count)
    if start > 0, let rest = text(first[start...]), let other = text(second[start...]) {
      rules.append(NameRule(image: Affixes(after: rest), mask: Affixes(after: other)))
    }
    let end = wordEnd(
      first.reversed(), zip(first.reversed(), second.reversed()).prefix { $0 == $1 }.count)
    if end > 0, let rest = text(first.dropLast(end)), let other = text(second.dropLast(end)) {
      rules.append(NameRule(image: Affixes(before: rest), mask: Affixes(before: other)))
    }
    if let place = mask.range(of: image) {
      let affixes = Affixes(
        before: String(mask[..<place.lowerBound]), after: String(mask[place.upperBound...]))
      rules.append(NameRule(image: Affixes(), mask: affixes))
    } else if let place = image.range(of: mask) {
      let affixes = Affixes(
        before: String(image[..<place.lowerBound]), after: String(image[place.upperBound...]))
      rules.append(NameRule(image: affixes, mask: Affixes()))
    }
    return rules
  }

  /// `a1_gray` and `a1_gt` have `a1_` in common: a word is not cut.
  private static func wordEnd(_ bytes: some Sequence<UInt8>, _ count: Int) -> Int {
    let bytes = Array(bytes)
    guard count < bytes.count, count > 0, isLetter(bytes[count]), isLetter(bytes[count - 1]) else {
      return count
    }
    return (bytes[..<count].lastIndex { !isLetter($0) } ?? -1) + 1
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
    String(validating: bytes, as: UTF8.self)
  }
}
