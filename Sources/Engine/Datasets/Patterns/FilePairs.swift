/// Images and their masks, found by the names of their files.
package struct FilePairs: Sendable, Hashable, Codable {
  /// The folder that relative patterns start from; `nil` where that is not settled yet.
  package var folder: String?
  /// The pattern of the first image of a sample, and how the others follow from it.
  package var images: [String]
  /// How the masks follow from the first image: one, or as many as the task has.
  package var masks: [String]
  /// How the mask of what counts follows from it; `nil` for none of this kind.
  package var region: String?
  /// True where images whose partners are not there are left out, and not an error.
  package var leavesOutUnpaired: Bool

  package init(
    folder: String? = nil, images: [String], masks: [String], region: String? = nil,
    leavesOutUnpaired: Bool = false
  ) {
    self.folder = folder
    self.images = images
    self.masks = masks
    self.region = region
    self.leavesOutUnpaired = leavesOutUnpaired
  }

  /// The keys that a spec has for them.
  package static let imagesKey = "images"
  package static let masksKey = "masks"
  package static let regionKey = "roi"
  package static let unpairedKey = "unpaired"

  /// Finds what is wrong with the patterns as they are written, without looking for any file.
  ///
  /// - Returns: the key, the place in its list where it has one, and what is wrong.
  package var problems: [(key: String, place: Int?, error: PatternError)] {
    var problems: [(key: String, place: Int?, error: PatternError)] = []
    let pattern: FilePattern
    do throws(PatternError) {
      pattern = try FilePattern(EntryParts(images[0]).file)
    } catch {
      return [(Self.imagesKey, images.count > 1 ? 0 : nil, error)]
    }
    func check(_ texts: [String], _ key: String, from first: Int = 0) {
      for (place, text) in texts.enumerated().dropFirst(first) {
        do throws(PatternError) {
          _ = try PartnerTemplate(text, images: pattern)
        } catch {
          problems.append((key, texts.count > 1 ? place : nil, error))
        }
      }
    }
    check(images, Self.imagesKey, from: 1)
    check(masks, Self.masksKey)
    check(region.map { [$0] } ?? [], Self.regionKey)
    return problems
  }
}
