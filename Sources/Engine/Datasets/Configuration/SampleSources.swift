internal import Foundation

/// What a training, a validation or a judgement takes its samples from: one list of them, or several one
/// after the other.
package struct SampleSources: Sendable, Hashable, Codable {
  /// At least one.
  package var parts: [Part]

  package struct Part: Sendable, Hashable, Codable {
    package var list: SampleList
    /// The part of an epoch's draws that is taken from this list, above 0 and below 1; `nil`: such lists
    /// share what is left, every sample of theirs alike.
    package var share: Double?

    package init(_ list: SampleList, share: Double? = nil) {
      (self.list, self.share) = (list, share)
    }
  }

  package init(_ parts: [Part]) {
    precondition(!parts.isEmpty, "samples come from somewhere")
    self.parts = parts
  }

  package init(_ list: SampleList) { self.init([Part(list)]) }

  /// A list file.
  package init(file: String) { self.init(.file(file)) }

  /// With paths that start from a folder made absolute.
  ///
  /// - Parameter absolute: makes a path of that.
  package func resolved(in folder: String, _ absolute: (String) -> String) -> SampleSources {
    SampleSources(
      parts.map { part in
        switch part.list {
        case .file(let path): Part(.file(absolute(path)), share: part.share)
        case .pairs(var pairs):
          {
            pairs.folder = folder
            return Part(.pairs(pairs), share: part.share)
          }()
        }
      })
  }
}

/// Where one list of samples is written.
package enum SampleList: Sendable, Hashable, Codable {
  /// In a file of lines `image mask`.
  case file(String)
  /// Nowhere: it follows from the names of the files.
  case pairs(FilePairs)

  /// What messages call it: the list's path, or the pattern of the images.
  package var name: String {
    switch self {
    case .file(let path): path
    case .pairs(let pairs): FilePath.resolve(pairs.images[0], in: pairs.folder)
    }
  }
}

extension SampleSources: ExpressibleByStringLiteral {
  /// A list file.
  package init(stringLiteral path: String) { self.init(file: path) }
}
