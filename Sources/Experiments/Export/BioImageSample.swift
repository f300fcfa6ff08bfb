internal import Datasets
import Foundation
internal import Groundwork
internal import Training

/// An image and what the run's network says of it, for others to see whether they run it right.
///
/// Unless an image is named it is one of waves: what a run was trained on may not be everybody's to see.
struct BioImageSample {
  /// `[1, C, H, W]`, the values of an image file.
  let image: [Float]
  let imageShape: [Int]
  /// `[1, K, H, W]`
  let probabilities: [Float]
  let probabilityShape: [Int]
  private let trained: TrainedRun
  private let raster: Raster
  private let predicted: PredictedImage

  init(of subject: ExportedRun, _ request: ExportRequest) throws {
    trained = try TrainedRun(request.run, store: request.store, checkpoint: subject.checkpoint)
    let (size, classes) = (subject.network.input.size, trained.input.classes.count)
    raster = try Self.raster(of: size, trained, file: request.options.image)
    predicted = try Self.predicted(raster, trained)
    image = Self.planes(of: raster)
    imageShape = [1, raster.channels, size.height, size.width]
    probabilities = predicted.probabilities ?? []
    probabilityShape = [1, classes, size.height, size.width]
  }

  /// By the network alone: nothing is averaged, nothing is cleaned up.
  private static func predicted(_ raster: Raster, _ trained: TrainedRun) throws -> PredictedImage {
    let network = trained.network(threads: trained.recordedThreads)
    var configuration = network.configuration
    configuration.evaluation.testTimeAugmentation = .none
    configuration.evaluation.postprocessing = []
    configuration.evaluation.batchSize = 1
    let predictor = try ImagePredictor(
      TrainedNetworks(TrainedNetwork(configuration, input: trained.input, values: network.values)),
      tiling: Tiling(size: raster.size, stride: raster.size),
      shownChannels: trained.trial.spec.data.stack.shownImage.range, wantsProbabilities: true)
    var result: PredictedImage?
    let image = ImageReader.Image(raster: raster, originalSize: raster.size)
    predictor.predict(image, index: 0) { result = $1 }
    predictor.finish { result = $1 }
    guard let result else { preconditionFailure("an image of one tile was not predicted") }
    return result
  }

  // MARK: - The image

  private static func raster(
    of size: Size, _ trained: TrainedRun, file: String?
  ) throws -> Raster {
    let scale = trained.input.normalizer.pixels
    guard let file else { return waves(of: size, scale) }
    let data = trained.trial.spec.data
    let samples = try UnlabelledImages([file], root: nil, stack: data.stack).samples
    let reader = ImageReader(trained.trial.dataConfiguration(results: ""))
    let image = try ReadAhead([samples[0]], reader, threads: 1).take(0).get()
    guard image.raster.depth == scale.depth else {
      throw Failure(
        .badInput,
        "error: \(file) is \(image.raster.depth.description), the images that \(trained.run.name) "
          + "was trained on are \(scale.depth.description): name one in that depth with --image")
    }
    var cut = Raster()
    image.raster.cut(
      Patch(size: size, top: 0, left: 0, rows: 0..<size.height, columns: 0..<size.width), into: &cut
    )
    return cut
  }

  /// Waves of other lengths and directions in each channel, over the range that training had.
  private static func waves(of size: Size, _ scale: PixelScale) -> Raster {
    let channels = scale.span.count
    var values: [Double] = []
    for y in 0..<size.height {
      for x in 0..<size.width {
        for channel in 0..<channels {
          let (length, span) = (Double(19 + 7 * (channel % 5)), scale.span[channel])
          let wave =
            sin(Double(x) * 2 * .pi / length) + sin(Double(x + 2 * y) * 2 * .pi / (2 * length))
          values.append(span.lower + (wave / 4 + 0.5) * (span.upper - span.lower))
        }
      }
    }
    let pixels: [UInt8] =
      switch scale.depth {
      case .bits8: values.map { UInt8(min(255, max(0, $0.rounded()))) }
      case .bits16:
        values.map { UInt16(min(65_535, max(0, $0.rounded()))) }.withUnsafeBytes(Array.init)
      case .real: values.map { Float($0) }.withUnsafeBytes(Array.init)
      }
    return Raster(size: size, channels: channels, depth: scale.depth, pixels: pixels)
  }

  /// The samples, `[C, H, W]`.
  private static func planes(of raster: Raster) -> [Float] {
    let samples: [Float] = raster.pixels.withUnsafeBytes { bytes in
      switch raster.depth {
      case .bits8: bytes.map { Float($0) }
      case .bits16: bytes.bindMemory(to: UInt16.self).map { Float($0) }
      case .real: Array(bytes.bindMemory(to: Float.self))
      }
    }
    let channels = raster.channels
    return (0..<channels).flatMap { channel in
      stride(from: channel, to: samples.count, by: channels).map { samples[$0] }
    }
  }

  // MARK: - The cover

  /// The image and its labels side by side, PNG.
  func cover() throws -> Data {
    let spec = trained.trial.spec
    let shown = trained.input.normalizer.pixels.shown(raster)
      .channels(spec.data.stack.shownImage.range)
    let drawing = Overlay.render(
      image: shown, predicted: predicted.labels, truth: nil, palette: spec.data.palette,
      task: spec.task)
    let longest = max(drawing.size.height, drawing.size.width)
    let scale = min(1, Double(Self.longestSide) / Double(longest))
    let size = Size(
      height: max(1, Int(Double(drawing.size.height) * scale)),
      width: max(1, Int(Double(drawing.size.width) * scale)))
    return Data(try ImageFile.png(size == drawing.size ? drawing : drawing.resized(to: size)))
  }

  /// The zoo takes covers of at most 500 kB.
  private static let longestSide = 512
}
