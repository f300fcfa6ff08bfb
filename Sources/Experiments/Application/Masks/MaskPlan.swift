internal import Datasets
internal import Foundation
internal import Groundwork

/// Which files the masks of images become.
struct MaskPlan {
  /// `[images]`: `nil` where the masks are PNGs.
  private(set) var places: [(stack: MaskStack, place: Int)?]

  /// PNGs alone.
  init(images: Int) { places = Array(repeating: nil, count: images) }

  /// - Throws: ``Failure`` where a volume cannot be opened, or is not what the format is for.
  init(_ images: UnlabelledImages, _ format: MaskFormat) throws {
    self.init(images: images.samples.count)
    guard format != .png else { return }
    var index = 0
    while index < images.samples.count {
      let count = Self.neighbours(images.samples[index...])
      if let stack = try Self.stack(images, index, count, format) {
        for place in 0..<count { places[index + place] = (stack, place) }
      }
      index += count
    }
  }

  /// Samples that are to be predicted, with all others whose masks are in a file with theirs.
  func withStacks(_ pending: [Int]) -> [Int] {
    let stacks = Set(pending.compactMap { places[$0].map { ObjectIdentifier($0.stack) } })
    let alone = Set(pending)
    return places.indices.filter { index in
      alone.contains(index)
        || places[index].map { stacks.contains(ObjectIdentifier($0.stack)) } ?? false
    }
  }

  /// How many samples from the first on are slices of one volume one behind the other.
  private static func neighbours(_ samples: ArraySlice<ListedSample>) -> Int {
    zip(samples.dropFirst(), samples).prefix { $0.images[0].isBehind($1.images[0]) }.count + 1
  }

  private static func stack(
    _ images: UnlabelledImages, _ first: Int, _ count: Int, _ format: MaskFormat
  ) throws -> MaskStack? {
    let image = images.samples[first].images[0]
    let volume: VolumeDescription?
    do {
      volume = try image.volume()
    } catch {
      throw Failure(.badInput, "error: \(image.name): \(error.reason)")
    }
    let isPlaced = volume.map { $0.format != "TIFF" && $0.facts.spacing != nil } ?? false
    let name = images.nameOfSlices(first..<first + count, of: volume?.slices)
    switch format {
    case .png: return nil
    case .auto where image.tiff != nil, .tiff:
      return MaskStack(image: image, count: count, name: name, format: .tiff)
    case .auto where !isPlaced: return nil
    case .auto, .nifti:
      guard let volume, count <= NIfTIWriter.largestExtent else {
        if format == .auto { return nil }
        throw Failure(
          .usage,
          "error: \(image.name) is no slice of a volume: leave --mask-format nifti out, or name volumes"
        )
      }
      return MaskStack(image: image, count: count, name: name, format: .nifti(volume))
    }
  }
}
