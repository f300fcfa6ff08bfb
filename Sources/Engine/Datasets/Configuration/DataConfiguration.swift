package import Groundwork

/// What a data set is made of, as a spec's `data` section says it.
package struct DataConfiguration: Sendable, Hashable {
  /// Folder that lists and their entries are relative to; `nil` means each list's own folder.
  package var root: String?
  package var source: Source
  /// Names in the order of their ids.
  package var classes: [String]
  /// What the pixels of masks say of their class.
  package var maskMeaning = MaskMeaning.classIDs
  /// Mask values that never count, whatever ``maskMeaning`` says of them.
  package var ignore: Set<Int>
  package var geometry: Geometry
  /// How images become another size, where ``geometry`` says so.
  package var resizing = Resizing.antialiased
  /// What images a sample has, and in how many channels; files are converted to these.
  package var stack: ImageStack
  package var normalization: Normalization
  /// Which values of images of more than 8 bits are the 0 and 1 that normalisation speaks of, and the
  /// 0 and 255 that augmentations work in: what a detector of 12 bits gives is 0…4095, for instance.
  ///
  /// `nil`: for normalisation 16 bits are 0…65535, and other numbers are taken as they are; for
  /// augmentations the training images' least and greatest value. Images of 8 bits are 0…255 always.
  package var range: ValueRange?
  /// Which pixels of images hold nothing: they are ignored in the labels, do not enter statistics, and
  /// the network sees the mean in their place. `nil`: every pixel holds something.
  package var noData: NoData?
  /// Folder of masks, called like the images but `.png`: where they are 0 nothing counts, neither
  /// in training nor in evaluation. `nil`: everything counts, unless lines of the list say else.
  package var regions: String?
  /// What neither trains nor validates: masks of it belong to an image.
  package var heldOut: JudgedSets?
  /// What stays together when a part of the training list is held back.
  package var groups = Groups.volumes
  /// `nil`: every training sample comes once an epoch, unless lines of the list have weights.
  package var sampling: Sampling?
  /// How many masks a line of a list names, and how they become labels: what a task says.
  package var reading: any TruthReading {
    get { choice.reading }
    set { choice = ReadingChoice(reading: newValue) }
  }
  private var choice = ReadingChoice(reading: ClassMasks())

  package struct ValueRange: Sendable, Hashable {
    /// Below ``upper``.
    package var lower: Double
    package var upper: Double
    /// True where values outside become its ends, before anything else is done with them.
    package var clips: Bool

    /// The ranges of unsigned integers of 8 and of 16 bits.
    package static let bytes = ValueRange(lower: 0, upper: 255)
    package static let words = ValueRange(lower: 0, upper: 65_535)
    /// The range of values that are taken as they are.
    package static let unit = ValueRange(lower: 0, upper: 1)

    package init(lower: Double, upper: Double, clips: Bool = false) {
      self.lower = lower
      self.upper = upper
      self.clips = clips
    }

    package var width: Double { upper - lower }
  }

  package enum NoData: Sendable, Hashable {
    case nan
    /// NaN too.
    case value(Double)
  }

  /// Draws with replacement, a sample as often as its line's weight says.
  package struct Sampling: Sendable, Hashable {
    /// Multiplies a sample's weight by one over the share of the rarest class that it shows among
    /// all labelled training pixels.
    package var balancesClasses: Bool
    /// `nil`: as many as there are training samples.
    package var samplesPerEpoch: Int?

    package init(balancesClasses: Bool, samplesPerEpoch: Int?) {
      self.balancesClasses = balancesClasses
      self.samplesPerEpoch = samplesPerEpoch
    }
  }

  package enum Source: Sendable, Hashable {
    /// Lists of images and masks.
    case lists(train: SampleSources, validation: Validation)
    /// Scenes that the program draws itself into `folder` as png and jpg files with list files.
    case generated(GeneratedScenes, folder: String)
  }

  /// What the samples that train are taken from, and those that validate where these are parts of the
  /// same.
  var trainingSources: SampleSources {
    switch source {
    case .lists(let train, _): train
    case .generated: SampleSources(file: GeneratedScenes.trainList)
    }
  }

  package enum Validation: Sendable, Hashable {
    /// Those of lists; where these are several sets with names, of all of them.
    case list(JudgedSets)
    /// A seeded choice of this part of the training list.
    case fraction(Double)
    /// One of so many parts of the training list, from 1, made by the seed; the others train.
    case fold(Int, of: Int)
  }

  package enum Geometry: Sendable, Hashable {
    case original
    /// Images bilinear, masks nearest.
    ///
    /// A JPEG of at least four times this size both ways is decoded at the smallest of the scales
    /// 1/8, 1/4 and 1/2 that leaves twice this size, and resized from there: not quite the pixels of
    /// a full decoding, but the same ones every time. With less than twice the size the antialiasing
    /// would be libjpeg's, and sharpness would change from one image size to the next. Masks are
    /// always decoded in full.
    case resize(Size)
    /// The centre of this size.
    case crop(Size)
    /// Parts of one size, of images of any size.
    case patches(Patches)
  }

  /// Bilinear both, with the centres of pixels at half-integers.
  package enum Resizing: String, Sendable, Hashable, CaseIterable {
    /// Where an axis shrinks the triangle widens by the same factor, as in Pillow, so that every pixel
    /// of the file counts.
    case antialiased
    /// As OpenCV's `INTER_LINEAR`, of the two nearest pixels along each axis, which skips others where
    /// an image shrinks to less than half. JPEGs are decoded in full.
    case openCVLinear = "opencv_linear"
  }

  package enum Normalization: Sendable, Hashable {
    /// Mean and standard deviation of the training images, for each channel; slices that are seen
    /// together share those of all of them.
    case dataset
    /// Mean (0.485, 0.456, 0.406), standard deviation (0.229, 0.224, 0.225) of values in 0…1, for
    /// images that are RGB all.
    case imagenet
    /// Values in 0…1 as they are.
    case none
    /// The given mean and standard deviation of values in 0…1, one of each for each channel of the
    /// images. All slices of an image share them.
    case fixed(mean: [Double], deviation: [Double])
  }

  package init(
    root: String?, source: Source, classes: [String], ignore: Set<Int>, geometry: Geometry,
    stack: ImageStack, normalization: Normalization
  ) {
    self.root = root
    self.source = source
    self.classes = classes
    self.ignore = ignore
    self.geometry = geometry
    self.stack = stack
    self.normalization = normalization
  }

  /// One image a sample.
  ///
  /// - Parameter channels: 1 (grey), 3 (RGB) or any other number.
  package init(
    root: String?, source: Source, classes: [String], ignore: Set<Int>, geometry: Geometry,
    channels: Int, normalization: Normalization
  ) {
    self.init(
      root: root, source: source, classes: classes, ignore: ignore, geometry: geometry,
      stack: ImageStack(channels: channels), normalization: normalization)
  }

  /// The number of channels of the network's input.
  package var channels: Int { stack.channels }
}

extension DataConfiguration {
  /// What every mask is read by.
  package var masks: MaskSettings {
    MaskSettings(maskMeaning, classes: classes, ignore: ignore)
  }
}
