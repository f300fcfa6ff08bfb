package import Groundwork

extension Registry where Member == any Augmentation.Type {
  /// The augmentations that a spec can name.
  package static var augmentations: Registry { augmentationsList }
}

private let augmentationsList = Registry<any Augmentation.Type>(
  kind: "augmentation",
  [
    // Where pixels lie.
    Mirror.self, Rotate.self, Rotate90.self, Translate.self, RandomScale.self,
    ShiftScaleRotate.self, Shear.self, Geometry.self, Elastic.self, ElasticSimard.self,
    GridDistortion.self, SpatialTransform.self,
    OpticalDistortion.self, RandomCrop.self, CropSize.self, ReflectPad.self,
    // What values they have.
    Distort.self, ColorJitter.self, HueSaturation.self, BrightnessContrast.self, Gamma.self,
    CLAHE.self, Noise.self, GaussianNoise.self, PoissonNoise.self, SpeckleNoise.self,
    SaltAndPepper.self, GaussianBlur.self, MedianBlur.self, MotionBlur.self,
    JPEGCompression.self, Cutout.self,
    // What other samples bring.
    Mosaic.self, CutMix.self, CopyPaste.self, Mixup.self,
    // Of points.
    RotatePoints.self, JitterPoints.self, ScalePoints.self, DropPoints.self,
  ]
) { $0 }

/// A random change of a training sample; image and labels change together.
package protocol Augmentation: Component {
  /// True where labels stay, and values change whatever lies in other channels: then each image of
  /// a sample is changed by itself, with draws of its own, and its neighbouring slices alike.
  static var changesValuesAlone: Bool { get }
  /// True where it changes points, and false where it changes images.
  static var changesPoints: Bool { get }
  /// The size of what comes out, where `size` goes in.
  /// - Throws: ``ComponentError`` where it cannot be applied to images of this size.
  func outputSize(for size: Size) throws(ComponentError) -> Size
  /// - Throws: ``ComponentError`` where it cannot be applied to what has so many spatial axes: 2 for images,
  ///   3 for patches of volumes.
  func check(spatialRank: Int) throws(ComponentError)
  /// What it must be able to read labels as; `nil` where it only moves them, as most do.
  var reading: LabelReading? { get }
  /// True where it may mix other samples in.
  static var mixesSamples: Bool { get }
  /// How many other samples ``apply(to:random:)`` will mix in with these draws. They are found in
  /// ``Sample/partners``, as they are themselves at this place of the pipeline in this epoch.
  func partners(_ random: RandomStream) -> Int
  /// True where pixels of several samples come to lie in one plane of labels, so that labels must mean the
  /// same in all samples.
  var joinsLabels: Bool { get }
  /// True where it leaves a sample with two planes of labels (``Sample/otherLabels``). What comes
  /// after it would have to move both: such an augmentation is the last, and the only one of its
  /// kind.
  var mixesLabels: Bool { get }
  /// Changes values in place, or draws them anew with ``Sample/redraw(as:_:)``; either way without
  /// new memory, as it is called for every sample of every epoch.
  ///
  /// The draws are the stream's alone, and the stream is this sample's, epoch's and
  /// augmentation's own: the result does not depend on what else is drawn.
  func apply(to sample: inout Sample, random: inout RandomStream)
  /// The same to a patch of a volume, ``Sample/depth`` slices one beneath the other: by default to each slice
  /// with the same draws, so that all of them move and change alike.
  func apply(toVolume sample: inout Sample, random: inout RandomStream)
}

extension Augmentation {
  package static var changesValuesAlone: Bool { false }
  package static var changesPoints: Bool { false }

  package var reading: LabelReading? { nil }

  /// Other samples are images, and volumes are not mixed.
  package func check(spatialRank: Int) throws(ComponentError) {
    guard spatialRank == 3, Self.mixesSamples else { return }
    throw ComponentError(
      "\(Self.name) mixes images, and data.patches of three numbers are of volumes: leave it out")
  }

  /// No.
  package static var mixesSamples: Bool { false }

  package func apply(toVolume sample: inout Sample, random: inout RandomStream) {
    applyToEachSlice(of: &sample, random: &random)
  }

  /// Changes the slices of a patch of a volume, each with the same draws.
  func applyToEachSlice(of sample: inout Sample, random: inout RandomStream) {
    let before = random
    sample.changeEachSlice { slice in
      var own = before
      applyToEachImage(of: &slice, random: &own)
      random = own
    }
  }

  /// Changes an image, or each of several that are seen together with draws of its own.
  func applyToEachImage(of sample: inout Sample, random: inout RandomStream) {
    guard Self.changesValuesAlone, sample.stack.hasSeveralImages else {
      return apply(to: &sample, random: &random)
    }
    sample.changeEachImage { image, number in
      var own = random.ofImage(number)
      apply(to: &image, random: &own)
    }
  }

  /// The extent of what comes out: of a volume every slice gets another size.
  ///
  /// - Throws: ``ComponentError`` where it cannot be applied to such samples.
  package func outputExtent(for extent: SpatialExtent) throws(ComponentError) -> SpatialExtent {
    try check(spatialRank: extent.rank)
    return extent.resized(to: try outputSize(for: extent.sliceSize))
  }

  /// None.
  package func partners(_ random: RandomStream) -> Int { 0 }

  /// No.
  package var joinsLabels: Bool { false }

  /// No.
  package var mixesLabels: Bool { false }

  /// As it was.
  package func outputSize(for size: Size) throws(ComponentError) -> Size { size }

  static func chance(_ fallback: Double, _ about: String) -> Field<Double> {
    .number("probability", default: fallback, Bounds(0...1), about)
  }
}

/// How an augmentation reads the labels of a sample, rather than only moving them.
package struct LabelReading: Sendable {
  /// The truths that it can read.
  package var forms: [TruthForm]
  /// The setting that makes it do so; `nil` where it always does.
  package var field: String?
  /// What to do where the truth is another.
  package var remedy: String

  package init(_ forms: [TruthForm], field: String? = nil, remedy: String) {
    (self.forms, self.field, self.remedy) = (forms, field, remedy)
  }
}

extension TruthReading {
  /// - Throws: ``ComponentError`` where the augmentation cannot read labels that were read so.
  package func check(_ augmentation: any Augmentation) throws(ComponentError) {
    guard type(of: augmentation).changesPoints == samplesArePoints else {
      let names = Registry.augmentations.members
        .filter { $0.changesPoints == samplesArePoints }.map { $0.name }
      throw ComponentError(
        samplesArePoints
          ? "it changes images, but the task is \(task): use \(names.joined(separator: ", "))"
          : "it changes points, but the task is \(task): leave it out, or write task: points")
    }
    if augmentation.joinsLabels, !labelsMeanTheSame {
      throw ComponentError(
        "it joins labels of several images, but the task is \(task), where they mean something in one image "
          + "alone: leave it out")
    }
    guard let need = augmentation.reading else { return }
    try form.require(need.forms, task: task, field: need.field, remedy: need.remedy)
  }
}
