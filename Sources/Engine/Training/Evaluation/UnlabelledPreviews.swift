package import Datasets
internal import Groundwork
internal import Tasks

/// The images without labels that are looked at in every evaluation. They are kept in memory, so that a file
/// that goes away while a network trains ends nothing.
final class UnlabelledPreviews {
  /// As they are shown, in the size that the network sees.
  let images: [PreviewedImage]
  private let read: [ImageReader.Image]
  private let predictor: ImagePredictor
  private let region: PreviewSelection.Region?

  /// - Parameters:
  ///   - predictor: that of the evaluations, with its memory.
  ///   - data: what the network is trained on.
  /// - Returns: `nil` where no such images are looked at.
  /// - Throws: ``DataError`` with everything that is wrong with the images.
  init?(
    _ predictor: any BatchPredictor, of configuration: TrainingConfiguration,
    data: SegmentationData
  ) throws(DataError) {
    guard let selection = configuration.evaluation.previews, !selection.unlabelled.isEmpty else {
      return nil
    }
    let stack = data.validation.stack
    let listed = try selection.unlabelledImages(stack)
    var read: [ImageReader.Image] = []
    for sample in listed.samples {
      let raster = try data.imageReader.read(sample).raster
      let scale = data.validation.normalizer.pixels
      guard raster.depth == scale.depth else {
        throw DataError(
          DataProblem(
            "evaluation.previews: image \(sample.imageName) is \(raster.depth.description), those to "
              + "train on are \(scale.depth.description): save it in that depth"))
      }
      // Predictions have the size that the network sees.
      read.append(ImageReader.Image(raster: raster, originalSize: raster.size))
    }
    let (shown, planes) = (stack.shownImage.range, data.truth.planes)
    images = zip(listed.samples, read).map { sample, image in
      let cut = PreviewCut(selection.region, of: image.raster.size)
      let raster = cut.cut(data.validation.normalizer.pixels.shown(image.raster).channels(shown))
      return PreviewedImage(
        name: sample.imageName, image: raster,
        truth: Array(repeating: Labels.ignoreIndex, count: planes * cut.size.area))
    }
    self.read = read
    region = selection.region
    let tiling = data.input.tiling(data.imageReader.geometry)
    self.predictor = ImagePredictor(
      predictor, of: configuration, input: data.input, tiling: tiling,
      volumes: listed.samples.volumes, shownChannels: shown)
  }

  /// What the network says of them now.
  ///
  /// - Parameter first: the place of the first of them among all images that are looked at.
  func predictions(from first: Int) -> [PreviewedPrediction] {
    var predictions: [PreviewedPrediction] = []
    func keep(_ index: Int, _ predicted: PredictedImage) {
      let cut = PreviewCut(region, of: predicted.size)
      predictions.append(
        PreviewedPrediction(
          image: first + index, labels: cut.cut(planes: predicted.labels), size: cut.size))
    }
    for (index, image) in read.enumerated() {
      predictor.predict(image, index: index, receive: keep)
    }
    predictor.finish(receive: keep)
    return predictions
  }
}

extension PreviewSelection {
  /// The images without labels, which are kept in memory beside a training and so are few.
  ///
  /// - Throws: ``DataError`` with everything that is wrong with them.
  package func unlabelledImages(_ stack: ImageStack) throws(DataError) -> UnlabelledImages {
    let setting = "evaluation.previews.unlabelled"
    let images: UnlabelledImages
    do throws(DataError) {
      images = try UnlabelledImages(unlabelled, root: nil, stack: stack)
    } catch {
      throw DataError(error.problems.map { DataProblem("\(setting): \($0)") })
    }
    guard images.samples.count <= Self.maximumImages else {
      throw DataError(
        DataProblem(
          "\(setting) names \(images.samples.count) images: name at most \(Self.maximumImages)"))
    }
    return images
  }
}
