internal import Datasets
internal import Groundwork
internal import Learning

/// Made-up truth of a batch: a label by chance for each pixel, or squares where objects are told apart.
struct InventedLabels {
  let truth: Truth
  /// Labels without objects are below it.
  let values: Int
  /// `[N, C, …]`
  let shape: Shape

  /// Objects are squares of 24 pixels, 8 pixels apart.
  private static let distance = 32
  private static let side = 24

  /// - Parameter labels: `[N, P, …]`, written whole.
  func write(to labels: UnsafeMutablePointer<Label>, _ random: inout RandomStream) {
    switch truth.form {
    case .instances, .starObjects, .flowObjects:
      for image in 0..<shape.batch { writeObjects(to: labels + image * truth.planes * shape.area) }
    default:
      let count = shape.batch * truth.planes * shape.area
      for index in 0..<count { labels[index] = Label(random.below(values)) }
    }
  }

  private func writeObjects(to labels: UnsafeMutablePointer<Label>) {
    labels.update(repeating: 0, count: truth.planes * shape.area)
    // What follows from the ids alone is trained on a plane of these.
    let hasClasses = truth.form == .instances
    let ids = hasClasses ? labels + InstancePlanes.ids * shape.area : labels
    let inRow = (shape.width + Self.distance - 1) / Self.distance
    for pixel in 0..<shape.area {
      let (row, column) = pixel.quotientAndRemainder(dividingBy: shape.width)
      guard row % Self.distance < Self.side, column % Self.distance < Self.side else { continue }
      let number = row / Self.distance * inRow + column / Self.distance
      ids[pixel] = Label(1 + number % InstancePlanes.largestID)
      guard hasClasses else { continue }
      labels[InstancePlanes.classes * shape.area + pixel] = Label(1 + number % (truth.classes - 1))
    }
  }
}
