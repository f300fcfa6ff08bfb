/// A folder of images and the folder of their masks, which may be the same.
struct FolderMatch: Sendable {
  /// The folders that both lie in; `""` for the folder that is searched.
  var parent: String
  /// `nil` where the images lie in ``parent`` itself.
  var images: String?
  var masks: String?
  /// The folders below, the same of both; `""` for none.
  var rest: String
  var rule: NameRule
  /// With their points, as written.
  var imageEndings: Set<String>
  var maskEnding: String
  /// The images that have a mask.
  var paired: [NamedFile]
  /// The mask of the first of them.
  var firstMask: NamedFile
  /// Images without a mask.
  var unpaired: Int
  /// Masks without an image.
  var spare: Int

  var imageFolder: String { Self.joined([parent, images ?? "", rest]) }
  var maskFolder: String { Self.joined([parent, masks ?? "", rest]) }

  /// What the paths say that the samples are for.
  var part: Part? { NameWords.part(in: imageFolder) ?? NameWords.part(in: maskFolder) }

  /// What matches have in common that one pattern may find.
  struct Kind: Hashable {
    let images: String?
    let masks: String?
    let rule: NameRule
    let maskEnding: String
  }

  var kind: Kind { Kind(images: images, masks: masks, rule: rule, maskEnding: maskEnding) }

  static func joined(_ components: [String]) -> String {
    components.filter { !$0.isEmpty }.joined(separator: "/")
  }
}
