internal import Digest

/// What a list of samples held when it was read, wherever its files lie.
package struct Fingerprint: Sendable, Hashable {
  /// `train` or `validation`, `list` for all of a list that is parted into these, and with neighbouring
  /// slices as channels `train neighbours` and
  /// `validation neighbours`: what is judged does not change with what is seen beside it.
  package let name: String
  /// Images, before they are cut into patches.
  package let samples: Int
  /// SHA-256 of one line `SHA-256 of the image file, space, SHA-256 of the mask file` for every
  /// sample, in the order of the list; several images and several masks are joined by `;`. Behind them stands what else decides what is made of the sample: ` roi=`
  /// and the SHA-256 of that file, ` weight=2.5`, ` source=1 share=0.3`, and ` set=city` of a
  /// named set of the validation data, where there is such.
  package let sha256: String

  /// - Parameter settings: what stands behind each of the samples.
  package init(name: String, samples: [SampleDigest], settings: [String] = []) {
    self.name = name
    self.samples = samples.count
    let lines = samples.enumerated().map { index, sample in
      sample.line + (index < settings.count ? settings[index] : "")
    }
    sha256 = SHA256.hex(of: lines.map { $0 + "\n" }.joined())
  }
}

extension Catalogue {
  /// The fingerprints of the images that train and of those that validate. They do not depend on
  /// what is made of the images.
  ///
  /// - Parameter facts: the facts of the samples that train, then of those that validate. All of
  ///   the samples could be read.
  func fingerprints(_ facts: [SampleFacts?]) -> [Fingerprint] {
    let (trains, validates) = (train.firstPatches, validation.firstPatches)
    func fingerprints(
      _ name: String, _ samples: [ListedSample], _ digests: [SampleDigest], _ settings: [String]
    ) -> [Fingerprint] {
      let parts = zip(samples, digests).map { sample, digest in digest.parted(sample) }
      let own = Fingerprint(name: name, samples: parts.map(\.own), settings: settings)
      guard parts.contains(where: { !$0.neighbours.images.isEmpty }) else { return [own] }
      return [own, Fingerprint(name: "\(name) neighbours", samples: parts.map(\.neighbours))]
    }
    let parts =
      fingerprints(
        "train", trains.map { train[$0] }, trains.compactMap { facts[$0]?.digest },
        trains.map { DrawWeight(train[$0]).text })
      + fingerprints(
        "validation", validates.map { validation[$0] },
        validates.compactMap { facts[train.count + $0]?.digest },
        validates.map { place in validation[place].set.map { " set=\($0)" } ?? "" })
    guard groups != nil else { return parts }
    let all =
      (trains.map { (sample: train[$0], facts: facts[$0]) }
      + validates.map { (sample: validation[$0], facts: facts[train.count + $0]) })
      .sorted { $0.sample.imageNumber < $1.sample.imageNumber }
    return parts + [
      Fingerprint(
        name: "list", samples: all.compactMap { $0.facts?.digest.parted($0.sample).own },
        settings: all.map { DrawWeight($0.sample).text })
    ]
  }
}

extension [ListedSample] {
  /// The places of all images, of the patches of one that of the first.
  var firstPatches: [Int] {
    var known: Set<Int> = []
    return indices.filter { known.insert(self[$0].imageNumber).inserted }
  }
}
