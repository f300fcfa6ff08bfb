internal import Digest
package import Groundwork

/// Reads samples for an overview: their pixels as the files have them, and whatever their masks hold.
package struct OverviewReader: Sendable {
  /// What the masks mean; `nil` where nobody says: then every value stands for itself.
  let configuration: DataConfiguration?
  private let reader: SampleReader
  /// The codings of the masks of a sample, in the order of the masks; empty where nobody says.
  private let codings: [MaskCoding]
  private let decoding: ImageDecoding
  private let parts: [ImageStack.StackedImage]

  init(_ configuration: DataConfiguration) {
    self.init(configuration, isKnown: true)
  }

  /// Of lists that no spec goes with.
  ///
  /// - Parameter stack: how many images a sample has; their channels do not matter.
  init(images stack: ImageStack) {
    self.init(
      DataConfiguration(
        root: nil, source: .lists(train: "", validation: .fraction(0.5)), classes: [], ignore: [],
        geometry: .original, stack: stack, normalization: .none), isKnown: false)
  }

  private init(_ configuration: DataConfiguration, isKnown: Bool) {
    var whole = configuration
    // The files themselves are looked at.
    if case .crop = configuration.geometry {} else { whole.geometry = .original }
    whole.stack = ImageStack(images: configuration.stack.images)
    self.configuration = isKnown ? whole : nil
    reader = SampleReader(whole)
    codings = isKnown ? whole.reading.maskCodings(whole.masks) : []
    decoding = ImageDecoding(noData: configuration.noData)
    parts = whole.stack.stackedImages
  }

  /// What is found of a sample, and what is wrong with its files.
  package struct Look: Sendable {
    /// `nil` where an image could not be read.
    package var overview: SampleOverview?
    package var problems: [DataProblem] = []
  }

  /// Reads all files of a sample once.
  func look(at sample: ListedSample, _ buffers: inout SampleBuffers) -> Look {
    var look = Look()
    guard let digests = readImages(of: sample, &buffers, &look.problems) else { return look }
    let images = sample.images.indices.map { index in
      let raster = buffers.raster(ofImage: index)
      let channels = ChannelValues.of(raster)
      let isBlank = channels.allSatisfy { channel in
        channel.extent.map { $0.lowerBound == $0.upperBound } ?? true
      }
      return SampleOverview.ImageFacts(
        channels: channels, depth: buffers.depth(ofImage: index), isBlank: isBlank,
        hash: isBlank ? nil : PerceptualHash(raster))
    }
    let masks = readMasks(of: sample, &buffers, &look.problems)
    look.overview = SampleOverview(
      size: buffers.fileSize(ofImage: 0), images: images, mask: masks?.facts,
      digest: SampleDigest(
        images: digests, masks: masks?.digests ?? [], roi: masks?.region,
        boxes: sample.boxes.flatMap { try? BoxFile.read($0, unchangedSince: nil).digest }),
      white: masks?.white)
    return look
  }

  /// - Returns: the digests of the files; `nil` where one could not be read.
  private func readImages(
    of sample: ListedSample, _ buffers: inout SampleBuffers, _ problems: inout [DataProblem]
  ) -> [SHA256.Value]? {
    buffers.begin()
    var digests: [SHA256.Value] = []
    for (index, file) in sample.images.enumerated() {
      do throws(ImageError) {
        digests.append(try buffers.readImage(file, unchangedSince: nil, decoding))
        if configuration != nil {
          try buffers.requireLastImage(file, channels: parts[index].channels)
        }
      } catch {
        problems.append(sample.problem("image", file, error))
      }
    }
    guard problems.isEmpty else { return nil }
    do throws(DataError) {
      try reader.check(sample, sizes: sample.images.indices.map { buffers.fileSize(ofImage: $0) })
    } catch {
      problems += error.problems
    }
    return digests
  }
}

// MARK: - Masks

extension OverviewReader {
  private struct Masks {
    var digests: [SHA256.Value] = []
    var region: SHA256.Value?
    var white: Int?
    /// `nil` where one could not be read, or holds what nobody said the meaning of.
    var facts: SampleOverview.MaskFacts?
  }

  /// What the labels of a sample's masks stand for.
  package struct KnownLabels: Sendable {
    /// `[P, H, W]`.
    package var planes: LabelPlanes
    /// What each label, or each plane, stands for.
    package var values: [Int]
    package var isPlanes: Bool
    var edges = MaskCensus.Edges.sharp
    var distinct = 0
    var isImage = false
    var isOfColours = false
  }

  private func readMasks(
    of sample: ListedSample, _ buffers: inout SampleBuffers, _ problems: inout [DataProblem]
  ) -> Masks? {
    guard !sample.masks.isEmpty else { return nil }
    var masks = Masks()
    if let labels = labels(of: sample, &buffers, &masks, &problems) {
      masks.facts = SampleOverview.MaskFacts(
        census: MaskCensus(
          labels.planes, values: labels.values, isPlanes: labels.isPlanes, edges: labels.edges),
        values: labels.distinct, isImage: labels.isImage, isOfColours: labels.isOfColours)
    }
    return masks
  }

  /// - Precondition: the images have been read.
  private func labels(
    of sample: ListedSample, _ buffers: inout SampleBuffers, _ masks: inout Masks,
    _ problems: inout [DataProblem]
  ) -> KnownLabels? {
    let before = problems.count
    var found = KnownLabels(planes: LabelPlanes(), values: [], isPlanes: false)
    for (index, file) in sample.masks.enumerated() {
      do throws(ImageError) {
        if codings.isEmpty {
          masks.digests.append(try readValues(file, &buffers, &found))
        } else {
          let coding = codings[index]
          found.isOfColours = coding.meaning.isOfColours
          masks.white = try buffers.readMask(
            file, asPlane: index, of: codings.count, unchangedSince: nil, coding)
          note(buffers.maskValues, of: buffers.raster(ofImage: 0), &found)
        }
      } catch {
        problems.append(sample.problem("mask", file, error))
      }
    }
    do throws(DataError) {
      let size = codings.isEmpty ? found.planes.size : buffers.mask.size
      if problems.count == before {
        try reader.check(sample, image: buffers.fileSize(ofImage: 0), sample.masks[0], size)
      }
      if let region = sample.region {
        masks.region = try read(region, of: sample, &buffers)
      }
    } catch {
      problems += error.problems
    }
    guard problems.count == before else { return nil }
    if let configuration {
      masks.digests = buffers.maskDigests
      found.planes = buffers.storedLabels(
        parts, hasRegion: sample.region != nil, hasBlanks: decoding.noData != nil)
      found.isPlanes = !configuration.reading.masksHoldClasses
      found.values = Array(configuration.classes.indices)
    } else if sample.region != nil {
      var marked = LabelPlanes()
      found.planes.marked(outside: buffers.region, into: &marked)
      found.planes = marked
    }
    return found
  }

  /// Masks whose meaning nobody says: integers where the file holds these, else colours.
  private func readValues(
    _ file: ListedFile, _ buffers: inout SampleBuffers, _ found: inout KnownLabels
  ) throws(ImageError) -> SHA256.Value {
    var digest: SHA256.Value
    do throws(ImageError) {
      digest = try buffers.readValues(file, asColours: false)
    } catch {
      guard let colours = try? buffers.readValues(file, asColours: true) else { throw error }
      digest = colours
      found.isOfColours = true
    }
    let numbered = note(buffers.maskValues, of: buffers.raster(ofImage: 0), &found)
    guard let numbered else {
      throw ImageError("holds more than 65,535 different values: is it an image?")
    }
    (found.planes, found.values) = (numbered.plane, numbered.values)
    return digest
  }

  /// What a mask's values say of how it was made.
  @discardableResult private func note(
    _ values: MaskValues, of image: Raster, _ found: inout KnownLabels
  ) -> NumberedValues? {
    let numbered = NumberedValues(values, asColours: found.isOfColours)
    found.isImage = found.isImage || values.isCopy(of: image)
    guard let numbered else { return nil }
    let edges = MaskCensus.Edges(numbered, isOfColours: values.kind == .colours)
    if edges.rawValue > found.edges.rawValue { found.edges = edges }
    found.distinct = max(found.distinct, numbered.values.count)
    return numbered
  }

  private func read(
    _ region: ListedFile, of sample: ListedSample, _ buffers: inout SampleBuffers
  ) throws(DataError) -> SHA256.Value {
    let digest: SHA256.Value
    do throws(ImageError) {
      digest = try buffers.readRegion(region, unchangedSince: nil)
    } catch {
      throw DataError(sample.problem("region", region, error))
    }
    try reader.check(sample, image: buffers.fileSize(ofImage: 0), region: buffers.region.size)
    return digest
  }
}

// MARK: - Drawing

extension OverviewReader {
  /// A sample for people to look at.
  package struct Shown: Sendable {
    /// The first image as its file has it.
    package let image: Raster
    /// `nil` where there is no mask that can be read.
    package let labels: KnownLabels?
  }

  /// - Throws: ``DataError`` where an image cannot be read.
  package func show(_ sample: ListedSample) throws(DataError) -> Shown {
    var buffers = SampleBuffers()
    var (problems, masks) = ([DataProblem](), Masks())
    guard readImages(of: sample, &buffers, &problems) != nil else { throw DataError(problems) }
    let image = buffers.raster(ofImage: 0)
    let labels =
      sample.masks.isEmpty ? nil : labels(of: sample, &buffers, &masks, &problems)
    return Shown(image: image, labels: labels)
  }
}

extension MaskValues {
  /// True where every value is that of the image's pixel, and there is more than one.
  fileprivate func isCopy(of image: Raster) -> Bool {
    guard size == image.size, image.depth == .bits8, kind == .bytes || kind == .colours else {
      return false
    }
    let channels = kind == .colours ? 3 : 1
    guard image.channels == channels || channels == 1 else { return false }
    // Most masks differ from the image in one of the first pixels.
    let isSame = (0..<size.area).allSatisfy { pixel in
      (0..<image.channels).allSatisfy { channel in
        image.pixels[pixel * image.channels + channel]
          == bytes[pixel * channels + min(channel, channels - 1)]
      }
    }
    return isSame && bytes.contains { $0 != bytes[0] }
  }
}
